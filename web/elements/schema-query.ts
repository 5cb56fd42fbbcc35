/** <vb-schema-query>: a query into which names are put where the cursor is; it becomes a report of its own. */
import { html, nothing, type TemplateResult } from 'lit'
import { createNotebook } from '../api-editing.ts'
import { navigate } from '../state/router.ts'
import { careText } from '../text/care.ts'
import { define, WorkbenchElement } from './element.ts'
import { icon } from './icon.ts'
import { errorNote } from './message.ts'

export class SchemaQuery extends WorkbenchElement {
  static override properties = { query: { state: true }, copied: { state: true }, failure: { state: true } }
  declare query: string
  declare copied: boolean
  declare failure: unknown

  constructor() {
    super()
    this.query = ''
    this.copied = false
    this.failure = null
  }

  get #field(): HTMLTextAreaElement {
    return this.querySelector('textarea')!
  }

  /** Puts a table's or column's name where the cursor is; the first name begins a whole query. */
  insert(table: string, column?: string): void {
    const field = this.#field
    if (field.value.trim() === '') field.value = `select ${column ?? '*'} from ${table} limit 100`
    else {
      const before = field.value.slice(0, field.selectionStart)
      const gap = /[\s(.]$/.test(before) ? '' : /select(?:\s[^;]*)?$/i.test(before) && column ? ', ' : ' '
      field.setRangeText(gap + (column ?? table), field.selectionStart, field.selectionEnd, 'end')
    }
    this.query = field.value
    this.copied = false
    if (column !== undefined && this.query === `select ${column} from ${table} limit 100`)
      field.setSelectionRange(7 + column.length, 7 + column.length)
  }

  async #copy(): Promise<void> {
    await navigator.clipboard.writeText(this.query).catch(() => this.#field.select())
    this.copied = true
  }

  async #make(): Promise<void> {
    const { schema: text } = careText(this.language)
    const title = text.reportTitle
    this.failure = null
    try {
      const body = `---\ntitle: ${title}\nlanguage: ${this.language}\n---\n\n\`\`\`sql query\n${this.query.trim()}\n\`\`\`\n`
      const { id } = await createNotebook({ title, language: this.language, text: body })
      navigate(`/notebooks/${encodeURIComponent(id)}`)
    } catch (error) {
      this.failure = error
    }
  }

  protected override render(): TemplateResult {
    const { schema: text } = careText(this.language)
    const empty = this.query.trim() === ''
    return html`<div class="schema-query">
      <label>
        <span>${text.query}</span>
        <textarea
          class="upload-field"
          rows="3"
          spellcheck="false"
          aria-describedby="schema-query-hint"
          @input=${(event: Event) => {
            this.query = (event.target as HTMLTextAreaElement).value
            this.copied = false
          }}
        ></textarea>
      </label>
      <p class="hint" id="schema-query-hint">${text.queryHint}</p>
      <p class="actions">
        <button type="button" class="button" ?disabled=${empty} @click=${() => void this.#copy()}>
          ${icon(this.copied ? 'check' : 'copy')}${this.copied ? text.copied : text.copy}
        </button>
        <button type="button" class="button" ?disabled=${empty} @click=${() => void this.#make()}>
          ${icon('add')}${text.report}
        </button>
      </p>
      ${this.failure === null ? nothing : errorNote(this.failure, this.text)}
    </div>`
  }
}

define('vb-schema-query', SchemaQuery)
