/** <vb-schema-browser>: the tables and columns that a notebook may read, found by name. */
import { html, nothing, type TemplateResult } from 'lit'
import type { SchemaTable } from '../../server/api/contract.ts'
import { getSchema } from '../api.ts'
import { Loader } from '../state/loader.ts'
import { define, WorkbenchElement } from './element.ts'
import { errorNote, loadingNote } from './message.ts'

export class SchemaBrowser extends WorkbenchElement {
  static override properties = { sought: { state: true } }
  declare sought: string
  readonly schema = new Loader(this, getSchema)

  constructor() {
    super()
    this.sought = ''
  }

  protected override render(): TemplateResult {
    const { value, failure } = this.schema
    const text = this.text.data
    if (failure !== null) return errorNote(failure, this.text, () => void this.schema.load())
    if (value === null) return loadingNote(this.text)
    const sought = this.sought.trim().toLowerCase()
    const found = value.filter(table => matches(table, sought, this.#name(table)))
    return html`
      <p class="hint">${text.schemaLead}</p>
      <p class="schema-search">
        <input
          type="search"
          class="choice-search"
          placeholder=${text.findColumn}
          aria-label=${text.findColumn}
          @input=${(event: Event) => {
            this.sought = (event.target as HTMLInputElement).value
          }}
        />
      </p>
      ${found.length === 0 ? html`<p class="note">${text.noColumns}</p>` : nothing}
      <ul class="schema">
        ${found.map(table => this.#table(table, sought))}
      </ul>
    `
  }

  #name(table: SchemaTable): string {
    const { tables } = this.text.data
    return tables[table.name as keyof typeof tables] ?? ''
  }

  #table(table: SchemaTable, sought: string): TemplateResult {
    const text = this.text.data
    return html`<li>
      <details ?open=${sought !== ''}>
        <summary>
          <code class="schema-name">${table.name}</code> <span>${this.#name(table)}</span>
          <span class="hint">${text.columns(table.columns.length)}</span>
        </summary>
        <ul class="schema-columns">
          ${table.columns.map(
            column => html`<li>
              <code>${column.name}</code> <span class="hint">${text.types[column.type]}</span>
            </li>`,
          )}
        </ul>
      </details>
    </li>`
  }
}

function matches(table: SchemaTable, sought: string, name: string): boolean {
  const texts = [table.name, name, ...table.columns.map(column => column.name)]
  return texts.some(text => text.toLowerCase().includes(sought))
}

define('vb-schema-browser', SchemaBrowser)
