/**
 * <vb-chart-builder>: mark, fields, colour and counting of a chart cell, chosen among the columns of its data, and the
 * chart as it will be. Tells `vb-set` with a path into the spec and what stands there from now on.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { Table, TableColumn } from '../../server/api/contract.ts'
import '../outputs/vb-chart.ts'
import { define, WorkbenchElement } from './element.ts'

type Channel = 'x' | 'y' | 'color'
interface Encoded {
  field?: string
  type?: string
  aggregate?: string
}

const MARKS = ['bar', 'line', 'area', 'point', 'arc', 'rect']
const AGGREGATES = ['sum', 'mean', 'median', 'min', 'max']
/** Stands for the number of rows in the list of columns. */
const COUNT = '*'
/** Rows drawn while one chooses. */
const ROWS = 5000
/** Specs of several views are for people who write them. */
const COMPOSED = ['layer', 'facet', 'hconcat', 'vconcat', 'concat', 'repeat']

export class ChartBuilder extends WorkbenchElement {
  static override properties = { spec: { attribute: false }, table: { attribute: false }, currency: {} }
  declare spec: Record<string, unknown>
  declare table: Table | null
  declare currency: string
  #drawn: { key: string; spec: Record<string, unknown> } | null = null

  #set(path: string[], value: unknown): void {
    this.dispatchEvent(new CustomEvent('vb-set', { detail: { path, value } }))
  }

  protected override render(): TemplateResult {
    const text = this.text.editing.options.chart
    if (COMPOSED.some(name => name in this.spec)) return html`<p class="hint">${text.ownSpec}</p>`
    if (!this.table) return html`<p class="hint">${text.noTable}</p>`
    const mark = markOf(this.spec)
    const choose = (event: Event) => {
      const { value } = event.target as HTMLSelectElement
      this.#set(typeof this.spec.mark === 'object' && this.spec.mark ? ['mark', 'type'] : ['mark'], value)
    }
    return html`<div class="chart-builder">
      <label class="form-field"
        ><span>${text.mark}</span>
        <select @change=${choose}>
          ${MARKS.includes(mark) ? nothing : html`<option value=${mark} selected>${mark || text.none}</option>`}
          ${MARKS.map(name => html`<option value=${name} .selected=${name === mark}>${text.marks[name]}</option>`)}
        </select></label
      >
      ${(['x', 'y', 'color'] as const).map(channel => this.#channel(channel))} ${this.#preview(mark)}
    </div>`
  }

  #channel(channel: Channel): TemplateResult {
    const text = this.text.editing.options.chart
    const own = this.#encoded(channel)
    const field = own.aggregate === 'count' && own.field === undefined ? COUNT : (own.field ?? '')
    const column = this.#column(field)
    const option = (value: string, words: string) =>
      html`<option value=${value} .selected=${value === field}>${words}</option>`
    const aggregates = text.aggregates
    return html`<div class="form-field">
      <span>${text[channel]}</span>
      <span class="form-pair">
        <select
          aria-label=${text[channel]}
          @change=${(event: Event) => this.#choose(channel, (event.target as HTMLSelectElement).value)}
        >
          ${option('', text.none)} ${this.table!.columns.map(({ name, label }) => option(name, label))}
          ${field === '' || field === COUNT || column ? nothing : option(field, field)} ${option(COUNT, text.count)}
        </select>
        ${
          column && isNumber(column)
            ? html`<select
                aria-label=${`${text[channel]}, ${text.aggregate}`}
                @change=${(event: Event) => {
                  const { value } = event.target as HTMLSelectElement
                  const { aggregate: _old, ...rest } = own
                  this.#set(['encoding', channel], value === '' ? rest : { ...rest, aggregate: value })
                }}
              >
                <option value="" .selected=${own.aggregate === undefined}>${text.each}</option>
                ${AGGREGATES.map(
                  name =>
                    html`<option value=${name} .selected=${own.aggregate === name}>${aggregates[name]}</option>`,
                )}
              </select>`
            : nothing
        }
      </span>
    </div>`
  }

  #choose(channel: Channel, field: string): void {
    this.#set(['encoding', channel], field === '' ? undefined : this.#encode(channel, field))
  }

  /** What a channel says once a column is chosen for it; what else it said stays. */
  #encode(channel: Channel, field: string): Record<string, unknown> {
    const { aggregate, field: _field, type: _type, ...rest } = this.#encoded(channel)
    if (field === COUNT) return { ...rest, aggregate: 'count', type: 'quantitative' }
    const column = this.#column(field)!
    const keeps = aggregate !== undefined && aggregate !== 'count' && isNumber(column)
    return { ...rest, field, type: typeOf(column), ...(keeps && { aggregate }) }
  }

  #encoded(channel: Channel): Encoded {
    const encoding = this.spec.encoding
    const own =
      typeof encoding === 'object' && encoding !== null
        ? (encoding as Record<string, unknown>)[channel]
        : null
    return typeof own === 'object' && own !== null ? (own as Encoded) : {}
  }

  #column(name: string): TableColumn | undefined {
    return this.table!.columns.find(column => column.name === name)
  }

  /** The chart as it will be; the same object as long as nothing of it changed, so that it is not drawn for nothing. */
  #preview(mark: string): unknown {
    const { spec, table } = this
    const text = this.text.editing.options.chart
    if (mark === '' || typeof spec.encoding !== 'object' || spec.encoding === null || !table) return nothing
    const { data: _data, title: _title, description: _description, ...own } = spec
    const key = JSON.stringify(own) + table.rows.length + String(spec.data)
    if (this.#drawn?.key !== key) {
      const values = table.rows
        .slice(0, ROWS)
        .map(row => Object.fromEntries(table.columns.map((column, i) => [column.name, row[i] ?? null])))
      this.#drawn = { key, spec: { ...own, data: { values } } }
    }
    return html`<figure class="form-whole chart-preview" aria-label=${text.preview}>
      <vb-chart .spec=${this.#drawn.spec} .language=${this.language} .currency=${this.currency}></vb-chart>
    </figure>`
  }
}

const NUMBERS = new Set(['integer', 'decimal', 'money', 'percent', 'duration', 'days'])
const isNumber = ({ format }: TableColumn) => NUMBERS.has(format)
const typeOf = (column: TableColumn) =>
  isNumber(column)
    ? 'quantitative'
    : ['day', 'moment', 'month'].includes(column.format)
      ? 'temporal'
      : 'nominal'

function markOf({ mark }: Record<string, unknown>): string {
  const type = typeof mark === 'object' && mark !== null ? (mark as { type?: unknown }).type : mark
  return typeof type === 'string' ? type : ''
}

define('vb-chart-builder', ChartBuilder)
