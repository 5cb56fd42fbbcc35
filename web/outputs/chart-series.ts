/** Series: the colours of their order, and names at the ends of lines instead of a legend (five series or fewer). */

import { LABEL_SIZE } from './chart-names.ts'
import {
  asNode,
  channelsOf,
  distinct,
  isDiscrete,
  markOf,
  type Node,
  type Row,
  type View,
} from './chart-spec.ts'
import { textWidth, wrapText } from './text-width.ts'

const MOST = 5
/** Pixels between two labels' centres. */
const GAP = 16
/** Below this width the ends of lines have no room for names. */
const NARROW = 520
const NAME_WIDTH = 150

/** Names the lines of a plain line chart at their ends. `height` is the plot's, `colours` its series' in order. */
export function labelLines(view: View, width: number, height: number, colours: readonly string[]): void {
  const { node, rows } = view
  if (Array.isArray(node.layer) || markOf(node) !== 'line' || view.faceted || width < NARROW) return
  const encoding = asNode(node.encoding)
  const [x, y, color] = ['x', 'y', 'color'].map(channel => asNode(encoding?.[channel]))
  if (!x || !y || !color || !isDiscrete(color) || isDiscrete(y) || y.aggregate || x.aggregate || x.timeUnit)
    return
  const names = distinct(rows, color.field)
  if (names.length < 2 || names.length > MOST || color.scale || color.legend) return
  const ends = names.flatMap(name => endOf(rows, name, x, y, color) ?? [])
  if (ends.length !== names.length) return
  const numbers = rows.map(row => row[String(y.field)]).filter(value => typeof value === 'number')
  const top = Math.max(...numbers, 0)
  const low = asNode(y.scale)?.zero === false ? Math.min(...numbers) : Math.min(0, ...numbers)
  const places = ends.map(end => ((top - end.value) / (top - low || 1)) * height)
  const spread = spreadOut(places)
  const { mark, encoding: _encoding, ...rest } = node
  for (const key of Object.keys(node)) delete node[key]
  Object.assign(node, rest, {
    layer: [
      {
        mark,
        encoding: {
          ...encoding,
          color: {
            ...color,
            legend: null,
            scale: { domain: names, range: names.map((_name, i) => colours[i]) },
          },
        },
      },
      ...ends.map((end, i) => ({
        data: { values: [end.row] },
        mark: {
          type: 'text',
          align: 'left',
          dx: 8,
          dy: Math.round(spread[i]! - places[i]!),
          color: colours[i],
          text: wrapText(String(end.name), LABEL_SIZE, NAME_WIDTH, 1),
          tooltip: false,
        },
        encoding: { x: structuredClone(x), y: structuredClone(y) },
      })),
    ],
  })
}

function endOf(rows: readonly Row[], name: string | number, x: Node, y: Node, color: Node) {
  let last: Row | null = null
  for (const row of rows) {
    if (row[String(color.field)] !== name || typeof row[String(y.field)] !== 'number') continue
    if (last === null || String(row[String(x.field)]) >= String(last[String(x.field)])) last = row
  }
  return last && { name, row: last, value: last[String(y.field)] as number }
}

/**
 * Places moved as little as needed to be GAP apart, in the same order: least squares, by pooling adjacent violators over
 * the places less their gaps.
 */
export function spreadOut(places: readonly number[]): number[] {
  const order = places.map((_place, i) => i).sort((a, b) => places[a]! - places[b]!)
  const pools: { sum: number; count: number }[] = []
  for (const [at, i] of order.entries()) {
    let pool = { sum: places[i]! - at * GAP, count: 1 }
    for (
      let last = pools.at(-1);
      last && last.sum / last.count > pool.sum / pool.count;
      last = pools.at(-1)
    ) {
      pool = { sum: pool.sum + last.sum, count: pool.count + last.count }
      pools.pop()
    }
    pools.push(pool)
  }
  const level = pools.flatMap(({ sum, count }) => Array<number>(count).fill(sum / count))
  const moved = [...places]
  for (const [at, i] of order.entries()) moved[i] = level[at]! + at * GAP
  return moved
}

/** Series have the colours of their order in the data, in every width; a legend takes as many rows as it needs. */
export function orderSeries(view: View, width: number, colours: readonly string[]): void {
  for (const name of ['color', 'fill', 'stroke']) {
    for (const channel of channelsOf(view.node, name)) {
      const names = distinct(view.rows, channel.field)
      if (!isDiscrete(channel) || names.length === 0 || channel.scale === null) continue
      const range = names.map((_name, i) => colours[i % colours.length])
      if (!channel.scale) channel.scale = { domain: names, range }
      if (channel.legend === null) continue
      const longest = Math.max(...names.map(text => textWidth(String(text), LABEL_SIZE)))
      const columns = Math.max(1, Math.floor(width / (Math.min(longest, 240) + 40)))
      const axisTitle = channelsOf(view.node, 'y').some(other => !isDiscrete(other) && other.title)
      channel.legend = {
        columns: Math.min(columns, names.length),
        offset: axisTitle ? 32 : 12,
        ...asNode(channel.legend),
      }
    }
  }
}
