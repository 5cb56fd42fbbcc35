/**
 * <vb-new-notebook>: asks for a new notebook's title and what it begins with: an empty page, another notebook, a file.
 * Goes to it when it is made; tells `vb-close`.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { NotebookSummary } from '../../server/api/contract.ts'
import { createNotebook } from '../api-editing.ts'
import { navigate } from '../state/router.ts'
import { define, WorkbenchElement } from './element.ts'
import { errorNote } from './message.ts'

const MAX_BYTES = 900_000

export class NewNotebook extends WorkbenchElement {
  static override properties = {
    notebooks: { attribute: false },
    from: { attribute: false },
    failure: { state: true },
    file: { state: true },
    refusal: { state: true },
    busy: { state: true },
  }
  declare notebooks: readonly NotebookSummary[]
  /** Id of the notebook that is to be copied; empty for none. */
  declare from: string
  declare failure: unknown
  declare file: { name: string; text: string } | null
  /** Why a file can't be taken. */
  declare refusal: string
  declare busy: boolean

  constructor() {
    super()
    this.notebooks = []
    this.from = ''
    this.failure = null
    this.file = null
    this.refusal = ''
    this.busy = false
  }

  protected override firstUpdated(): void {
    this.querySelector('dialog')!.showModal()
    this.querySelector<HTMLInputElement>('[name=title]')!.select()
  }

  async #take(input: HTMLInputElement): Promise<void> {
    const words = this.text.editing.manage
    const file = input.files?.[0]
    this.file = null
    this.refusal = ''
    if (!file) return
    if (file.size > MAX_BYTES) this.refusal = words.tooLarge
    else {
      const text = await file.text()
      if (text.includes('\0') || text.includes('\ufffd')) this.refusal = words.notText
      else {
        this.file = { name: file.name.replace(/\.[^.]+$/, ''), text }
        const title = this.querySelector<HTMLInputElement>('[name=title]')!
        title.value ||= this.file.name
      }
    }
    if (this.refusal !== '') input.value = ''
  }

  async #make(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const fields = new FormData(event.target as HTMLFormElement)
    const from = String(fields.get('from') ?? '')
    this.busy = true
    this.failure = null
    try {
      const { id } = await createNotebook({
        title: String(fields.get('title')),
        language: this.language,
        ...(this.file ? { text: this.file.text } : from === '' ? {} : { from }),
      })
      this.querySelector('dialog')!.close()
      navigate(`/notebooks/${encodeURIComponent(id)}#edit`)
    } catch (error) {
      this.failure = error
    }
    this.busy = false
  }

  protected override render(): TemplateResult {
    const words = this.text.editing.manage
    const copied = this.notebooks.find(({ id }) => id === this.from)
    return html`<dialog
      class="sheet"
      aria-labelledby="new-notebook-title"
      @close=${() => this.dispatchEvent(new CustomEvent('vb-close'))}
    >
      <h2 id="new-notebook-title">${words.createTitle}</h2>
      <form class="sheet-form" @submit=${(event: SubmitEvent) => void this.#make(event)}>
        <label class="sheet-field">
          <span>${words.title}</span>
          <input
            name="title"
            required
            maxlength="200"
            autocomplete="off"
            placeholder=${words.titleExample}
            .value=${copied ? words.copyTitle(copied.title) : ''}
          />
        </label>
        <label class="sheet-field">
          <span>${words.from}</span>
          <select name="from" ?disabled=${this.file !== null}>
            <option value="">${words.blank}</option>
            ${this.notebooks.map(
              ({ id, title }) =>
                html`<option value=${id} ?selected=${id === this.from}>${words.copyOf(title)}</option>`,
            )}
          </select>
        </label>
        <label class="sheet-field">
          <span>${words.upload}</span>
          <input
            type="file"
            accept=".md,.markdown,text/markdown"
            aria-describedby="new-notebook-refusal"
            @change=${(event: Event) => void this.#take(event.target as HTMLInputElement)}
          />
        </label>
        <p id="new-notebook-refusal" class="field-refusal" role="alert">${this.refusal}</p>
        ${this.failure === null ? nothing : errorNote(this.failure, this.text)}
        <div class="sheet-foot">
          <button type="submit" class="button button-primary" ?disabled=${this.busy}>${words.make}</button>
          <button type="button" class="button" @click=${() => this.querySelector('dialog')!.close()}>
            ${words.cancel}
          </button>
        </div>
      </form>
    </dialog>`
  }
}

define('vb-new-notebook', NewNotebook)
