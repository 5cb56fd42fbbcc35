/** <vb-schema-browser>: the tables and columns that a notebook may read, found by name. */
import { html, nothing, type TemplateResult } from 'lit'
import type { ColumnSample, SchemaTable } from '../../server/api/contract.ts'
import { getSamples, getSchema } from '../api.ts'
import { Loader } from '../state/loader.ts'
import { careText } from '../text/care.ts'
import { define, WorkbenchElement } from './element.ts'
import { errorNote, loadingNote } from './message.ts'
import './schema-query.ts'
import type { SchemaQuery } from './schema-query.ts'

export class SchemaBrowser extends WorkbenchElement {
  static override properties = { sought: { state: true }, samples: { state: true } }
  declare sought: string
  /** Some values of each column, of tables that were opened. */
  declare samples: ReadonlyMap<string, readonly ColumnSample[]>
  readonly schema = new Loader(this, getSchema)

  constructor() {
    super()
    this.sought = ''
    this.samples = new Map()
  }

  async #look(table: string): Promise<void> {
    if (this.samples.has(table)) return
    // Without samples the names still serve.
    const found = await getSamples(table).catch(() => [])
    this.samples = new Map([...this.samples, [table, found]])
  }

  #insert(table: string, column?: string): void {
    this.querySelector<SchemaQuery>('vb-schema-query')!.insert(table, column)
  }

  protected override render(): TemplateResult {
    const { value, failure } = this.schema
    const text = this.text.data
    if (failure !== null) return errorNote(failure, this.text, () => void this.schema.load())
    if (value === null) return loadingNote(this.text)
    const sought = this.sought.trim().toLowerCase()
    const found = value.filter(table => matches(table, sought, this.#name(table)))
    return html`
      <p class="lead">${text.schemaLead}</p>
      <vb-schema-query></vb-schema-query>
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
      <details
        ?open=${sought !== ''}
        @toggle=${(event: Event) => {
          if ((event.target as HTMLDetailsElement).open) void this.#look(table.name)
        }}
      >
        <summary>
          <code class="schema-name">${table.name}</code> <span>${this.#name(table)}</span>
          <span class="hint">${text.columns(table.columns.length)}</span>
        </summary>
        <p class="schema-insert">${this.#button(table.name)}</p>
        <ul class="schema-columns">
          ${table.columns.map(
            column => html`<li>
              ${this.#button(table.name, column.name)} <span class="hint">${text.types[column.type]}</span>
              ${this.#samples(table.name, column.name)}
            </li>`,
          )}
        </ul>
      </details>
    </li>`
  }

  #button(table: string, column?: string): TemplateResult {
    const name = column ?? table
    const { schema: text } = careText(this.language)
    return html`<button type="button" class="schema-pick" title=${text.insert(name)} @click=${() => this.#insert(table, column)}>
      <code>${name}</code>
    </button>`
  }

  #samples(table: string, column: string): unknown {
    const { schema: text } = careText(this.language)
    const found = this.samples.get(table)
    if (!found) return nothing
    const values = found.find(({ name }) => name === column)?.values ?? []
    return html`<span class="schema-samples">${values.length === 0 ? text.noValues : values.join(' · ')}</span>`
  }
}

function matches(table: SchemaTable, sought: string, name: string): boolean {
  const texts = [table.name, name, ...table.columns.map(column => column.name)]
  return texts.some(text => text.toLowerCase().includes(sought))
}

define('vb-schema-browser', SchemaBrowser)
