/**
 * One house theme for every Vega-Lite spec: what a cell wrote, shaped for a width, a language and a place, before Vega
 * sees it. Pure; the same on the server and in the browser.
 */
import type { Language } from '../../server/api/contract.ts'
import { type Colours, paint } from './chart-colours.ts'
import { chartConfig, SERIES } from './chart-config.ts'
import { formatText, NUMBER_FORMAT } from './chart-format.ts'
import { dropBareTitles, dropSpokenAxis, mixPlainly, quietRules } from './chart-guides.ts'
import { shapeNames } from './chart-names.ts'
import { labelLines, orderSeries } from './chart-series.ts'
import { asNode, type Node, type Row, unitsOf, type View, viewsOf } from './chart-spec.ts'
import { makeTimesUtc, shapeTimes } from './chart-times.ts'

export interface ChartLook {
  /** Pixels across, axes and labels included. */
  width: number
  language: Language
  currency: string
  colours: Colours
}

const HEIGHT = 240
const NARROW = 520
/** What a spec may not bring along: the look is ours, and `usermeta` would steer the embedder. */
const DROPPED = [
  '$schema',
  'config',
  'usermeta',
  'autosize',
  'background',
  'padding',
  'width',
  'title',
  'name',
]

/** A spec ready for Vega-Lite. The one given stays as it is. */
export function themeChart(spec: Readonly<Node>, look: ChartLook): Node {
  const { data, ...rest } = spec
  const rows = (asNode(data)?.values ?? []) as Row[]
  const node = structuredClone(rest) as Node
  for (const key of DROPPED) delete node[key]
  if (look.width < NARROW && Array.isArray(node.hconcat)) {
    node.vconcat = node.hconcat
    delete node.hconcat
  }
  node.data = { values: rows }
  const views = viewsOf(node)
  paint(node, look.colours)
  for (const view of views) shapeView(view, views.length, shareOf(node, look.width), look)
  writeFormats(node, look)
  makeTimesUtc(node, views)
  const single = views.length === 1 && views[0]!.node === node && !views[0]!.faceted
  if (single) Object.assign(node, { width: look.width, autosize: { type: 'fit-x', contains: 'padding' } })
  return { ...node, config: chartConfig(look.colours, look.language, look.currency) }
}

/** Pixels that each of the plots side by side has. */
function shareOf(node: Node, width: number): number {
  const plots = Array.isArray(node.hconcat)
    ? node.hconcat.length
    : Array.isArray(node.concat)
      ? Math.min(node.concat.length, Number(node.columns ?? node.concat.length))
      : 1
  return width / Math.max(1, plots)
}

function shapeView(view: View, count: number, width: number, look: ChartLook): void {
  const { node } = view
  const single = count === 1 && !view.faceted
  const height = typeof node.height === 'number' ? node.height : HEIGHT
  if (single) labelLines(view, width, height, SERIES.map(look.colours))
  dropSpokenAxis(view)
  dropBareTitles(view)
  orderSeries(view, width, SERIES.map(look.colours))
  quietRules(view, look.colours('muted'))
  mixPlainly(view)
  shapeTimes(view, width, look.language)
  shapeNames(view, width, look.language)
  node.height ??= HEIGHT
  // Plots in a row can't be fitted by Vega: what axes take is left out by guess. Facets keep their own width.
  if (!single && !view.faceted) node.width = Math.max(120, Math.round(width - 90))
}

/** Every `format` goes to our own writer, with the reader's language and currency. */
function writeFormats(node: Node, look: ChartLook): void {
  for (const [key, child] of Object.entries(node)) {
    if (key === 'data') continue
    if (key === 'format' && typeof child === 'string' && node.formatType === undefined) {
      // Patterns of time (%b) are Vega's own business.
      if (child.startsWith('%')) continue
      node.format = formatText(look.language, look.currency, child)
      node.formatType = NUMBER_FORMAT
    } else if (Array.isArray(child)) {
      for (const item of child) if (asNode(item)) writeFormats(item as Node, look)
    } else if (asNode(child)) writeFormats(child as Node, look)
  }
}

/** Pixels that a chart will take from top to bottom, near enough to keep its place before it is drawn. */
export function estimateHeight(spec: Readonly<Node>, look: ChartLook): number {
  const themed = themeChart(spec, look)
  const heights = viewsOf(themed).map(({ node, rows }) => {
    if (typeof node.height === 'number') return node.height + 40
    const step = Number(asNode(node.height)?.step ?? 30)
    const fields = unitsOf(node)
      .concat(node)
      .map(unit => asNode(asNode(unit.encoding)?.y)?.field)
    const field = fields.find(name => typeof name === 'string')
    return step * new Set(rows.map(row => row[String(field)])).size + 40
  })
  return Array.isArray(themed.hconcat)
    ? Math.max(...heights)
    : heights.reduce((sum, height) => sum + height, 0)
}
