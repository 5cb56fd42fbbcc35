/** Reading a Vega-Lite spec whose shape nobody vouches for: nodes, channels, and the rows behind them. */
export type Node = Record<string, unknown>
export type Row = Record<string, unknown>

export function asNode(value: unknown): Node | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Node) : null
}

export function asNodes(value: unknown): Node[] {
  return Array.isArray(value) ? value.filter((item): item is Node => asNode(item) !== null) : []
}

/** A view is one plot: a unit or a layer, with the rows that it draws. */
export interface View {
  node: Node
  rows: readonly Row[]
  /** It repeats over facets, so that its width is not the figure's. */
  faceted: boolean
}

const COMPOSED = ['hconcat', 'vconcat', 'concat'] as const

/** All plots of a spec, outermost first. */
export function viewsOf(spec: Node, rows: readonly Row[] = [], faceted = false): View[] {
  const values = asNode(spec.data)?.values
  const own = Array.isArray(values) ? (values as Row[]) : rows
  for (const key of COMPOSED) {
    if (Array.isArray(spec[key])) return asNodes(spec[key]).flatMap(child => viewsOf(child, own, faceted))
  }
  const inner = asNode(spec.spec)
  if (inner) return viewsOf(inner, own, true)
  const encoding = asNode(spec.encoding)
  const facets = encoding !== null && ('row' in encoding || 'column' in encoding || 'facet' in encoding)
  return [{ node: spec, rows: own, faceted: faceted || facets }]
}

/** Units of a plot: itself, or its layers. */
export function unitsOf(view: Node): Node[] {
  return Array.isArray(view.layer) ? asNodes(view.layer).flatMap(unitsOf) : [view]
}

/** A channel's definitions in a plot: the shared one first. */
export function channelsOf(view: Node, channel: string): Node[] {
  const nodes = Array.isArray(view.layer) ? [view, ...asNodes(view.layer)] : [view]
  return nodes
    .map(node => asNode(asNode(node.encoding)?.[channel]))
    .filter((found): found is Node => found !== null)
}

export function markOf(unit: Node): string {
  return typeof unit.mark === 'string' ? unit.mark : String(asNode(unit.mark)?.type ?? '')
}

export function isDiscrete(channel: Node): boolean {
  return channel.type === 'nominal' || channel.type === 'ordinal'
}

/** Distinct values of a field, in order of appearance; empty where the rows don't have it. */
export function distinct(rows: readonly Row[], field: unknown): (string | number)[] {
  if (typeof field !== 'string') return []
  const values = new Set<string | number>()
  for (const row of rows) {
    const value = row[field]
    if (typeof value === 'string' || typeof value === 'number') values.add(value)
  }
  return [...values]
}
