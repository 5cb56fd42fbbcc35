/**
 * `<vb-table>`: a table that sorts by its headers and shows its rows by and by. Light DOM, drawn by `drawTable`.
 *
 * Properties: `output` (TableOutput), `context` (RenderContext).
 */
import { html, LitElement, type PropertyValues } from 'lit'
import type { TableOutput } from '../../server/api/contract.ts'
import type { RenderContext } from './context.ts'
import { orderRows } from './order-rows.ts'
import { drawTable, footOf } from './table.ts'
import { wordsOf } from './words.ts'

const FIRST = 20
const MORE = 500

export class VbTable extends LitElement {
  static override properties = {
    output: { attribute: false },
    context: { attribute: false },
    sorted: { state: true },
    length: { state: true },
  }
  declare output: TableOutput | undefined
  declare context: RenderContext | undefined
  declare sorted: { column: number; falling: boolean } | null
  declare length: number
  private order: number[] = []

  constructor() {
    super()
    this.output = undefined
    this.context = undefined
    this.sorted = null
    this.length = FIRST
  }

  protected override createRenderRoot() {
    return this
  }

  protected override willUpdate(changed: PropertyValues<this>) {
    if (!this.output || !this.context) return
    // Another table with the same columns keeps the order that the reader chose.
    const before = changed.get('output') as TableOutput | undefined
    const names = (output: TableOutput | undefined) => output?.table.columns.map(column => column.name).join()
    if (before && names(before) !== names(this.output)) this.sorted = null
    if (changed.has('output') || changed.has('sorted')) {
      this.order = orderRows(this.output.table.rows, this.sorted, this.context.language)
    }
  }

  protected override render() {
    const { output, context } = this
    if (!output || !context) return html``
    const total = output.table.rows.length
    // One row more than the first lot is not worth a button.
    const length = total <= FIRST + 5 ? total : Math.min(total, this.length)
    return drawTable(output, context, {
      rows: this.order.slice(0, length),
      sorted: this.sorted,
      onSort: column => this.sortBy(column),
      foot: length < total ? this.renderMore(total, length) : footOf(output, total, context),
    })
  }

  /** Numbers begin with the largest, texts with the first letter; a second press turns the order, a third ends it. */
  private sortBy(column: number) {
    const numeric = this.output!.table.rows.some(row => typeof row[column] === 'number')
    if (this.sorted?.column !== column) this.sorted = { column, falling: numeric }
    else if (this.sorted.falling === numeric) this.sorted = { column, falling: !numeric }
    else this.sorted = null
  }

  private renderMore(total: number, length: number) {
    const { table: words } = wordsOf(this.context!.language)
    const all = total - length <= MORE
    const press = () => {
      this.length = all ? total : length + MORE
    }
    return html`<button type="button" class="vb-button" @click=${press}>
      ${all ? words.showAll(total) : words.showMore(MORE)}
    </button>`
  }
}

customElements.define('vb-table', VbTable)
