/** How numbers are grouped when people write them: what speaks for a phone, a sum, a date, a passport. */
import type { Group } from './digit-runs.ts'

/** «3-3-2-2»: digits of each group. */
export const sizesOf = (groups: readonly Group[]) => groups.map(group => group.digits.length).join('-')

export const isSpoken = (groups: readonly Group[]) => groups.some(group => group.spoken)

/** All groups but the last of four digits or more: cards and accounts. */
export const isLong = (groups: readonly Group[]) =>
  groups.slice(0, -1).every(group => group.digits.length >= 4)

/** 1 234 567: groups of three after the first, with spaces alone. */
export const isThousands = (groups: readonly Group[]) =>
  groups.length > 1 &&
  !isSpoken(groups) &&
  groups[0]!.digits.length <= 3 &&
  groups.slice(1).every(group => group.digits.length === 3 && group.gap === ' ')

/** 12.03.2026, 12/3/26, 2026-03-12. */
export function isDate(groups: readonly Group[]): boolean {
  const shape = sizesOf(groups)
  if (isSpoken(groups) || !/^(?:[12]-[12]-[24]|4-[12]-[12])$/.test(shape)) return false
  if (groups[1]!.gap !== groups[2]!.gap || !/^[./-]$/.test(groups[1]!.gap)) return false
  const [a, b, c] = groups.map(group => Number(group.digits)) as [number, number, number]
  return shape.startsWith('4') ? a > 1900 && a < 2100 && b <= 12 && c <= 31 : a <= 31 && b <= 31
}

/** Eleven digits with Russia's or Kazakhstan's 7 or 8 before a code. */
export const isRussianPhone = (groups: readonly Group[], digits: string) =>
  digits.length === 11 &&
  /^[78][3-9]/.test(digits) &&
  !isThousands(groups) &&
  !/^4(?:-4)+/.test(sizesOf(groups))

const PHONE_SHAPES = /^(?:3-7|3-3-4|3-3-2-2|3-2-2-3|3-2-3-2|4-2-2-2|4-6|4-3-3|5-5|5-2-3|3-4-3)$/

/** Ten digits without the country's: a mobile, or an area code in brackets or with signs. */
export function isTenDigitPhone(groups: readonly Group[], digits: string): boolean {
  if (isSpoken(groups)) return /^[3489]/.test(digits) && groups.length >= 3
  if (groups.length === 1) return digits.startsWith('9')
  if (isThousands(groups) || !PHONE_SHAPES.test(sizesOf(groups))) return false
  return digits.startsWith('9') || groups.some(group => /[-).]/.test(group.gap))
}

/** 07700 900123, 020 7946 0123, 1-212-555-0123, 212 555 0123. */
export function isForeignPhone(groups: readonly Group[], digits: string): boolean {
  if (isThousands(groups)) return false
  const shape = sizesOf(groups)
  if (/^0[1-9]/.test(digits)) return groups.length <= 4 || isSpoken(groups)
  if (digits.length === 11) return digits.startsWith('1') && (shape === '1-3-3-4' || isSpoken(groups))
  return /^[2-9]/.test(digits) && (shape === '3-3-4' || isSpoken(groups))
}

/** 123-45-67. */
export const isLocalPhone = (groups: readonly Group[]) =>
  sizesOf(groups) === '3-2-2' && groups.slice(1).every(group => /^[-–‑]$/.test(group.gap))

/** 45 08 123456. */
export const isPassportShape = (groups: readonly Group[]) =>
  sizesOf(groups) === '2-2-6' && !isSpoken(groups) && groups.every(group => /^ ?$/.test(group.gap))

/** What may stand behind «паспорт»: ten digits, a series or number alone, the code of an office. */
export function isPassportPart(groups: readonly Group[], digits: string): boolean {
  if (sizesOf(groups) === '3-3' && groups[1]!.gap === '-') return true
  if (digits.length === 6 || digits.length === 8 || digits.length === 9)
    return groups.length <= 3 || groups[0]!.spoken
  return digits.length === 10
}
