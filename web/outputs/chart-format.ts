/**
 * Numbers and dates in charts, written as everywhere else in Verbatim. Vega calls these two by name; language, currency
 * and format travel in its `format` text, as `ru|RUB|money`.
 */
import {
  type Format,
  formatDay,
  formatMoment,
  formatMoney,
  formatMonth,
  formatNumber,
  formatPercent,
  formatScalar,
  type Language,
} from '../../server/api/contract.ts'

export const NUMBER_FORMAT = 'verbatimNumber'
export const TIME_FORMAT = 'verbatimTime'

const FORMATS: ReadonlySet<string> = new Set<Format>([
  'integer',
  'decimal',
  'money',
  'percent',
  'duration',
  'days',
])

/** The `format` text of a chart's channel. */
export function formatText(language: Language, currency: string, format: string): string {
  return `${language}|${currency}|${format}`
}

function readFormat(text: unknown): [Language, string, string] {
  const [language, currency = '', ...format] = String(text).split('|')
  return [language === 'ru' ? 'ru' : 'en', currency, format.join('|')]
}

/** A number by one of our formats, or by the gist of a d3 one (`.1%`, `.2f`, `,`, `~s`). */
export function verbatimNumber(value: unknown, text: unknown): string {
  const [language, currency, format] = readFormat(text)
  if (value === null || value === undefined) return '—'
  if (typeof value !== 'number') return String(value)
  if (FORMATS.has(format)) return formatScalar(value, format as Format, language, currency)
  const [, precision, kind] = /^[^.]*(?:\.(\d+))?~?([a-z%]?)$/.exec(format) ?? []
  const digits = precision === undefined ? undefined : Number(precision)
  if (kind === '%') {
    if (digits === undefined) return formatPercent(value, language)
    return formatNumber(value * 100, language, digits) + (language === 'ru' ? '\u00a0%' : '%')
  }
  if (kind === 'f' || kind === 'd') return formatNumber(value, language, digits ?? 0)
  return compact(value, language)
}

/** Short enough for an axis: 1,5 млн from a million on, at most two decimals. */
function compact(value: number, language: Language): string {
  if (Math.abs(value) < 1e6) return formatNumber(value, language, 2)
  return formatMoney(value, '', language).trim()
}

/** A moment (Date or ms, UTC) as year, month, day or all of it; «янв» carries its year on a second line. */
export function verbatimTime(value: unknown, text: unknown): string | string[] {
  const [language, , format] = readFormat(text)
  const date = new Date(value as number)
  if (Number.isNaN(date.getTime())) return String(value)
  const iso = date.toISOString()
  if (format === 'year') return iso.slice(0, 4)
  if (format === 'day') return formatDay(iso, language)
  if (format === 'moment') return formatMoment(iso, language)
  if (format === 'month') return formatMonth(iso, language)
  const [day, year] = splitYear(
    format === 'tick-month' ? formatMonth(iso, language) : formatDay(iso, language),
  )
  return iso.slice(5, 10) === '01-01' ? [day, year] : day
}

/** «12 мар» and «2026» of «12 мар 2026». */
export function splitYear(text: string): [string, string] {
  const parts = text.split('\u00a0')
  return [parts.slice(0, -1).join('\u00a0'), parts.at(-1)!]
}
