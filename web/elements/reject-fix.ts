/**
 * <vb-reject-fix .reject .others>: the dialog in which a refused row is put right: its cells, and what each column is.
 * Fires `vb-retried` with what came of it.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { ImportFields, RejectLine, RejectsRetried } from '../../server/api/contract.ts'
import { getFields, retryRejects } from '../api.ts'
import { Loader } from '../state/loader.ts'
import { careText } from '../text/care.ts'
import { define, WorkbenchElement } from './element.ts'
import { icon } from './icon.ts'
import { errorNote } from './message.ts'
import { sayMessage } from './say-message.ts'

export class RejectFix extends WorkbenchElement {
  static override properties = {
    reject: { attribute: false },
    others: { attribute: false },
    busy: { state: true },
    failure: { state: true },
    still: { state: true },
  }
  /** Must have a reading. */
  declare reject: RejectLine
  /** Other rows of its file that have the same columns. */
  declare others: readonly RejectLine[]
  declare busy: boolean
  declare failure: unknown
  /** Why it could not be taken now. */
  declare still: string | null
  readonly fields = new Loader<ImportFields>(this, getFields)

  constructor() {
    super()
    this.others = []
    this.busy = false
    this.failure = null
    this.still = null
  }

  get #dialog(): HTMLDialogElement {
    return this.querySelector('dialog')!
  }

  /** Shows the dialog for the row that was set. */
  async open(): Promise<void> {
    this.failure = null
    this.still = null
    await this.updateComplete
    this.#dialog.showModal()
    this.querySelector<HTMLElement>('.is-wrong input')?.focus()
  }

  async #retry(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const form = new FormData(event.target as HTMLFormElement)
    const { columns } = this.reject.reading!
    const cells = columns.map((_, i) => String(form.get(`cell-${i}`) ?? ''))
    const map = Object.fromEntries(
      columns.flatMap(({ column, field }, i) => {
        const wanted = String(form.get(`field-${i}`) ?? '')
        return wanted === (field ?? '') ? [] : [[column, wanted]]
      }),
    )
    this.busy = true
    this.failure = null
    this.still = null
    try {
      const first = await retryRejects({ ids: [this.reject.id], cells, map })
      const [left] = first.left
      if (left) this.still = sayMessage(left.why, left.reason, this.language)
      const rest =
        form.get('all') !== null && Object.keys(map).length > 0 ? await this.#retryOthers(map) : null
      const taken = [...first.taken, ...(rest?.taken ?? [])]
      if (taken.length > 0) this.#tell({ taken, left: [...first.left, ...(rest?.left ?? [])] })
      if (!left) this.#dialog.close()
    } catch (error) {
      this.failure = error
    }
    this.busy = false
  }

  #retryOthers(map: Record<string, string>): Promise<RejectsRetried> {
    return retryRejects({ ids: this.others.map(({ id }) => id), map })
  }

  #tell(detail: RejectsRetried): void {
    this.dispatchEvent(new CustomEvent('vb-retried', { detail, bubbles: true }))
  }

  protected override render(): TemplateResult {
    const { fix } = careText(this.language)
    const { reject } = this
    return html`<dialog class="dialog dialog-wide" aria-labelledby="fix-title">
      <header class="dialog-head">
        <h2 id="fix-title">${fix.title(reject?.line ?? null)}</h2>
        <button
          type="button"
          class="button-icon"
          title=${fix.close}
          aria-label=${fix.close}
          @click=${() => this.#dialog.close()}
        >
          ${icon('close')}
        </button>
      </header>
      ${reject?.reading ? this.#form(reject, reject.reading) : nothing}
    </dialog>`
  }

  #form(reject: RejectLine, reading: NonNullable<RejectLine['reading']>): TemplateResult {
    const { fix } = careText(this.language)
    const known = this.fields.value?.[reading.kind] ?? []
    const wrong = reject.why?.values.column
    const why = this.still ?? sayMessage(reject.why, reject.reason, this.language)
    return html`<form class="share-form" @submit=${(event: SubmitEvent) => void this.#retry(event)}>
      <p class="fix-why" role="status">${icon('alert')}<span>${why}</span></p>
      <p class="hint">${fix.lead}</p>
      <div class="fix-columns">
        ${reading.columns.map(
          ({ column, field }, i) => html`<fieldset class="fix-column ${column === wrong ? 'is-wrong' : ''}">
            <legend>${column}</legend>
            <label>
              <span class="visually-hidden">${column}: ${fix.value}</span>
              <input class="upload-field" name="cell-${i}" .value=${reading.cells[i] ?? ''} spellcheck="false" />
            </label>
            <label>
              <span class="visually-hidden">${column}: ${fix.field}</span>
              <select class="upload-field" name="field-${i}">
                <option value="" ?selected=${field === null}>${fix.attribute}</option>
                ${known.map(name => html`<option value=${name} ?selected=${name === field}>${name}</option>`)}
              </select>
            </label>
          </fieldset>`,
        )}
      </div>
      ${
        this.others.length > 0
          ? html`<label class="share-confirm">
              <input type="checkbox" name="all" checked />
              ${fix.all(this.others.length)}
            </label>`
          : nothing
      }
      ${this.failure === null ? nothing : errorNote(this.failure, this.text)}
      <div class="dialog-actions">
        <button class="button button-primary" ?disabled=${this.busy}>
          ${this.busy ? `${fix.trying}…` : fix.again}
        </button>
      </div>
    </form>`
  }
}

define('vb-reject-fix', RejectFix)
