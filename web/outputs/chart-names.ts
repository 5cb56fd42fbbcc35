/**
 * Names along an axis: whole and legible. Beside horizontal bars they take up to two lines; where the chart is narrow they
 * stand above their bar; under columns they take up to three lines.
 */
import { formatDay, formatMonth, type Language } from '../../server/api/contract.ts'
import { splitYear } from './chart-format.ts'
import {
  asNode,
  channelsOf,
  distinct,
  isDiscrete,
  markOf,
  type Node,
  unitsOf,
  type View,
} from './chart-spec.ts'
import { textWidth, wrapText } from './text-width.ts'

export const LABEL_SIZE = 13
const LINE = 17
const BAR = 18
/** Below this width names don't fit beside their bars. */
const NARROW = 520

/** A label per value, each in lines; a month or day is written as one, under columns with the year where it begins. */
function labelsOf(
  values: readonly (string | number)[],
  language: Language,
  width: number,
  lines: number,
): string[][] {
  const month = values.every(value => /^\d{4}-\d{2}$/.test(String(value)))
  const day = values.every(value => /^\d{4}-\d{2}-\d{2}$/.test(String(value)))
  return values.map((value, i) => {
    const text = String(value)
    if (!month && !day) return wrapText(text, LABEL_SIZE, width, lines)
    const [own, year] = splitYear(month ? formatMonth(text, language) : formatDay(text, language))
    if (lines === 2) return [`${own} ${year}`]
    return i === 0 || text.slice(0, 4) !== String(values[i - 1]).slice(0, 4) ? [own, year] : [own]
  })
}

/**
 * An axis expression over the lines of each value's label: the lines themselves, or their count. Looked up by place: no
 * value can be taken for code or a property. Values that the spec computes stay as they are.
 */
function overLines(
  values: readonly (string | number)[],
  labels: readonly string[][],
  what: 'lines' | 'count',
): string {
  const place = `indexof(${JSON.stringify(values)}, datum.value)`
  if (what === 'lines') return `${place} < 0 ? datum.label : (${JSON.stringify(labels)})[${place}]`
  return `${place} < 0 ? 1 : (${JSON.stringify(labels.map(label => label.length))})[${place}]`
}

/** Lays out the names of a view whose y or x is discrete. `width` is the figure's. */
export function shapeNames({ node, rows, faceted }: View, width: number, language: Language): void {
  const down = channelsOf(node, 'y').find(isDiscrete)
  const across = channelsOf(node, 'x').find(isDiscrete)
  if (down && down.axis !== null) shapeRows(node, down, distinct(rows, down.field), width, faceted, language)
  if (across && across.axis !== null) shapeColumns(across, distinct(rows, across.field), width, language)
}

function shapeRows(
  node: Node,
  channel: Node,
  values: readonly (string | number)[],
  width: number,
  faceted: boolean,
  language: Language,
): void {
  const own = asNode(channel.axis) ?? {}
  const plain = { domain: false, ticks: false, ...own, grid: false, labelLimit: 0 }
  if (values.length === 0) {
    channel.axis = { ...plain, labelLimit: width * 0.4 }
    return
  }
  const longest = Math.max(...values.map(value => textWidth(String(value), LABEL_SIZE)))
  const cells = unitsOf(node).some(unit => markOf(unit) === 'rect')
  const above = width < NARROW && longest > width * 0.28 && !cells && !faceted
  const room = above ? width - 8 : Math.min(width * (cells ? 0.3 : 0.42), 320)
  const labels = labelsOf(values, language, room, above ? 3 : 2)
  const lines = Math.max(...labels.map(label => label.length))
  // Vega sets the first of several lines at the row's middle: move each label up by its own height.
  const up = above ? `${BAR / 2 + 3 - LINE / 2} + ${LINE}` : `-${LINE / 2} + ${LINE / 2}`
  channel.axis = {
    ...plain,
    labelExpr: overLines(values, labels, 'lines'),
    labelLineHeight: LINE,
    labelOffset: { expr: `-(${up} * (${overLines(values, labels, 'count')}))` },
    ...(above && { labelAlign: 'left', labelPadding: 0, titlePadding: LINE * lines + 4 }),
  }
  const step = above ? BAR + LINE * lines + 14 : LINE * lines + (lines > 1 ? 12 : 11)
  const wished = Number(asNode(node.height)?.step ?? 0)
  if (typeof node.height !== 'number') node.height = { step: above ? step : Math.max(step, wished) }
  fixBars(node)
}

/** Bars beside or under their names have one thickness, whatever room the names take. */
function fixBars(node: Node): void {
  for (const unit of unitsOf(node)) {
    if (markOf(unit) !== 'bar') continue
    const mark = asNode(unit.mark) ?? { type: unit.mark }
    unit.mark = { height: BAR, ...mark }
  }
}

function shapeColumns(
  channel: Node,
  values: readonly (string | number)[],
  width: number,
  language: Language,
): void {
  const own = asNode(channel.axis) ?? {}
  const plain = { ticks: false, labelAngle: 0, ...own, grid: false }
  if (values.length === 0) {
    channel.axis = plain
    return
  }
  const room = Math.max(24, (width - 56) / values.length - 8)
  const dates = values.every(value => /^\d{4}-\d{2}/.test(String(value)))
  const labels = labelsOf(values, language, room, 3)
  const cut = !dates && labels.some(label => label.at(-1)!.endsWith('…'))
  if (!cut) {
    const label = { labelExpr: overLines(values, labels, 'lines'), labelLineHeight: LINE }
    channel.axis = { ...plain, ...label, labelOverlap: dates ? 'greedy' : false }
    return
  }
  const slanted = values.map(value => wrapText(String(value), LABEL_SIZE, 130, 1))
  channel.axis = {
    ...plain,
    labelExpr: overLines(values, slanted, 'lines'),
    labelAngle: -40,
    labelAlign: own.orient === 'top' ? 'left' : 'right',
    labelOverlap: false,
  }
}
