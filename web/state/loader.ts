/** Fetches something for an element, and again when asked: loading, then a value or a failure. A later load wins. */
import type { ReactiveController, ReactiveControllerHost } from 'lit'

export class Loader<T> implements ReactiveController {
  value: T | null = null
  failure: unknown = null
  readonly #host: ReactiveControllerHost
  readonly #fetch: (signal: AbortSignal) => Promise<T>
  #abort: AbortController | undefined

  /** Begins when the element is put on the page. */
  constructor(host: ReactiveControllerHost, fetch: (signal: AbortSignal) => Promise<T>) {
    this.#host = host
    this.#fetch = fetch
    host.addController(this)
  }

  hostConnected(): void {
    void this.load()
  }

  hostDisconnected(): void {
    this.#abort?.abort()
  }

  /** What was there stays until the answer comes. */
  async load(): Promise<void> {
    this.#abort?.abort()
    const abort = new AbortController()
    this.#abort = abort
    try {
      const value = await this.#fetch(abort.signal)
      if (abort.signal.aborted) return
      this.value = value
      this.failure = null
    } catch (error) {
      if (abort.signal.aborted) return
      this.failure = error
    }
    this.#host.requestUpdate()
  }
}
