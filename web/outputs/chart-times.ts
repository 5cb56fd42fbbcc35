/**
 * Time in charts. Our days and moments are texts without a zone, which a browser would read as its own time: they are
 * made UTC on the way in, drawn on UTC scales and written by TIME_FORMAT, so that a day is the same day everywhere.
 */
import type { Language } from '../../server/api/contract.ts'
import { formatText, TIME_FORMAT } from './chart-format.ts'
import { asNode, asNodes, channelsOf, type Node, type Row, unitsOf, type View } from './chart-spec.ts'

const TIME = /^(\d{4})-(\d{2})(?:-(\d{2}))?(?:[ T](\d{2}:\d{2}(?::\d{2})?))?$/
const DAY_MS = 86_400_000
/** Pixels that a month's or a day's label wants. */
const LABEL = 64

/** `2026-03`, `2026-03-12`, `2026-03-12 03:41:00` -> milliseconds since 1970 in UTC; anything else as it is. */
export function toUtc(value: unknown): unknown {
  const match = typeof value === 'string' ? TIME.exec(value) : null
  if (!match) return value
  const [, year, month, day = '01', time = '00:00'] = match
  return Date.parse(`${year}-${month}-${day}T${time}Z`)
}

const CHANNELS = ['x', 'x2', 'y', 'y2', 'color', 'detail', 'tooltip', 'text', 'row', 'column']

/** Names of fields that a spec draws as time. */
function timeFields(view: Node): Set<string> {
  const fields = new Set<string>()
  for (const unit of [view, ...unitsOf(view)]) {
    for (const channel of CHANNELS) {
      const node = asNode(asNode(unit.encoding)?.[channel])
      if (node?.type === 'temporal' && typeof node.field === 'string') fields.add(node.field)
    }
  }
  return fields
}

/** Puts the times that the spec's views draw into UTC, wherever its rows stand. The rows given stay as they are. */
export function makeTimesUtc(spec: Node, views: readonly View[]): void {
  const fields = [...new Set(views.flatMap(view => [...timeFields(view.node)]))]
  if (fields.length === 0) return
  const convert = (node: Node) => {
    const values = asNode(node.data)?.values
    if (Array.isArray(values)) {
      node.data = {
        values: (values as Row[]).map(row => ({
          ...row,
          ...Object.fromEntries(fields.map(field => [field, toUtc(row[field])])),
        })),
      }
    }
    for (const [key, child] of Object.entries(node)) {
      if (key === 'data') continue
      for (const item of Array.isArray(child) ? asNodes(child) : [asNode(child)]) if (item) convert(item)
    }
  }
  convert(spec)
}

/** Gives the view's time channels a UTC scale and axis labels that suit how long and how fine its data is. */
export function shapeTimes(view: View, width: number, language: Language): void {
  for (const name of CHANNELS) {
    for (const channel of channelsOf(view.node, name)) {
      if (channel.type !== 'temporal') continue
      if (typeof channel.timeUnit === 'string' && !channel.timeUnit.startsWith('utc')) {
        channel.timeUnit = `utc${channel.timeUnit}`
      } else if (name === 'x' || name === 'y') {
        channel.scale = { type: 'utc', ...asNode(channel.scale) }
      }
      const span = spanOf(view.rows, channel.field)
      if (name === 'text' || name === 'tooltip') {
        Object.assign(channel, { formatType: TIME_FORMAT, format: formatText(language, '', span.grain) })
      } else if ((name === 'x' || name === 'y') && channel.axis !== null) {
        const axis = asNode(channel.axis) ?? {}
        channel.axis = { ...axis, ...ticksOf(span, width, language) }
      }
    }
  }
}

interface Span {
  days: number
  /** The finest thing that the data tells apart. */
  grain: 'year' | 'month' | 'day' | 'moment'
}

function spanOf(rows: readonly Row[], field: unknown): Span {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  let grain: Span['grain'] = 'year'
  for (const row of rows) {
    const ms = toUtc(row[String(field)])
    if (typeof ms !== 'number' || Number.isNaN(ms)) continue
    low = Math.min(low, ms)
    high = Math.max(high, ms)
    const iso = new Date(ms).toISOString()
    if (!iso.endsWith('T00:00:00.000Z')) grain = 'moment'
    else if (grain !== 'moment' && iso.slice(8, 10) !== '01') grain = 'day'
    else if (grain === 'year' && iso.slice(5, 7) !== '01') grain = 'month'
  }
  return { days: high > low ? (high - low) / DAY_MS : 0, grain }
}

function ticksOf({ days, grain }: Span, width: number, language: Language): Node {
  const room = Math.max(2, Math.floor(width / LABEL))
  const label = (format: string) => ({ formatType: TIME_FORMAT, format: formatText(language, '', format) })
  const every = (interval: string, count: number) => {
    const step = Math.max(1, Math.ceil(count / room))
    // Steps that start a year, so that its first month has a label.
    const even = interval === 'month' ? ([1, 2, 3, 6, 12].find(size => size >= step) ?? 12) : step
    return { tickCount: { interval, step: even } }
  }
  if (grain === 'year' || days > 365 * 6) return { ...label('year'), ...every('year', days / 365) }
  if (grain === 'month' || days > 120) return { ...label('tick-month'), ...every('month', days / 30) }
  if (days > 3) return { ...label('tick-day'), tickCount: Math.min(room, Math.ceil(days)) }
  return label('moment')
}
