/** When things happen: fifteen months with their seasons and weekdays. Moments are milliseconds taken as UTC. */
import { addDays, daysBetween, dayToMs } from '../../../server/lib/dates.ts'
import type { Random } from '../../../server/lib/random.ts'

export const FIRST_DAY = '2025-08-01'
export const LAST_DAY = '2026-10-31'
export const DAY_MS = 86_400_000
export const MINUTE_MS = 60_000
export const END_MS = dayToMs(LAST_DAY)! + DAY_MS - 1000

/** Leads of a month against an average one, January first: people glaze before the cold and before the summer. */
const SEASON = [0.55, 0.65, 0.9, 1.15, 1.2, 1.05, 0.95, 1.05, 1.35, 1.4, 1.05, 0.7]
/** Monday first. */
const WEEKDAY = [1.35, 1.25, 1.15, 1.1, 1.0, 0.65, 0.5]

export interface Day {
  day: string
  ms: number
  /** Share of all leads of the fifteen months. */
  share: number
}

const count = daysBetween(FIRST_DAY, LAST_DAY) + 1
const raw = Array.from({ length: count }, (_, i) => {
  const day = addDays(FIRST_DAY, i)
  const ms = dayToMs(day)!
  const weekday = (new Date(ms).getUTCDay() + 6) % 7
  return {
    day,
    ms,
    share: SEASON[Number(day.slice(5, 7)) - 1]! * WEEKDAY[weekday]! * (0.92 + (0.16 * i) / count),
  }
})
const total = raw.reduce((sum, day) => sum + day.share, 0)
export const days: readonly Day[] = raw.map(day => ({ ...day, share: day.share / total }))
export const months: readonly string[] = [...new Set(days.map(day => day.day.slice(0, 7)))]

const cumulated: number[] = []
for (const day of days) cumulated.push((cumulated.at(-1) ?? 0) + day.share)

/** The day by which the share `u` (0 to 1) of all leads has come. */
export function dayAt(u: number): Day {
  let low = 0
  let high = cumulated.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (cumulated[middle]! < u) low = middle + 1
    else high = middle
  }
  return days[low]!
}

/** A moment within office hours of a day, most at eleven and at six. */
export function officeTime(random: Random, dayMs: number): number {
  const peak = random.next() < 0.55 ? 11 : 17.5
  const hour = Math.min(20.9, Math.max(9, peak + random.normal() * 2))
  return dayMs + Math.floor(hour * 60) * MINUTE_MS
}

/** The moment after `days` (may be broken), moved into office hours. */
export function later(random: Random, ms: number, after: number): number {
  const target = ms + after * DAY_MS
  const moved = officeTime(random, target - (target % DAY_MS))
  return moved > ms ? moved : ms + (30 + random.integer(90)) * MINUTE_MS
}

const two = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'))
const firstMs = dayToMs(FIRST_DAY)!

/** `YYYY-MM-DD HH:MM:00` of milliseconds taken as UTC. */
export function toMoment(ms: number): string {
  const day = days[Math.floor((ms - firstMs) / DAY_MS)]?.day ?? new Date(ms).toISOString().slice(0, 10)
  const minutes = Math.floor((ms % DAY_MS) / MINUTE_MS)
  return `${day} ${two[Math.floor(minutes / 60)]}:${two[minutes % 60]}:00`
}
