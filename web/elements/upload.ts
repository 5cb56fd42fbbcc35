/**
 * <vb-upload>: a file by drop or button; first read dry, so that one sees how it was understood and can put it right, then
 * taken. Fires `vb-taken` with the report when rows were stored.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { ImportReport } from '../../server/api/contract.ts'
import { type UploadOptions, uploadFile } from '../api.ts'
import { define, WorkbenchElement } from './element.ts'
import { icon } from './icon.ts'
import { errorNote } from './message.ts'
import './upload-preview.ts'
import { uploadResult } from './upload-result.ts'

type Step =
  | { name: 'choose' }
  | { name: 'reading' | 'taking'; file: File }
  | { name: 'preview'; file: File; report: ImportReport }
  | { name: 'failed'; file: File; error: unknown }
  | { name: 'taken'; file: File; report: ImportReport }

export class Upload extends WorkbenchElement {
  static override properties = { step: { state: true }, over: { state: true } }
  declare step: Step
  /** A file is held over the field. */
  declare over: boolean
  #abort: AbortController | undefined
  /** How the reader corrected the file's understanding. */
  #options: Omit<UploadOptions, 'dryRun'> = {}

  constructor() {
    super()
    this.step = { name: 'choose' }
    this.over = false
  }

  override disconnectedCallback(): void {
    this.#abort?.abort()
    super.disconnectedCallback()
  }

  protected override render(): TemplateResult {
    const { step } = this
    const text = this.text.upload
    return html`<section class="upload" aria-label=${text.title} aria-live="polite">
      ${this.#content(step)}
    </section>`
  }

  #content(step: Step): TemplateResult {
    const text = this.text.upload
    switch (step.name) {
      case 'choose':
        return this.#choose()
      case 'reading':
      case 'taking':
        return html`<div class="upload-wait">
          <p>${step.name === 'reading' ? text.reading(step.file.name) : `${text.taking}: ${step.file.name}`}…</p>
          <progress aria-label=${step.file.name}></progress>
          ${
            step.name === 'reading'
              ? html`<button type="button" class="button" @click=${() => this.#reset()}>${text.cancel}</button>`
              : nothing
          }
        </div>`
      case 'failed':
        return html`${errorNote(step.error, this.text)}
          <p class="actions">
            <button type="button" class="button" @click=${() => this.#reset()}>${text.another}</button>
          </p>`
      case 'preview':
        return html`<vb-upload-preview
          .report=${step.report}
          @vb-check=${(event: CustomEvent<Omit<UploadOptions, 'dryRun'>>) => {
            this.#options = event.detail
            void this.#send(step.file, true)
          }}
          @vb-take=${() => void this.#send(step.file, false)}
          @vb-cancel=${() => this.#reset()}
        ></vb-upload-preview>`
      case 'taken':
        return uploadResult(step.report, this.text, this.language, () => this.#reset())
    }
  }

  #choose(): TemplateResult {
    const text = this.text.upload
    return html`<div
      class="drop ${this.over ? 'is-over' : ''}"
      @dragover=${(event: DragEvent) => {
        event.preventDefault()
        this.over = true
      }}
      @dragleave=${() => {
        this.over = false
      }}
      @drop=${(event: DragEvent) => {
        event.preventDefault()
        this.over = false
        this.#accept(event.dataTransfer?.files[0])
      }}
    >
      <p>
        <span class="drop-words">${text.drop} ${text.or}</span>
        <label class="button button-primary">
          ${icon('upload')}${text.choose}
          <input
            type="file"
            class="visually-hidden"
            @change=${(event: Event) => this.#accept((event.target as HTMLInputElement).files?.[0])}
          />
        </label>
      </p>
      <p class="hint">${text.formats}</p>
    </div>`
  }

  #accept(file: File | undefined): void {
    if (!file) return
    this.#options = {}
    void this.#send(file, true)
  }

  #reset(): void {
    this.#abort?.abort()
    this.step = { name: 'choose' }
  }

  async #send(file: File, dryRun: boolean): Promise<void> {
    this.#abort?.abort()
    const abort = new AbortController()
    this.#abort = abort
    this.step = { name: dryRun ? 'reading' : 'taking', file }
    try {
      const report = await uploadFile(file, { ...this.#options, dryRun }, abort.signal)
      if (abort.signal.aborted) return
      this.step = { name: dryRun ? 'preview' : 'taken', file, report }
      if (!dryRun) this.dispatchEvent(new CustomEvent('vb-taken', { detail: report, bubbles: true }))
    } catch (error) {
      if (!abort.signal.aborted) this.step = { name: 'failed', file, error }
    }
  }
}

define('vb-upload', Upload)
