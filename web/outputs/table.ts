/**
 * A table: caption, scoped headers, intervals folded into their value, small rows said to be so. Static here; in the
 * browser `<vb-table>` draws the same with its own order and length.
 */
import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import {
  type Format,
  formatScalar,
  type Scalar,
  type TableColumn,
  type TableOutput,
} from '../../server/api/contract.ts'
import type { RenderContext } from './context.ts'
import { formatInterval } from './interval.ts'
import { wordsOf } from './words.ts'

/** A page stays a page: more rows than this belong to an exported table. */
const STATIC_ROWS = 1000

const NUMERIC: ReadonlySet<Format> = new Set(['integer', 'decimal', 'money', 'percent', 'duration', 'days'])

/** Columns that hold keys: of use to other tables more than to a reader. */
const KEY = /(?:^|_)id$/i

/** How a table is shown just now: which rows in which order, and what its headers and foot offer. */
export interface TableView {
  /** Indexes of rows. */
  rows: readonly number[]
  sorted: { column: number; falling: boolean } | null
  onSort?: (column: number) => void
  foot: unknown
  /** A long table: `rows` is the stretch of it that is near the window. */
  stretch?: TableStretch
}

export interface TableStretch {
  /** Place of the first row shown, from 0, of `total`. */
  first: number
  total: number
  /** Pixels of the rows before and after. */
  before: number
  after: number
  /** Row with the longest value of each column: columns keep their width while rows come and go. */
  widest: readonly Scalar[]
  onScroll(event: Event): void
}

export function renderTable(output: TableOutput, context: RenderContext): TemplateResult {
  const { table: words } = wordsOf(context.language)
  const { rows } = output.table
  const inside = context.interactive
    ? html`<vb-table .output=${output} .context=${context}></vb-table>`
    : drawTable(output, context, {
        rows: rows.slice(0, STATIC_ROWS).map((_row, i) => i),
        sorted: null,
        foot: footOf(output, Math.min(rows.length, STATIC_ROWS), context),
      })
  if (!output.folded) return html`<div class="vb-table">${inside}</div>`
  return html`<details class="vb-table vb-fold">
    <summary>${words.folded(rows.length)}</summary>
    ${inside}
  </details>`
}

/** A sentence when rows were left out, here or by the query. */
export function footOf(output: TableOutput, shown: number, context: RenderContext): string {
  const { table: words } = wordsOf(context.language)
  const { rows, truncated } = output.table
  if (truncated) return words.truncated(shown)
  return shown < rows.length ? words.cut(shown, rows.length) : ''
}

export function drawTable(output: TableOutput, context: RenderContext, view: TableView): TemplateResult {
  const { table: words } = wordsOf(context.language)
  const { columns, rows } = output.table
  const bounds = new Set(columns.flatMap(column => column.interval ?? []))
  const shown = columns.flatMap((column, i) => (bounds.has(column.name) ? [] : [i]))
  const texts = shown.filter(i => !NUMERIC.has(columns[i]!.format))
  // What a row is called, rather than its key.
  const heading = texts.find(i => !KEY.test(columns[i]!.name)) ?? texts[0]
  const small = new Set(output.small)
  const { stretch } = view
  const renderRow = (at: number, n: number) => {
    const row = rows[at]!
    const doubtful = small.has(at)
    return html`<tr
              class=${doubtful ? 'vb-small' : nothing}
              aria-rowindex=${stretch ? stretch.first + n + 2 : nothing}
            >
              ${shown.map(i => {
                const content = renderCell(columns, row, i, context)
                if (i !== heading) return html`<td class=${cellClass(columns[i]!)}>${content}</td>`
                const doubt = doubtful ? html` <span class="vb-small__word">${words.small}</span>` : nothing
                return html`<th scope="row">${content}${doubt}</th>`
              })}
            </tr>`
  }
  return html`<div
      class=${stretch ? 'vb-table__scroll vb-table__scroll--long' : 'vb-table__scroll'}
      tabindex="0"
      role="region"
      aria-label=${output.title || nothing}
      @scroll=${stretch?.onScroll ?? nothing}
    >
      <table aria-rowcount=${stretch ? stretch.total + 1 : nothing}>
        ${output.title ? html`<caption class=${output.folded ? 'vb-hidden' : 'vb-title'}>${output.title}</caption>` : nothing}
        <thead>
          <tr>
            ${shown.map(i => renderHeader(columns[i]!, i, view))}
          </tr>
        </thead>
        <tbody>
          ${stretch ? renderWidest(stretch.widest, shown, columns, context) : nothing}
          ${stretch && stretch.before > 0 ? renderGap(stretch.before, shown.length) : nothing}
          ${stretch ? repeat(view.rows, at => at, renderRow) : view.rows.map(renderRow)}
          ${stretch && stretch.after > 0 ? renderGap(stretch.after, shown.length) : nothing}
        </tbody>
      </table>
    </div>
    ${rows.length === 0 ? html`<p class="vb-note">${words.empty}</p>` : nothing}
    ${view.foot ? html`<p class="vb-table__foot">${view.foot}</p>` : nothing}`
}

/** The room of rows that are not drawn. */
function renderGap(height: number, columns: number): TemplateResult {
  return html`<tr class="vb-table__gap" aria-hidden="true">
    <td colspan=${columns} .height=${String(height)}></td>
  </tr>`
}

function renderWidest(
  row: readonly Scalar[],
  shown: readonly number[],
  columns: readonly TableColumn[],
  context: RenderContext,
): TemplateResult {
  return html`<tr class="vb-table__widest" aria-hidden="true">
    ${shown.map(i => html`<td class=${cellClass(columns[i]!)}>${renderCell(columns, row, i, context)}</td>`)}
  </tr>`
}

function cellClass({ name, format }: TableColumn): string {
  if (NUMERIC.has(format)) return 'vb-num'
  return format === 'text' && !KEY.test(name) ? 'vb-words' : 'vb-short'
}

function renderHeader(column: TableColumn, i: number, view: TableView): TemplateResult {
  if (!view.onSort) return html`<th scope="col" class=${cellClass(column)}>${column.label}</th>`
  const sorted = view.sorted?.column === i ? view.sorted : null
  const order = sorted ? (sorted.falling ? 'descending' : 'ascending') : 'none'
  const arrow = sorted ? (sorted.falling ? '↓' : '↑') : ''
  return html`<th scope="col" class=${cellClass(column)} aria-sort=${order}>
    <button type="button" class="vb-sort" @click=${() => view.onSort!(i)}>
      ${column.label}<span class="vb-sort__arrow" aria-hidden="true">${arrow}</span>
    </button>
  </th>`
}

/** «14 % · 11–18 %» where the column has an interval; else the value as its format writes it. */
function renderCell(
  columns: readonly TableColumn[],
  row: readonly Scalar[],
  i: number,
  { language, currency }: RenderContext,
): unknown {
  const column = columns[i]!
  const value = row[i] ?? null
  const text = formatScalar(value, column.format, language, currency)
  if (!column.interval || value === null) return text
  const [low, high] = column.interval.map(name => row[columns.findIndex(other => other.name === name)])
  if (typeof low !== 'number' || typeof high !== 'number') return text
  const range = formatInterval([low, high], column.format, language, currency)
  return html`${text} <span class="vb-range">· ${range}</span>`
}
