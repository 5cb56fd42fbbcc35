/** <vb-catalogue-toast>: what was just done, with a way back. Fires `vb-undo` with the edit's id, and `vb-close`. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { ApiError } from '../api.ts'
import { define, WorkbenchElement } from './element.ts'
import { icon } from './icon.ts'
import { describeError } from './message.ts'

export interface ToastMessage {
  words?: string
  /** The edit that can be undone. */
  undo?: number
  failure?: unknown
}

/** Long enough to read and reach; the log keeps the way back for good. */
const STAYS_MS = 15_000

export class CatalogueToast extends WorkbenchElement {
  static override properties = { message: { attribute: false } }
  declare message: ToastMessage | null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super()
    this.message = null
  }

  override disconnectedCallback(): void {
    clearTimeout(this.#timer)
    super.disconnectedCallback()
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('message')) return
    clearTimeout(this.#timer)
    // What failed stays until it was read.
    if (this.message !== null && this.message.failure === undefined) this.#leave()
  }

  #leave(): void {
    this.#timer = setTimeout(() => {
      if (this.matches(':hover, :focus-within')) this.#leave()
      else this.#fire('vb-close')
    }, STAYS_MS)
  }

  #fire(name: string, detail?: number): void {
    this.dispatchEvent(new CustomEvent(name, { detail }))
  }

  protected override render(): TemplateResult {
    return html`<div class="toast-place" role="status">${this.message === null ? nothing : this.#toast(this.message)}</div>`
  }

  #toast({ words, undo, failure }: ToastMessage): TemplateResult {
    const { toast, panel } = this.text.catalogue
    return html`<div class="toast ${failure === undefined ? '' : 'toast-failed'}">
      <p>${failure === undefined ? words : `${panel.failed}. ${this.#why(failure)}`}</p>
      ${
        undo === undefined
          ? nothing
          : html`<button type="button" class="button-link" @click=${() => this.#fire('vb-undo', undo)}>${toast.undo}</button>`
      }
      <button
        type="button"
        class="button-icon"
        title=${toast.dismiss}
        aria-label=${toast.dismiss}
        @click=${() => this.#fire('vb-close')}
      >
        ${icon('close')}
      </button>
    </div>`
  }

  #why(failure: unknown): string {
    if (!(failure instanceof ApiError)) return this.text.shell.failed
    const { message, hint } = describeError(failure.shape, this.text)
    return [message, hint].filter(Boolean).join('. ')
  }
}

define('vb-catalogue-toast', CatalogueToast)
