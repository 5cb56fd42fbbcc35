/**
 * Texts of cells -> moments, days and durations. Undefined is “no such moment”: the row is rejected, and an impossible
 * day never becomes another one.
 */
import { type Calendar, calendarOf, dayToMs } from '../lib/dates.ts'
import { toNumber } from './numbers.ts'
import type { CellValue } from './source.ts'
import { atZone, isBlank } from './values.ts'

/** Which part of `03/04/2025` is the day. */
export type SlashOrder = 'day' | 'month'

const CLOCK = String.raw`(?:(?:[T\s]|,\s*|\s+в\s+)+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap]\.?m\.?)?\s*(Z|UTC|[+-]\d{2}(?::?\d{2})?)?)?$`
const NUMERIC = new RegExp(
  String.raw`^(?:(\d{4})[-./](\d{1,2})[-./](\d{1,2})|(\d{4})(\d{2})(\d{2})|(\d{1,2})([-./])(\d{1,2})\8(\d{4}|\d{2}))${CLOCK}`,
  'i',
)
const NAMED = new RegExp(
  String.raw`^(?:(\d{1,2})[\s-]+([а-яa-z]{3,9})\.?,?[\s-]+(\d{4})|([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4}))(?:\s*г(?:\.|ода)?)?${CLOCK}`,
  'iu',
)
const MONTHS = new Map(
  [
    'янв январь января jan january',
    'фев февр февраль февраля feb february',
    'мар март марта mar march',
    'апр апрель апреля apr april',
    'май мая may',
    'июн июнь июня jun june',
    'июл июль июля jul july',
    'авг август августа aug august',
    'сен сент сентябрь сентября sep sept september',
    'окт октябрь октября oct october',
    'ноя нояб ноябрь ноября nov november',
    'дек декабрь декабря dec december',
  ].flatMap((names, i) => names.split(' ').map(name => [name, i + 1] as const)),
)

/** 1 to 12 of a month's name, Russian or English, whole or short; 0 when it is none. */
export function monthNumber(name: string): number {
  return MONTHS.get(name.toLowerCase()) ?? 0
}

const pad = (n: number, size = 2) => String(n).padStart(size, '0')

/** No moment that people write is longer. */
const LONGEST = 60

const DAY_MS = 86_400_000
/** Days from here to 1970: a spreadsheet's day 1 is 1900-01-01, and it counts a 29 February 1900 that never was. */
const SERIAL_EPOCH = 25_569
/** 1954 to 2119: numbers outside are no spreadsheet's day that anybody meant. */
const isSerial = (n: number) => n >= 20_000 && n < 80_000

/** A spreadsheet's day number (with the time as its fraction) as it is written there, without a zone. */
const fromSerial = (serial: number) =>
  new Date(Math.round((serial - SERIAL_EPOCH) * 86_400) * 1000).toISOString().slice(0, 19).replace('T', ' ')

function fromNumber(value: number, timeZone: string): string | undefined {
  if (isSerial(value)) return fromSerial(value)
  // Unix seconds or milliseconds of 2001–2065.
  if (value >= 1e9 && value < 3e9) return atZone(value * 1000, timeZone)
  return value >= 1e12 && value < 3e12 ? atZone(value, timeZone) : undefined
}

/**
 * `ДД.ММ.ГГГГ[ ЧЧ:ММ[:СС]]`, ISO 8601 with or without a zone, `YYYYMMDD`, «12 марта 2026», Unix seconds, a
 * spreadsheet's day number -> `YYYY-MM-DD HH:MM:SS` in the company's zone (without a zone: as written).
 */
export function toMoment(
  value: CellValue,
  timeZone: string,
  order: SlashOrder = 'day',
): string | null | undefined {
  if (isBlank(value)) return null
  if (typeof value === 'number') return fromNumber(value, timeZone)
  const text = value!.trim()
  if (text.length > LONGEST) return undefined
  if (/^\d{10}$|^\d{13}$|^\d{5}(?:[.,]\d+)?$/.test(text))
    return fromNumber(Number(text.replace(',', '.')), timeZone)
  const match = NUMERIC.exec(text)
  if (match) {
    const [, y, m, d, year, month, day, first, sign, second, last] = match
    if (first === undefined) return build(y ?? year!, m ?? month!, d ?? day!, match, 11, timeZone)
    const swap = sign === '/' && order === 'month'
    const full = last!.length === 2 ? `20${last}` : last!
    return build(full, swap ? first : second!, swap ? second! : first, match, 11, timeZone)
  }
  const named = NAMED.exec(text)
  if (!named) return undefined
  const month = monthNumber(named[2] ?? named[4]!)
  return build(named[3] ?? named[6]!, String(month), named[1] ?? named[5]!, named, 7, timeZone)
}

/** A moment of its parts; hour, minute, second, half of the day and zone are the match's groups from `at` on. */
function build(
  year: string,
  month: string,
  day: string,
  match: RegExpExecArray,
  at: number,
  timeZone: string,
): string | undefined {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  if (calendarOfDay(date) === undefined || Number(year) < 1900) return undefined
  if (match[at] === undefined) return `${date} 00:00:00`
  const half = match[at + 3]?.[0]?.toLowerCase()
  let hour = Number(match[at])
  const [minute, second] = [Number(match[at + 1]), Number(match[at + 2] ?? 0)]
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return undefined
    hour = (hour % 12) + (half === 'p' ? 12 : 0)
  }
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const zone = match[at + 4]
  if (zone === undefined) return `${date} ${pad(hour)}:${pad(minute)}:${pad(second)}`
  const [, sign, h, m] = /([+-])(\d{2}):?(\d{2})?/.exec(zone) ?? [null, '+', '0', '0']
  if (Number(h) > 14 || Number(m ?? 0) > 59) return undefined
  const offset = (Number(h) * 60 + Number(m ?? 0)) * 60_000 * (sign === '-' ? -1 : 1)
  return atZone(dayToMs(date)! + ((hour * 60 + minute) * 60 + second) * 1000 - offset, timeZone)
}

/** Which part of dates with slashes is the day, by those that leave no choice; null when none does. */
export function sniffSlashOrder(values: Iterable<CellValue>): SlashOrder | 'doubtful' | null {
  let seen = false
  const found = { day: false, month: false }
  for (const value of values) {
    const match = typeof value === 'string' ? /^\s*(\d{1,2})\/(\d{1,2})\/\d{2,4}\b/.exec(value) : null
    if (!match) continue
    seen = true
    if (Number(match[1]) > 12) found.day = true
    if (Number(match[2]) > 12) found.month = true
  }
  if (!seen) return null
  if (found.day !== found.month) return found.day ? 'day' : 'month'
  return 'doubtful'
}

const calendars = new Map<string, Calendar | undefined>()
/** The calendar of a day `YYYY-MM-DD`, undefined when there is no such day. Remembered: files repeat their days. */
export function calendarOfDay(day: string): Calendar | undefined {
  if (calendars.has(day)) return calendars.get(day)
  if (calendars.size > 20_000) calendars.clear()
  const calendar = dayToMs(day) === undefined ? undefined : calendarOf(day)
  calendars.set(day, calendar)
  return calendar
}

/** Seconds: a number, `MM:SS` or `HH:MM:SS`, or a spreadsheet's time of day. */
export function toSeconds(value: CellValue): number | null | undefined {
  if (isBlank(value)) return null
  if (typeof value === 'number') return value >= 0 ? value : undefined
  const text = value!.trim()
  const clock = /^(?:(\d+):)?(\d{1,2}):(\d{2})$/.exec(text)
  if (clock) {
    const [hours, minutes, seconds] = [Number(clock[1] ?? 0), Number(clock[2]), Number(clock[3])]
    return seconds > 59 || (clock[1] !== undefined && minutes > 59)
      ? undefined
      : hours * 3600 + minutes * 60 + seconds
  }
  // A sheet's duration comes as a moment counted from its day zero.
  const sheet = /^(1899-12-3[01]|1900-0[12]-\d\d) (\d\d):(\d\d):(\d\d)$/.exec(text)
  if (sheet) {
    const days = (dayToMs(sheet[1]!)! - dayToMs('1899-12-30')!) / DAY_MS
    return days * 86_400 + Number(sheet[2]) * 3600 + Number(sheet[3]) * 60 + Number(sheet[4])
  }
  const number = toNumber(text, '.')
  return number !== null && number !== undefined && number < 0 ? undefined : number
}
