/**
 * Numbers of people and companies, written in digits or said in words: phones, cards, taxpayers' and insurance numbers,
 * passports, accounts. A number is known by its check digits, its shape, or the words before it.
 */
import { isInn, isLuhn, isOgrn, isSnils } from './checksums.ts'
import { readGroup } from './numerals.ts'
import type { PersonalKind, Span } from './span.ts'
import type { Token } from './tokens.ts'
import {
  ACCOUNT,
  ADDRESS,
  CARD,
  CVV,
  INN,
  NUMBER,
  OGRN,
  PASSPORT,
  PHONE,
  SNILS,
  UNIT,
} from './word-classes.ts'

/** Words before a number in which something is looked for that says what it is. */
const BEFORE = 6
/** Groups that a number may have: digits of a card one by one. */
const MOST_GROUPS = 20

/** A piece of a dictated number. */
interface Group {
  digits: string
  from: number
  to: number
  token: number
  /** What stands between it and the group before: signs without spaces, ' ' for a space, 'w' for words. */
  gap: string
  spoken: boolean
}

const SIGNS = /^[-–—‑.()/+№]$/
/** Little words between groups of a dictated number. */
const FILLERS = new Set(['э', 'так', 'и', 'дальше', 'потом', 'далее', 'тире', 'dash', 'and', 'then', 'ну'])

/** Runs of groups with nothing but signs, spaces and little words between. */
function* runs(tokens: readonly Token[]): Iterable<Group[]> {
  let run: Group[] = []
  let gap = ''
  let at = 0
  while (at < tokens.length) {
    const token = tokens[at]!
    const group = token.kind === 'number' || token.kind === 'word' ? readGroup(tokens, at) : null
    if (group) {
      const spaced = run.length > 0 && !token.joined ? ' ' : ''
      run.push({
        digits: group.digits,
        from: token.from,
        to: tokens[group.end - 1]!.to,
        token: at,
        gap: gap + spaced,
        spoken: token.kind === 'word',
      })
      gap = ''
      at = group.end
      continue
    }
    const isSign = token.kind === 'sign' && SIGNS.test(token.plain) && gap.length < 4
    const isComma = token.plain === ',' && run.length > 0 && run.at(-1)!.spoken
    if (
      run.length > 0 &&
      (isSign || isComma || (gap === '' && FILLERS.has(token.plain) && run.at(-1)!.spoken))
    )
      gap += token.kind === 'word' ? 'w' : token.plain
    else {
      if (run.length > 0) yield run
      run = []
      gap = ''
    }
    at++
  }
  if (run.length > 0) yield run
}

/** Classes of the words shortly before a token, stopping at what was masked and at the end of a sentence. */
function classesBefore(tokens: readonly Token[], at: number): number {
  let classes = 0
  for (let i = at - 1, words = 0; i >= 0 && words < BEFORE; i--) {
    const token = tokens[i]!
    if (token.kind === 'mask') break
    if (
      /^[.!?]$/.test(token.plain) &&
      tokens[i + 1] &&
      !tokens[i + 1]!.joined &&
      words > 0 &&
      !isShort(tokens[i - 1])
    )
      break
    if (token.kind === 'word') words++
    classes |= token.classes
  }
  return classes
}

/** «тел.», «р.»: a dot that ends no sentence. */
const isShort = (token: Token | undefined) => token?.kind === 'word' && token.plain.length <= 4

/** Numbers among tokens, as spans. */
export function findNumbers(tokens: readonly Token[]): Span[] {
  const spans: Span[] = []
  for (const run of runs(tokens)) {
    for (let i = 0; i < run.length; ) {
      const found = longestFrom(tokens, run, i)
      if (found) {
        spans.push(found.span)
        i = found.next
      } else i++
    }
  }
  return spans
}

function longestFrom(tokens: readonly Token[], run: readonly Group[], start: number) {
  const first = run[start]!
  // A run of digits that goes on from letters is part of a name of something: VX-200, п44.
  const before = tokens[first.token - 1]
  if (before?.kind === 'word' && first.gap === '' && tokens[first.token]!.joined && !/^n$/.test(before.plain))
    return null
  const classes = classesBefore(tokens, first.token)
  const last = Math.min(run.length, start + MOST_GROUPS)
  let digits = ''
  const ends: { end: number; digits: string }[] = []
  for (let end = start; end < last; end++) {
    if (end > start && !joins(run[end]!)) break
    digits += run[end]!.digits
    if (digits.length > 20) break
    ends.push({ end, digits })
  }
  for (const { end, digits } of ends.reverse()) {
    const groups = run.slice(start, end + 1)
    const after = tokens[groupEnd(tokens, run, end)]
    const kind = classify(tokens, groups, digits, classes, after)
    if (kind === null) continue
    const opening = openingOf(tokens, first.token)
    return { span: { from: opening, to: run[end]!.to, kind }, next: end + 1 }
  }
  return null
}

/** Two groups belong to one number unless what stands between says otherwise. */
const joins = ({ gap }: Group) => gap.length <= 4 && !gap.includes('/')

/** The token after a group. */
function groupEnd(tokens: readonly Token[], run: readonly Group[], index: number): number {
  let at = run[index]!.token
  while (at < tokens.length && tokens[at]!.from < run[index]!.to) at++
  return at
}

/** A number's plus and bracket belong to it; so does «плюс». */
function openingOf(tokens: readonly Token[], at: number): number {
  let from = tokens[at]!.from
  for (let i = at - 1; i >= 0 && i >= at - 2; i--) {
    const token = tokens[i]!
    if (/^[+(]$/.test(token.plain) && tokens[i + 1]!.joined) from = token.from
    else if (/^(?:плюс|plus)$/.test(token.plain)) return token.from
    else break
  }
  return from
}

const hasPlus = (tokens: readonly Token[], at: number) => {
  const before = tokens[at - 1]
  if (before === undefined) return false
  if (/^(?:плюс|plus)$/.test(before.plain)) return true
  return before.plain === '+' && tokens[at]!.joined
}

function classify(
  tokens: readonly Token[],
  groups: readonly Group[],
  digits: string,
  classes: number,
  after: Token | undefined,
): PersonalKind | null {
  const size = digits.length
  const spoken = groups.some(group => group.spoken)
  const isUnit = after !== undefined && (after.classes & UNIT) !== 0 && after.classes !== (UNIT | NUMBER)
  const money = after !== undefined && /^[₽$€£%°*×xх]$/.test(after.plain)
  if (groups.length === 1 && !spoken && size < 3) return null
  if (classes & CVV && size === 3) return 'card'
  if (isDates(groups)) return null
  const plus = hasPlus(tokens, groups[0]!.token)
  if (plus && size >= 10 && size <= 15) return 'phone'
  if (isUnit || money) {
    // Of prices and sizes only what has check digits, or a phone's shape, is more than that.
    if (size === 16 && isLuhn(digits)) return 'card'
    return size === 11 && isRussianPhone(groups, digits) && groups.length !== 4 ? 'phone' : null
  }
  if (size === 20 && (classes & ACCOUNT || groups.length === 1 || isLong(groups))) return 'account'
  if (size >= 13 && size <= 19) {
    const shaped = groups.length === 1 || isLong(groups)
    if (classes & OGRN && (size === 13 || size === 15)) return 'ogrn'
    if (size === 16 && isLuhn(digits) && (shaped || groups.every(group => group.digits.length <= 4)))
      return 'card'
    if (size === 16 && (classes & CARD || groups.every(group => group.digits.length === 4))) return 'card'
    if (size !== 13 && size !== 14 && shaped && isLuhn(digits) && /^[23456]/.test(digits)) return 'card'
    if (classes & CARD) return 'card'
    if (shaped && /^[15]/.test(digits) && isOgrn(digits) && size === 13) return 'ogrn'
    if (shaped && digits.startsWith('3') && isOgrn(digits) && size === 15) return 'ogrn'
    if (classes & ACCOUNT) return 'account'
    return null
  }
  if (classes & INN && (size === 10 || size === 12)) return 'inn'
  if (classes & SNILS && (size === 11 || size === 9)) return 'snils'
  if (size === 12) return groups.length === 1 && isInn(digits) ? 'inn' : null
  if (size === 11) {
    if (isSnilsShape(groups) && isSnils(digits)) return 'snils'
    if (isRussianPhone(groups, digits) || isForeignPhone(groups, digits)) return 'phone'
    if (groups.length === 1 && isSnils(digits)) return 'snils'
    return classes & PHONE && !isThousands(groups) ? 'phone' : null
  }
  if (classes & PASSPORT && isPassport(groups, digits)) return 'passport'
  if (size === 10) {
    if (isPassportShape(groups) && !(classes & PHONE)) return 'passport'
    if (isTenDigitPhone(groups, digits)) return 'phone'
    if (groups.length === 1 && isInn(digits) && !(classes & PHONE)) return 'inn'
    if (classes & ACCOUNT) return 'account'
    if (isThousands(groups)) return null
    const dictated = groups.length > 2 && groups.some(group => group.spoken)
    return isForeignPhone(groups, digits) || dictated || classes & PHONE ? 'phone' : null
  }
  if (classes & ACCOUNT && size >= 5 && !isThousands(groups) && !(classes & ADDRESS)) return 'account'
  if (isSocialShape(groups) && classes & SNILS) return 'snils'
  if (isLocalPhone(groups)) return 'phone'
  if (classes & PHONE && !isThousands(groups)) {
    const near = classes & PHONE && isNearPhone(tokens, groups[0]!.token)
    if (size === 12 || (size >= 9 && size <= 11)) return 'phone'
    if (near && size >= 6 && size <= 8 && !spoken && groups.length > 1) return 'phone'
    if (near && size >= 6 && size <= 7) return 'phone'
    if (spoken && size >= 7) return 'phone'
  }
  return spoken && groups.length >= 7 && size >= 7 ? 'phone' : null
}

/** A word for a phone stands right before, without a word between that makes it the number of something. */
function isNearPhone(tokens: readonly Token[], at: number): boolean {
  for (let i = at - 1, words = 0; i >= 0 && words < 3; i--) {
    const token = tokens[i]!
    if (token.kind === 'mask') return false
    if (token.kind !== 'word') continue
    words++
    if (
      /^(?:тел|телефон\S*|моб|мобильн\S*|сотов\S*|домашн\S*|городск\S*|ватсап\S*|вотсап\S*|phone|tel|mobile|cell)$/.test(
        token.plain,
      )
    )
      return true
  }
  return false
}

const sizes = (groups: readonly Group[]) => groups.map(group => group.digits.length).join('-')
const isLong = (groups: readonly Group[]) => groups.slice(0, -1).every(group => group.digits.length >= 4)

/** 1 234 567: groups of three after the first, with spaces alone. */
const isThousands = (groups: readonly Group[]) =>
  groups.length > 1 &&
  !groups.some(group => group.spoken) &&
  groups[0]!.digits.length <= 3 &&
  groups.slice(1).every(group => group.digits.length === 3 && group.gap === ' ')

/** 12.03.2026, 2026-03-12, and ranges of them. */
function isDates(groups: readonly Group[]): boolean {
  const shape = sizes(groups)
  if (
    !/^(?:\d{1,2}-\d{1,2}-(?:4|2)|4-2-2)$/.test(shape) &&
    !/^[12]-[12]-[24](?:-[12]-[12]-[24])?$/.test(shape) &&
    shape !== '4-2-2'
  )
    return false
  if (groups.some(group => group.spoken)) return false
  const [a, b, c] = groups.map(group => Number(group.digits)) as [number, number, number]
  const marks = groups[1]!.gap === groups[2]!.gap && /^[./-]$/.test(groups[1]!.gap)
  if (!marks) return false
  return shape === '4-2-2' ? a > 1900 && a < 2100 && b <= 12 && c <= 31 : a <= 31 && b <= 12
}

function isRussianPhone(groups: readonly Group[], digits: string): boolean {
  return /^[78][3-9]/.test(digits) && !isThousands(groups) && !/^4(?:-4)+/.test(sizes(groups))
}

const PHONE_SHAPES = /^(?:3-7|3-3-4|3-3-2-2|3-2-2-3|3-2-3-2|4-2-2-2|4-6|4-3-3|5-5|5-2-3|3-4-3)$/

/** Without the country's 8 or +7: a mobile, or an area code in brackets or with signs. */
function isTenDigitPhone(groups: readonly Group[], digits: string): boolean {
  if (groups.some(group => group.spoken)) return /^[3489]/.test(digits) && groups.length >= 3
  if (groups.length === 1) return digits.startsWith('9')
  if (isThousands(groups)) return false
  return (
    PHONE_SHAPES.test(sizes(groups)) &&
    (digits.startsWith('9') || groups.some(group => /[-).]/.test(group.gap)))
  )
}

/** 07700 900123, 1-212-555-0123, 020 7946 0123. */
function isForeignPhone(groups: readonly Group[], digits: string): boolean {
  if (isThousands(groups)) return false
  if (/^0[1-9]/.test(digits)) return groups.length <= 4 || groups.some(group => group.spoken)
  if (digits.length === 11)
    return digits.startsWith('1') && (/^1-3-3-4$/.test(sizes(groups)) || groups.some(g => g.spoken))
  return /^[2-9]/.test(digits) && (/^3-3-4$/.test(sizes(groups)) || groups.some(g => g.spoken))
}

/** 123-45-67. */
function isLocalPhone(groups: readonly Group[]): boolean {
  return sizes(groups) === '3-2-2' && groups.slice(1).every(group => /^[-–‑]$/.test(group.gap))
}

const isSnilsShape = (groups: readonly Group[]) => /^3-3-3-2$/.test(sizes(groups))
const isSocialShape = (groups: readonly Group[]) => /^3-2-4$/.test(sizes(groups))
const isPassportShape = (groups: readonly Group[]) =>
  /^2-2-6$/.test(sizes(groups)) &&
  !groups.some(group => group.spoken) &&
  groups.every(g => /^ ?$/.test(g.gap))

function isPassport(groups: readonly Group[], digits: string): boolean {
  if (groups.length === 2 && sizes(groups) === '3-3' && groups[1]!.gap === '-') return true
  if (digits.length === 6 || digits.length === 8 || digits.length === 9)
    return groups.length <= 3 || groups[0]!.spoken
  if (digits.length === 4) return groups.length <= 2
  return digits.length === 10
}
