/** Periods beside a period, and the spans of time that a trend is drawn by. Pure. */
import { addDays, addMonths, daysBetween, weekOf } from '../lib/dates.ts'
import type { Period } from './query.ts'

/** Whether it has ends to compare with: “all time” has nothing before it. */
export function isBounded({ from, to }: Period): boolean {
  return from > '1000' && to < '9000'
}

/** As many days right before. Whole months are compared with whole months, whose lengths differ. */
export function previousPeriod(period: Period): Period {
  const months = wholeMonths(period)
  if (months > 0) return { from: addMonths(period.from, -months), to: addDays(period.from, -1) }
  const days = daysBetween(period.from, period.to) + 1
  return { from: addDays(period.from, -days), to: addDays(period.from, -1) }
}

/** The same days a year before; 29 February is compared with the 28th. */
export function yearBefore({ from, to }: Period): Period {
  return { from: addMonths(from, -12), to: endOfYearBefore(to) }
}

function endOfYearBefore(to: string): string {
  const day = addMonths(to, -12)
  // The end of February stays the end of February.
  return to.slice(5) === '02-28' && isMonthEnd(to) && !isMonthEnd(day) ? addDays(day, 1) : day
}

const isMonthEnd = (day: string) => addDays(day, 1).slice(8) === '01'

/** How many calendar months the period is made of; 0 when it starts or ends within one. */
function wholeMonths({ from, to }: Period): number {
  if (from.slice(8) !== '01' || !isMonthEnd(to)) return 0
  const [fromYear, fromMonth] = from.split('-').map(Number) as [number, number]
  const [toYear, toMonth] = to.split('-').map(Number) as [number, number]
  return (toYear - fromYear) * 12 + toMonth - fromMonth + 1
}

export type Grain = 'day' | 'week' | 'month'

/** Months from four on, weeks from four on, else days. */
export function grainOf({ from, to }: Period): Grain {
  if (from < '1000' || to > '9000') return 'month'
  const days = daysBetween(from, to) + 1
  return days >= 118 ? 'month' : days >= 28 ? 'week' : 'day'
}

/** The start of the span that a day lies in: itself, its Monday, the first of its month. */
export function spanOf(day: string, grain: Grain): string {
  return grain === 'day' ? day : grain === 'week' ? weekOf(day) : `${day.slice(0, 7)}-01`
}

/** Starts of all spans of a period, in order; none for one without ends. */
export function spansOf(period: Period, grain: Grain): string[] {
  if (!isBounded(period)) return []
  const spans: string[] = []
  for (let at = spanOf(period.from, grain); at <= period.to; at = nextSpan(at, grain)) spans.push(at)
  return spans
}

function nextSpan(span: string, grain: Grain): string {
  return grain === 'month' ? addMonths(span, 1) : addDays(span, grain === 'week' ? 7 : 1)
}
