/** Runs a notebook for an element: starts, follows, cancels, and keeps the view up to date. */
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { RunMessage, RunRequest } from '../../server/api/contract.ts'
import { ApiError, cancelRun, followRun, startRun } from '../api.ts'
import { emptyRun, markStale, type RunView, reduceRuns } from './run.ts'

const FRAME_MS = 16

export class RunController implements ReactiveController {
  view: RunView = emptyRun
  /** Why a run could not be started or followed; null when it could. */
  failure: unknown = null
  /** The data changed after the last run began. */
  dataChanged = false
  readonly #host: ReactiveControllerHost
  #stop: (() => void) | undefined
  /** Counts starts, so that the answer to an earlier one is not taken for the last one's. */
  #turn = 0
  #waiting: ReturnType<typeof setTimeout> | undefined
  /** Events that are not in the view yet. */
  readonly #told: RunMessage[] = []

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  hostDisconnected(): void {
    this.#turn += 1
    this.#stop?.()
  }

  /** Forgets everything seen: another notebook is opened. */
  clear(): void {
    this.hostDisconnected()
    this.#told.length = 0
    this.view = emptyRun
    this.failure = null
    this.dataChanged = false
    this.#host.requestUpdate()
  }

  /** Begins a run; one that is under way is left. What cannot be started is told in `failure`. */
  async start(request: RunRequest): Promise<void> {
    this.#turn += 1
    const turn = this.#turn
    this.#reduce()
    const before = this.view
    this.#stop?.()
    this.#stop = undefined
    this.failure = null
    this.dataChanged = false
    this.#host.requestUpdate()
    if (before.running && before.run !== null) cancelRun(before.run).catch(() => undefined)
    try {
      const { run } = await startRun(request)
      if (turn !== this.#turn) {
        cancelRun(run).catch(() => undefined)
        return
      }
      this.#stop = followRun(
        run,
        message => this.#take(message),
        () => this.#lose(),
      )
    } catch (error) {
      if (turn !== this.#turn) return
      this.failure = error
      this.view = { ...markStale(before), running: false }
      this.#host.requestUpdate()
    }
  }

  cancel(): void {
    if (this.view.running && this.view.run !== null) cancelRun(this.view.run).catch(() => undefined)
  }

  /** The notebook was edited: what was seen stays with its block, whose id is another now; the rest is forgotten. */
  renameBlocks(ids: ReadonlyMap<string, string>): void {
    this.#reduce()
    const blocks = [...this.view.blocks].flatMap(([id, block]) => {
      const next = ids.get(id)
      return next === undefined ? [] : [[next, block] as const]
    })
    this.view = { ...this.view, blocks: new Map(blocks) }
  }

  markDataChanged(): void {
    this.#reduce()
    this.dataChanged = true
    this.view = markStale(this.view)
    this.#host.requestUpdate()
  }

  /** The input that the server refused, and why; null when none. */
  get failedInput(): { name: string; message: string } | null {
    if (!(this.failure instanceof ApiError)) return null
    const name = this.failure.shape.details?.input
    return typeof name === 'string' ? { name, message: this.failure.shape.message } : null
  }

  /** Events of one moment are taken and shown at once: a long notebook tells thousands of them. */
  #take(message: RunMessage): void {
    this.#told.push(message)
    if (message.type === 'run-finished') this.#stop?.()
    this.#waiting ??= setTimeout(() => {
      this.#waiting = undefined
      this.#reduce()
      this.#host.requestUpdate()
    }, FRAME_MS)
  }

  #reduce(): void {
    if (this.#told.length > 0) this.view = reduceRuns(this.view, this.#told.splice(0))
  }

  #lose(): void {
    this.#reduce()
    if (!this.view.running) return
    this.view = { ...markStale(this.view), running: false }
    this.failure = new ApiError({ code: 'offline', message: 'The connection was lost' }, 0)
    this.#host.requestUpdate()
  }
}
