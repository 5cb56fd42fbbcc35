/** <vb-retention>: how long each kind of data is kept; what would be over is shown before anything is set or removed. */
import { html, nothing, type TemplateResult } from 'lit'
import { formatNumber, type RetainedKind, type RetentionState } from '../../server/api/contract.ts'
import { applyRetention, getRetention, previewRetention, setRetention } from '../api.ts'
import { Loader } from '../state/loader.ts'
import { careText } from '../text/care.ts'
import { define, WorkbenchElement } from './element.ts'
import { errorNote, loadingNote } from './message.ts'

const KINDS = [
  'recordings',
  'calls',
  'chats',
  'visits',
  'contacts',
  'rejects',
] as const satisfies RetainedKind[]
const SHORTEST = 7

export class RetentionForm extends WorkbenchElement {
  static override properties = {
    shown: { state: true },
    busy: { state: true },
    failure: { state: true },
    said: { state: true },
  }
  /** As typed, with what would be over; null while it is as it is set. */
  declare shown: RetentionState | null
  declare busy: boolean
  declare failure: unknown
  declare said: string
  readonly kept = new Loader(this, getRetention)

  constructor() {
    super()
    this.shown = null
    this.busy = false
    this.failure = null
    this.said = ''
  }

  #read(): RetentionState['days'] {
    const form = new FormData(this.querySelector('form')!)
    return Object.fromEntries(
      KINDS.map(kind => [kind, form.get(kind) === '' ? null : Number(form.get(kind))]),
    ) as RetentionState['days']
  }

  async #work(work: () => Promise<void>): Promise<void> {
    this.busy = true
    this.failure = null
    this.said = ''
    try {
      await work()
    } catch (error) {
      this.failure = error
    }
    this.busy = false
  }

  readonly #preview = (): void => {
    const form = this.querySelector('form')!
    if (!form.checkValidity()) return
    void this.#work(async () => {
      this.shown = await previewRetention(this.#read())
    })
  }

  #save(): void {
    const { retention: text } = careText(this.language)
    void this.#work(async () => {
      this.kept.value = await setRetention(this.#read())
      this.shown = null
      this.said = text.saved
    })
  }

  #apply(): void {
    const { retention: text } = careText(this.language)
    void this.#work(async () => {
      this.kept.value = await applyRetention()
      this.said = text.removed
    })
  }

  protected override render(): TemplateResult {
    const { retention: text } = careText(this.language)
    const { value, failure } = this.kept
    if (failure !== null) return errorNote(failure, this.text, () => void this.kept.load())
    if (value === null) return loadingNote(this.text)
    const state = this.shown ?? value
    const isOver = Object.values(value.over).some(n => n > 0)
    return html`<form
      class="retention"
      @change=${this.#preview}
      @submit=${(event: SubmitEvent) => {
        event.preventDefault()
        this.#save()
      }}
    >
      ${KINDS.map(
        kind => html`<label>
          <span>${text.kinds[kind]}</span>
          <input
            class="upload-field"
            name=${kind}
            type="number"
            min=${SHORTEST}
            max="36500"
            placeholder=${text.endless}
            .value=${String(value.days[kind] ?? '')}
          />
          <span class="hint">
            ${state.over[kind] === undefined ? nothing : text.over(formatNumber(state.over[kind], this.language))}
          </span>
        </label>`,
      )}
      ${this.failure === null ? nothing : errorNote(this.failure, this.text)}
      <p class="actions">
        <button class="button" ?disabled=${this.busy || this.shown === null}>${text.save}</button>
        ${
          isOver && this.shown === null
            ? html`<button type="button" class="button button-danger" ?disabled=${this.busy} @click=${() => this.#apply()}>
                ${text.apply}
              </button>`
            : nothing
        }
        <span class="hint" role="status">${this.said}</span>
      </p>
    </form>`
  }
}

define('vb-retention', RetentionForm)
