/** What a period may be compared with: one that the facts cover, and of it what they can know. */
import { addDays, daysBetween } from '../lib/dates.ts'
import { formatDay } from '../lib/locale.ts'
import type { MetricId, View } from '../metrics/definitions.ts'
import type { Period } from '../metrics/query.ts'
import type { Totals } from '../metrics/totals.ts'
import type { Figures } from './figures.ts'

/** A period of which more than this part lies before the first deal is not compared with. */
const MISSING = 0.25
/** By the day of sale, sales of the first weeks lack those whose leads came before the facts begin. */
const RUN_UP = 30

/** What by the day of sale depends on leads that came before. */
const ofSales: readonly MetricId[] = [
  'sql',
  'won',
  'fresh',
  'again',
  'purchases',
  'revenue',
  'per_lead',
  'per_client',
  'conversion',
  'cac',
  'romi',
  'cycle',
]

/** Whether the facts, which begin on a day, cover enough of a period to compare with it. */
export function covers(first: string | null, { from, to }: Period): boolean {
  if (first === null || first <= from) return first !== null
  return daysBetween(from, first) / (daysBetween(from, to) + 1) <= MISSING
}

/** Totals of another period without what they can't know, or null where they say nothing. */
export function comparable(
  totals: Totals | null,
  period: Period | null,
  first: string | null,
  view: View,
): Totals | null {
  if (!totals?.values.leads || period === null || !covers(first, period)) return null
  if (!isEarly(period, first, view)) return totals
  const unknown = Object.fromEntries(ofSales.map(id => [id, null])) as Partial<Totals['values']>
  return { ...totals, values: { ...totals.values, ...unknown }, spans: new Map() }
}

function isEarly({ from }: Period, first: string | null, view: View): boolean {
  return view === 'calendar' && first !== null && first > addDays(from, -RUN_UP)
}

/** Why some comparisons are not there. */
export function coverageNote(
  periods: readonly (Period | null)[],
  first: string | null,
  view: View,
  figures: Figures,
): string | null {
  if (first === null) return null
  const known = periods.filter(period => period !== null)
  const ru = figures.language === 'ru'
  const day = formatDay(first, figures.language)
  if (known.some(period => !covers(first, period)))
    return ru
      ? `Данные начинаются ${day}: более раннего времени в них почти нет, поэтому с ним не сравниваем.`
      : `The data begin on ${day}: there is hardly anything earlier to compare with.`
  if (known.some(period => isEarly(period, first, view)))
    return ru
      ? `Данные начинаются ${day}: продаж по более ранним лидам в них нет, поэтому продажи того времени для сравнения не показаны.`
      : `The data begin on ${day}: they lack sales of earlier leads, so sales of that time are not shown for comparison.`
  return null
}
