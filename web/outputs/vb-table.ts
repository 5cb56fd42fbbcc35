/**
 * `<vb-table>`: a table that sorts by its headers. The first rows, then all: of a long one only those are drawn that are
 * near the window of its own, in which it scrolls. Light DOM, drawn by `drawTable`.
 *
 * Properties: `output` (TableOutput), `context` (RenderContext).
 */
import { html, LitElement, type PropertyValues } from 'lit'
import type { Scalar, TableOutput } from '../../server/api/contract.ts'
import type { RenderContext } from './context.ts'
import { type Stretch, stretchAt, widestRow } from './long-table.ts'
import { orderRows } from './order-rows.ts'
import { drawTable, footOf } from './table.ts'
import { wordsOf } from './words.ts'

const FIRST = 20
/** More rows than this scroll in a window of their own. */
const LONG = 200
/** Pixels of a row until one has been measured. */
const ROW = 34
/** Of the window, before it has been measured. */
const WINDOW = 640

export class VbTable extends LitElement {
  static override properties = {
    output: { attribute: false },
    context: { attribute: false },
    sorted: { state: true },
    all: { state: true },
    stretch: { state: true },
  }
  declare output: TableOutput | undefined
  declare context: RenderContext | undefined
  declare sorted: { column: number; falling: boolean } | null
  /** All rows are shown. */
  declare all: boolean
  /** The rows of a long table that are drawn. */
  declare stretch: Stretch
  private order: number[] = []
  private widest: Scalar[] | null = null
  private rowHeight = ROW

  constructor() {
    super()
    this.output = undefined
    this.context = undefined
    this.sorted = null
    this.all = false
    this.stretch = { first: 0, count: 60 }
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
    if (changed.has('output')) {
      this.widest = null
      this.loosen()
    }
  }

  protected override render() {
    const { output, context } = this
    if (!output || !context) return html``
    const total = output.table.rows.length
    // One row more than the first lot is not worth a button.
    const length = this.all || total <= FIRST + 5 ? total : FIRST
    const long = length > LONG
    const { first, count } = this.stretch
    if (long) this.widest ??= widestRow(output.table.rows, output.table.columns.length)
    const rows = long ? this.order.slice(first, first + count) : this.order.slice(0, length)
    return drawTable(output, context, {
      rows,
      sorted: this.sorted,
      onSort: column => this.sortBy(column),
      foot: length < total ? this.renderMore(total) : footOf(output, total, context),
      ...(this.widest && {
        stretch: {
          first,
          total,
          before: first * this.rowHeight,
          after: (total - first - rows.length) * this.rowHeight,
          widest: this.widest,
          onScroll: this.onScroll,
        },
      }),
    })
  }

  protected override updated() {
    const table = this.querySelector<HTMLTableElement>('.vb-table__scroll--long table')
    if (!table || table.style.tableLayout === 'fixed' || table.clientWidth === 0) return
    const height = table.querySelector('tr[aria-rowindex]')?.getBoundingClientRect().height ?? ROW
    // From here on no row that comes into sight can move a column, and none has to be asked how wide it is.
    const headers = [...table.querySelectorAll<HTMLElement>('thead th')]
    const widths = headers.map(header => header.getBoundingClientRect().width)
    headers.forEach((header, i) => {
      header.style.width = `${widths[i]}px`
    })
    table.style.width = `${widths.reduce((sum, width) => sum + width, 0)}px`
    table.style.tableLayout = 'fixed'
    if (height === this.rowHeight) return
    this.rowHeight = height
    this.requestUpdate()
  }

  /** Columns take their own width again: what is in them is another. */
  private loosen() {
    const table = this.querySelector<HTMLTableElement>('table')
    table?.style.removeProperty('table-layout')
    table?.style.removeProperty('width')
    for (const header of this.querySelectorAll<HTMLElement>('thead th')) header.style.removeProperty('width')
  }

  private readonly onScroll = (event: Event) => {
    const { scrollTop, clientHeight } = event.currentTarget as HTMLElement
    const total = this.output?.table.rows.length ?? 0
    const next = stretchAt(scrollTop, clientHeight || WINDOW, this.rowHeight, total)
    const { first, count } = this.stretch
    if (next.first !== first || next.count !== count) this.stretch = next
  }

  /** Numbers begin with the largest, texts with the first letter; a second press turns the order, a third ends it. */
  private sortBy(column: number) {
    const numeric = this.output!.table.rows.some(row => typeof row[column] === 'number')
    if (this.sorted?.column !== column) this.sorted = { column, falling: numeric }
    else if (this.sorted.falling === numeric) this.sorted = { column, falling: !numeric }
    else this.sorted = null
    this.querySelector('.vb-table__scroll--long')?.scrollTo({ top: 0 })
  }

  private renderMore(total: number) {
    const show = () => {
      this.all = true
    }
    return html`<button type="button" class="vb-button" @click=${show}>
      ${wordsOf(this.context!.language).table.showAll(total)}
    </button>`
  }
}

customElements.define('vb-table', VbTable)
