/**
 * Texts of cells -> values. Each returns the value, null for an empty cell, or undefined when the text is not such a
 * value: then the row is rejected. Numbers are in numbers.ts, dates in moments.ts.
 */
import type { CellValue } from './source.ts'

const BLANK = /^(?:-+|—|–|n\/a|null|none|нет данных|\(not set\)|\(none\))$/i
/** What a conversation that was led in a messenger is called, by its kind or by where it came from. */
export const MESSENGER =
  /whats ?app|telegram|viber|messenger|мессенджер|ватсап|вотсап|телеграм|вайбер|(?<![\p{L}\d])tg(?![\p{L}\d])/iu

/** The longest of them, and a run of dashes. */
const BLANK_LENGTH = 12

/** Whether a cell says nothing: empty, a dash, “(not set)”. */
export function isBlank(value: CellValue): boolean {
  if (value === null) return true
  if (typeof value === 'number') return false
  const text = value.trim()
  return text === '' || (text.length <= BLANK_LENGTH && BLANK.test(text))
}

/** A zero character and halves of surrogate pairs can't be stored in PostgreSQL. */
export function cleanText(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed()
  return whole.includes('\0') ? whole.replaceAll('\0', '') : whole
}

/** A text as one line of at most `length` characters, to be shown in a message. */
export function shorten(text: string, length: number): string {
  const line = cleanText(text.slice(0, 4 * length))
    .replace(/[\s\0-\x1f\x7f]+/g, ' ')
    .trim()
  return line.length > length ? `${line.slice(0, length - 1)}…` : line
}

/** A cell as trimmed, well-formed text; null when blank. */
export function toText(value: CellValue): string | null {
  if (typeof value === 'number') return String(value)
  if (value === null) return null
  const text = cleanText(value).trim()
  return text === '' || (text.length <= BLANK_LENGTH && BLANK.test(text)) ? null : text
}

const YES =
  /^(?:да|yes|true|1|\+|y|согласен|согласна|дано|получено|пропущен\S*|потерян\S*|не ?отвечен\S*|missed|lost|opted in)$/
const NO =
  /^(?:нет|no|false|0|n|не согласен|не согласна|отозвано|принят\S*|отвечен\S*|успешн\S*|состоял\S*|answered|completed|opted out)$/

/** да, yes, true, 1, + -> 1; нет, no, false, 0 -> 0. */
export function toFlag(value: CellValue): number | null | undefined {
  if (isBlank(value)) return null
  const text = String(value).trim().toLowerCase()
  return YES.test(text) ? 1 : NO.test(text) ? 0 : undefined
}

/**
 * A phone as `+` and digits. Russian habits: 8… and 7… of eleven digits, ten digits alone; an extension is cut.
 * Undefined when there are too few digits for a phone.
 */
export function toPhone(value: CellValue): string | null | undefined {
  if (isBlank(value)) return null
  const text = String(value)
    .slice(0, 60)
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

/** RFC 5321 allows 64 before the @ and 255 behind it. */
const LONGEST_EMAIL = 320

/** An e-mail in lower case, undefined when it is none. */
export function toEmail(value: CellValue): string | null | undefined {
  const text = toText(value)?.toLowerCase() ?? null
  if (text === null) return null
  return text.length <= LONGEST_EMAIL && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? text : undefined
}

/** Parts of a list in one cell: «срочно, балкон» or «срочно; балкон». */
export function toList(value: CellValue): string[] {
  const text = toText(value)
  if (text === null) return []
  const parts = text.split(/[;,|\n]/).map(part => part.trim())
  return [...new Set(parts.filter(part => part !== ''))]
}

const zones = new Map<string, Intl.DateTimeFormat>()
/** `YYYY-MM-DD HH:MM:SS` of an instant in a zone. */
export function atZone(ms: number, timeZone: string): string {
  let format = zones.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
    zones.set(timeZone, format)
  }
  return format.format(ms)
}
