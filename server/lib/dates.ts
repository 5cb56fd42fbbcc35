/**
 * Dates as text: a moment is `YYYY-MM-DD HH:MM:SS` in the company's time zone, a day `YYYY-MM-DD`,
 * a week the day of its Monday (ISO 8601), a month `YYYY-MM`. Text sorts and groups alike in every database.
 */
const DAY_MS = 86_400_000

/** The three ready columns of every dated fact. */
export interface Calendar {
  day: string
  week: string
  month: string
}

/** Milliseconds of a day's midnight taken as UTC, or undefined when no such day exists (30 February). */
export function dayToMs(day: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)
  if (!match) return undefined
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const ms = Date.UTC(year, month - 1, date)
  const back = new Date(ms)
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === date ? ms : undefined
}

/** `YYYY-MM-DD` of a UTC instant. */
export function msToDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}

/** The day `days` after (or, negative, before). The day must exist. */
export function addDays(day: string, days: number): string {
  return msToDay(dayToMs(day)! + days * DAY_MS)
}

/** Whole days from one day to another. Both must exist. */
export function daysBetween(from: string, to: string): number {
  return Math.round((dayToMs(to)! - dayToMs(from)!) / DAY_MS)
}

/** Monday of the day's ISO week. */
export function weekOf(day: string): string {
  const weekday = (new Date(dayToMs(day)!).getUTCDay() + 6) % 7
  return addDays(day, -weekday)
}

/** Day, week and month of a moment or day. It must exist. */
export function calendarOf(moment: string): Calendar {
  const day = moment.slice(0, 10)
  return { day, week: weekOf(day), month: day.slice(0, 7) }
}

/** The same day `months` later, or the month's last day when it is shorter. */
export function addMonths(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return msToDay(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(date, last)))
}
