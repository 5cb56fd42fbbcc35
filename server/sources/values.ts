/**
 * Texts of cells -> values. Each returns the value, null for an empty cell, or undefined when the text is not such a
 * value: then the row is rejected. A doubtful number or date never becomes another one.
 */
import { dayToMs } from '../lib/dates.ts'
import type { CellValue } from './source.ts'

/** How the file writes its decimals: Russian exports with a comma, English ones with a point. */
export type Decimal = ',' | '.'

const BLANK = /^(?:|-+|—|–|n\/a|null|none|нет данных|\(not set\)|\(none\))$/i

/** Whether a cell says nothing: empty, a dash, “(not set)”. */
export function isBlank(value: CellValue): boolean {
  return value === null || (typeof value === 'string' && BLANK.test(value.trim()))
}

/** A cell as trimmed, well-formed text; null when blank. */
export function toText(value: CellValue): string | null {
  if (isBlank(value)) return null
  // A zero character and halves of surrogate pairs can't be stored in PostgreSQL.
  return String(value).toWellFormed().replaceAll('\0', '').trim()
}

/** `1 234,50 ₽`, `1,234.50`, `(12)`, `−5` -> a number, by the file's decimal sign; thin and no-break spaces are spaces. */
export function toNumber(value: CellValue, decimal: Decimal): number | null | undefined {
  if (isBlank(value)) return null
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  let text = value!.replace(/[\s\u00a0\u202f\u2009']/g, '').replace(/(?:₽|руб\.?|р\.|rub|€|\$|£|%)/gi, '')
  let sign = 1
  const bracketed = /^\((.+)\)$/.exec(text)
  if (bracketed) [text, sign] = [bracketed[1]!, -1]
  if (/^[-−–+]/.test(text)) {
    sign *= text[0] === '+' ? 1 : -1
    text = text.slice(1)
  }
  const plain = toPlain(text, decimal)
  if (plain === undefined) return undefined
  const number = sign * Number(plain)
  // Beyond this a kopeck is no longer kept exactly.
  return Math.abs(number) < 9e13 ? number + 0 : undefined
}

/** Digits with at most one point, or undefined when the separators can't be read in one way. */
function toPlain(text: string, decimal: Decimal): string | undefined {
  if (/^\d+$/.test(text)) return text
  const other = decimal === ',' ? '.' : ','
  const grouped = (sign: string) => new RegExp(`^\\d{1,3}(?:\\${sign}\\d{3})+$`)
  // Both signs: the last is the decimal one, the other groups.
  const last = Math.max(text.lastIndexOf(','), text.lastIndexOf('.'))
  const [whole, fraction] = [text.slice(0, last), text.slice(last + 1)]
  if (text.includes(',') && text.includes('.')) {
    const group = text[last] === ',' ? '.' : ','
    return grouped(group).test(whole) && /^\d+$/.test(fraction)
      ? `${whole.replaceAll(group, '')}.${fraction}`
      : undefined
  }
  const single = /^\d*[.,]\d+$/.test(text)
  if (text.includes(decimal)) {
    if (single) return `${whole || '0'}.${fraction}`
    return grouped(decimal).test(text) ? text.replaceAll(decimal, '') : undefined
  }
  if (grouped(other).test(text) && !(single && decimal === ',')) return text.replaceAll(other, '')
  return single ? `${whole || '0'}.${fraction}` : undefined
}

/** A whole number, not negative: clicks, impressions. */
export function toCount(value: CellValue, decimal: Decimal): number | null | undefined {
  const number = toNumber(value, decimal)
  if (number === null || number === undefined) return number
  return Number.isInteger(number) && number >= 0 ? number : undefined
}

const DATE =
  /^(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{4})(\d{2})(\d{2})|(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2}))(?:(?:[T\s]|,\s*)+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i

const pad = (n: number, size = 2) => String(n).padStart(size, '0')

/** `YYYY-MM-DD HH:MM:SS` of an instant in a zone. */
export function atZone(ms: number, timeZone: string): string {
  let format = zones.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
    zones.set(timeZone, format)
  }
  return format.format(ms)
}
const zones = new Map<string, Intl.DateTimeFormat>()

/**
 * `ДД.ММ.ГГГГ[ ЧЧ:ММ[:СС]]`, ISO 8601 with or without a zone, `YYYYMMDD`, Unix seconds -> `YYYY-MM-DD HH:MM:SS` in the
 * company's zone (without a zone: as written). A day that does not exist is undefined. `/` is day first.
 */
export function toMoment(value: CellValue, timeZone: string): string | null | undefined {
  if (isBlank(value)) return null
  if (typeof value === 'number') {
    // Unix seconds of 2001–2065; an Excel serial never comes so far, since the sheet's reader knows dates.
    return value >= 1e9 && value < 3e9 ? atZone(value * 1000, timeZone) : undefined
  }
  const text = value!.trim()
  if (/^\d{10}$/.test(text)) return atZone(Number(text) * 1000, timeZone)
  const match = DATE.exec(text)
  if (!match) return undefined
  const part = (i: number) => Number(match[i])
  const short = match[9]?.length === 2
  const [year, month, day] = match[1]
    ? [part(1), part(2), part(3)]
    : match[4]
      ? [part(4), part(5), part(6)]
      : [short ? 2000 + part(9) : part(9), part(8), part(7)]
  const date = `${pad(year, 4)}-${pad(month)}-${pad(day)}`
  const midnight = dayToMs(date)
  if (midnight === undefined || year < 1900) return undefined
  const [hour, minute, second] = [Number(match[10] ?? 0), Number(match[11] ?? 0), Number(match[12] ?? 0)]
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const zone = match[13]
  if (zone === undefined) return `${date} ${pad(hour)}:${pad(minute)}:${pad(second)}`
  const [, sign, h, m] = /([+-])(\d{2}):?(\d{2})/.exec(zone) ?? [null, '+', '0', '0']
  const offset = (Number(h) * 60 + Number(m)) * 60_000 * (sign === '-' ? -1 : 1)
  return atZone(midnight + ((hour * 60 + minute) * 60 + second) * 1000 - offset, timeZone)
}

/** Seconds: a number, `MM:SS` or `HH:MM:SS`. */
export function toSeconds(value: CellValue, decimal: Decimal): number | null | undefined {
  if (isBlank(value)) return null
  const clock = typeof value === 'string' ? /^(?:(\d+):)?(\d{1,2}):(\d{2})$/.exec(value.trim()) : null
  if (clock) return Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3])
  const number = toNumber(value, decimal)
  return number !== null && number !== undefined && number < 0 ? undefined : number
}

/** да, yes, true, 1, + -> 1; нет, no, false, 0 -> 0. */
export function toFlag(value: CellValue): number | null | undefined {
  if (isBlank(value)) return null
  const text = String(value).trim().toLowerCase()
  if (/^(?:да|yes|true|1|\+|y|пропущен\S*|потерян\S*|missed|lost)$/.test(text)) return 1
  return /^(?:нет|no|false|0|n|принят\S*|answered|отвечен\S*)$/.test(text) ? 0 : undefined
}

/**
 * A phone as `+` and digits. Russian habits: 8… and 7… of eleven digits, ten digits alone; an extension is cut.
 * Undefined when there are too few digits for a phone.
 */
export function toPhone(value: CellValue): string | null | undefined {
  if (isBlank(value)) return null
  const text = String(value)
    .split(/доб\.?|ext\.?|#|,|;/i)[0]!
    .trim()
  const digits = text.replace(/\D/g, '')
  if (digits.length < 10 || digits.length > 15) return undefined
  if (text.startsWith('+')) return `+${digits}`
  if (digits.length === 11 && /^[78]/.test(digits)) return `+7${digits.slice(1)}`
  if (digits.length === 10) return text.startsWith('0') ? `+44${digits.slice(1)}` : `+7${digits}`
  if (digits.startsWith('810') && digits.length > 12) return `+${digits.slice(3)}`
  return digits.length === 11 && digits.startsWith('0') ? `+44${digits.slice(1)}` : `+${digits}`
}

/** An e-mail in lower case, undefined when it is none. */
export function toEmail(value: CellValue): string | null | undefined {
  const text = toText(value)?.toLowerCase() ?? null
  return text === null || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? text : undefined
}

/** Parts of a list in one cell: «срочно, балкон» or «срочно; балкон». */
export function toList(value: CellValue): string[] {
  const text = toText(value)
  return text === null
    ? []
    : [
        ...new Set(
          text
            .split(/[;,|\n]/)
            .map(part => part.trim())
            .filter(part => part !== ''),
        ),
      ]
}
