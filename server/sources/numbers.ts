/** Texts of cells -> numbers. Undefined is “not a number that can be read in one way”: such a row is rejected. */
import type { CellValue } from './source.ts'
import { isBlank } from './values.ts'

/** How a file writes its decimals: with a comma, with a point, or not known: then `1,234` is no number at all. */
export type Decimal = ',' | '.' | '?'

const CURRENCIES: [pattern: RegExp, code: string][] = [
  [/₽|руб|(?:^|[\d\s])р(?:\.|$)|\brub\b|\brur\b/i, 'RUB'],
  [/\$|\busd\b/i, 'USD'],
  [/€|\beur\b/i, 'EUR'],
  [/£|\bgbp\b/i, 'GBP'],
  [/₸|тенге|\bkzt\b/i, 'KZT'],
  [/\bbyn\b/i, 'BYN'],
]
const MARK = String.raw`(?:₽|руб(?:лей|ля|ль)?\.?|р\.?|rub|rur|\$|usd|€|eur|£|gbp|₸|kzt|byn)`
const AROUND = new RegExp(String.raw`^${MARK}\s*|\s*${MARK}$`, 'gi')

/** No number that people write is longer. */
const LONGEST = 40

/** The currency that a sum or a column's name is written with, or null. */
export function currencyOf(text: CellValue): string | null {
  if (typeof text !== 'string' || text.length > 200) return null
  return CURRENCIES.find(([pattern]) => pattern.test(text))?.[1] ?? null
}

/**
 * `1 234,50 ₽`, `1,234.50`, `(12)`, `−5` -> a number. Spaces (thin and no-break ones too) and apostrophes part
 * thousands and nothing else. `decimal` decides only where the number alone does not.
 */
export function toNumber(value: CellValue, decimal: Decimal): number | null | undefined {
  if (isBlank(value)) return null
  if (typeof value === 'number') return bounded(value)
  let text = value!.trim()
  if (text.length > LONGEST) return undefined
  if (/^\d{1,13}$/.test(text)) return Number(text)
  let sign = 1
  text = text.replace(AROUND, '').trim()
  if (/^[-−–+]/.test(text)) {
    if (text[0] !== '+') sign = -1
    text = text.slice(1).trim()
  }
  const bracketed = /^\(([^()]+)\)$/.exec(text)
  if (bracketed) {
    if (sign === -1) return undefined
    sign = -1
  }
  const plain = toPlain((bracketed?.[1] ?? text).replace(AROUND, '').trim(), decimal)
  return plain === undefined ? undefined : bounded(sign * Number(plain))
}

/** A number that a double keeps to the kopeck, without the noise of binary fractions. */
function bounded(number: number): number | undefined {
  if (!(Math.abs(number) < 9e13)) return undefined
  if (Number.isInteger(number)) return number + 0
  return Number(number.toFixed(Math.abs(number) < 1e9 ? 6 : 2)) + 0
}

/** Digits with at most one point, or undefined when the separators can't be read in one way. */
function toPlain(text: string, decimal: Decimal): string | undefined {
  const spaced = /^\d{1,3}(?:[\s']\d{3})+([.,]\d+)?$/.exec(text)
  if (spaced) {
    const whole = text.slice(0, text.length - (spaced[1]?.length ?? 0)).replace(/\D/g, '')
    return whole + (spaced[1]?.replace(',', '.') ?? '')
  }
  if (/^\d+$/.test(text)) return text
  // Both signs: the last is the decimal one, the other groups.
  const both = /^(\d{1,3}(?:([.,])\d{3})+)(?!\2)[.,](\d+)$/.exec(text)
  if (both) return `${both[1]!.replace(/\D/g, '')}.${both[3]}`
  if (/^\d{1,3}(?:,\d{3}){2,}$|^\d{1,3}(?:\.\d{3}){2,}$/.test(text)) return text.replace(/\D/g, '')
  const single = /^(\d*)([.,])(\d+)$/.exec(text)
  if (!single) return undefined
  const [, whole, mark, fraction] = single
  // `1,234`: one and a bit, or a thousand? `0,125` and `1234,567` leave no doubt.
  if (/^[1-9]\d{0,2}$/.test(whole!) && fraction!.length === 3) {
    if (decimal === '?') return undefined
    if (mark !== decimal) return whole! + fraction!
  }
  return `${whole || '0'}.${fraction}`
}

/** The decimal sign that some numbers speak for; null when none does, or they contradict each other. */
export function sniffDecimal(values: Iterable<CellValue>): ',' | '.' | null {
  const votes = { ',': 0, '.': 0 }
  for (const value of values) {
    if (typeof value !== 'string' || value.length > LONGEST) continue
    const text = value.replace(AROUND, '').replace(/[\s'()−–+-]/g, '')
    const last = /[.,](?=\d+$)/.exec(text)
    if (!last || !/^[\d.,]+$/.test(text)) continue
    const mark = last[0] as ',' | '.'
    const other = mark === ',' ? '.' : ','
    const [before, after] = [text.slice(0, last.index), text.slice(last.index + 1)]
    if (before.includes(mark)) votes[other] += after.length === 3 ? 1 : 0
    else if (before.includes(other) || after.length !== 3 || !/^[1-9]\d{0,2}$/.test(before)) votes[mark]++
  }
  if (votes[','] > 0 && votes['.'] > 0) return null
  return votes[','] > 0 ? ',' : votes['.'] > 0 ? '.' : null
}

/** A whole number, not negative: clicks, impressions. Three digits behind a sign are thousands: nothing is 1.234 clicks. */
export function toCount(value: CellValue): number | null | undefined {
  if (typeof value === 'string') {
    const grouped = /^\s*\d{1,3}[.,]\d{3}\s*$/.test(value) ? value.replace(/[.,]/, '') : value
    const whole = toNumber(grouped, '?')
    return whole === null || whole === undefined || (Number.isInteger(whole) && whole >= 0)
      ? whole
      : undefined
  }
  if (value === null) return null
  return Number.isInteger(value) && value >= 0 ? value : undefined
}
