/**
 * Numbers of people and companies, written in digits or said in words: phones, cards, taxpayers' and insurance numbers,
 * passports, accounts. A number is known by its check digits, its shape, or the words before it.
 */
import { isInn, isLuhn, isOgrn, isSnils } from './checksums.ts'
import { classesBefore, type Group, hasPlus, openingOf, readRuns } from './digit-runs.ts'
import {
  isDate,
  isForeignPhone,
  isLocalPhone,
  isLong,
  isPassportPart,
  isPassportShape,
  isRussianPhone,
  isSpoken,
  isTenDigitPhone,
  isThousands,
  sizesOf,
} from './number-shapes.ts'
import type { PersonalKind, Span } from './span.ts'
import type { Token } from './tokens.ts'
import {
  ACCOUNT,
  ADDRESS,
  CARD,
  CONTRACT,
  CVV,
  GOODS,
  INN,
  NUMBER,
  OGRN,
  PASSPORT,
  PHONE,
  SNILS,
  UNIT,
} from './word-classes.ts'

/** Groups that a number may have: digits of a card one by one. */
const MOST_GROUPS = 20
const MOST_DIGITS = 20

/** Numbers among tokens, as spans. */
export function findNumbers(tokens: readonly Token[]): Span[] {
  const spans: Span[] = []
  for (const run of readRuns(tokens)) {
    // Cards and phones that nothing can be mistaken for come first, so that a house's number before takes no part of one.
    let rest = 0
    for (let i = 0; i < run.length; ) {
      const sure = sureFrom(tokens, run, i)
      if (sure) {
        spans.push(...findIn(tokens, run.slice(rest, i)), sure.span)
        rest = sure.next
      }
      i = sure?.next ?? i + 1
    }
    spans.push(...findIn(tokens, rest === 0 ? run : run.slice(rest)))
  }
  return spans
}

const SURE_PHONE = /^(?:11|1-10|1-3-7|1-3-3-4|1-3-3-2-2|1-3-2-2-3|4-3-2-2|4-7|4-3-4)$/

/** A whole card with its check digit, or a Russian phone in a usual shape, that begins at a group. */
function sureFrom(tokens: readonly Token[], run: readonly Group[], start: number) {
  let digits = ''
  for (let end = start; end < run.length && digits.length < 16; end++) {
    digits += run[end]!.digits
    if (digits.length !== 11 && digits.length !== 16) continue
    const groups = run.slice(start, end + 1)
    const shape = sizesOf(groups)
    const isCard =
      digits.length === 16 && (/^(?:16|4-4-4-4)$/.test(shape) || isSpoken(groups)) && isLuhn(digits)
    const isPhone = isRussianPhone(groups, digits) && SURE_PHONE.test(shape) && !isSpoken(groups)
    if (!isCard && !isPhone) continue
    // «снилс 8…», «инн …»: the word before knows better.
    if (isPhone && classesBefore(tokens, run[start]!.token, 2) & (INN | SNILS | ACCOUNT)) continue
    const kind: PersonalKind = isCard ? 'card' : 'phone'
    return { span: { from: openingOf(tokens, run[start]!.token), to: run[end]!.to, kind }, next: end + 1 }
  }
  return null
}

/** Numbers of a run's part, the longest from each group on. */
function findIn(tokens: readonly Token[], run: readonly Group[]): Span[] {
  const spans: Span[] = []
  for (let i = 0; i < run.length; ) {
    const found = longestFrom(tokens, run, i)
    if (found) spans.push(found.span)
    i = found?.next ?? i + 1
  }
  return spans
}

function longestFrom(tokens: readonly Token[], run: readonly Group[], start: number) {
  const first = run[start]!
  // Digits that go on from letters are part of a name of something: VX-200, п44.
  const before = tokens[first.token - 1]
  if (before?.kind === 'word' && first.gap === '' && tokens[first.token]!.joined) return null
  const classes = classesBefore(tokens, first.token)
  const near = classesBefore(tokens, first.token, 2)
  const ends: { end: number; digits: string }[] = []
  let digits = ''
  for (let end = start; end < Math.min(run.length, start + MOST_GROUPS); end++) {
    const { gap } = run[end]!
    if (end > start && (gap.length > 4 || gap.includes('/'))) break
    digits += run[end]!.digits
    if (digits.length > MOST_DIGITS) break
    ends.push({ end, digits })
  }
  for (const { end, digits } of ends.reverse()) {
    const groups = run.slice(start, end + 1)
    const after = tokens[run[end]!.end]?.plain ?? ''
    const number = { groups, digits, classes, near, plus: hasPlus(tokens, first.token), after }
    // A long number said in words is no sum: those have their thousands said.
    const dictated = isSpoken(groups) && digits.length > 8
    const isSum = !dictated && isSumOrSize(tokens, run[end]!.end)
    const kind = isSum ? kindOfSum(number) : kindOf(number)
    if (kind === null) continue
    return { span: { from: openingOf(tokens, first.token), to: run[end]!.to, kind }, next: end + 1 }
  }
  return null
}

interface Candidate {
  groups: readonly Group[]
  digits: string
  /** What the words before say, and the last two of them. */
  classes: number
  near: number
  plus: boolean
  /** The word or sign behind it. */
  after: string
}

/** «рублей», «мм», «×» behind a number. */
function isSumOrSize(tokens: readonly Token[], at: number): boolean {
  const after = tokens[at]
  if (after === undefined) return false
  if (/^[*×xх]$/.test(after.plain)) return tokens[at + 1]?.kind === 'number'
  return /^[₽$€£%°]$/.test(after.plain) || ((after.classes & UNIT) !== 0 && !(after.classes & NUMBER))
}

/** Of prices and sizes only a card and a whole phone are more than that. */
function kindOfSum({ groups, digits }: Candidate): PersonalKind | null {
  if (digits.length === 16 && isLuhn(digits)) return 'card'
  return isRussianPhone(groups, digits) && groups.length !== 4 ? 'phone' : null
}

function kindOf(number: Candidate): PersonalKind | null {
  const { groups, digits, classes, near, plus, after } = number
  const size = digits.length
  if (size < 3) return null
  if (near & CVV && size === 3) return 'card'
  // A sort code looks like a date.
  if (near & ACCOUNT && sizesOf(groups) === '2-2-2' && groups[1]!.gap === '-') return 'account'
  if (isDate(groups)) return null
  if (plus && size >= 10 && size <= 15) return 'phone'
  if (size > 12) return kindOfLong(number)
  if (classes & INN && (size === 10 || size === 12)) return 'inn'
  if (classes & SNILS && (size === 11 || size === 9)) return 'snils'
  if (classes & PASSPORT && isPassportPart(groups, digits)) return 'passport'
  // «серия 46 07 номер …»
  if (classes & PASSPORT && size === 4 && /^(?:номер|№|#|number)$/.test(after)) return 'passport'
  if (size === 12) return groups.length === 1 && isInn(digits) ? 'inn' : kindOfShort(number)
  if (size === 11) return kindOfEleven(number)
  return size === 10 ? kindOfTen(number) : kindOfShort(number)
}

/** Thirteen digits and more: cards, accounts, registrations. */
function kindOfLong({ groups, digits, classes }: Candidate): PersonalKind | null {
  const size = digits.length
  const whole = groups.length === 1 || isLong(groups)
  if (size === 20) return classes & ACCOUNT || whole ? 'account' : null
  const registered = size === 13 ? /^[15]/.test(digits) : size === 15 && digits.startsWith('3')
  if (classes & OGRN && (size === 13 || size === 15)) return 'ogrn'
  if (size === 16) {
    if (isLuhn(digits) && (whole || groups.every(group => group.digits.length <= 4))) return 'card'
    if (groups.length === 4 && groups.every(group => group.digits.length === 4)) return 'card'
  } else if (size > 14 && whole && /^[23456]/.test(digits) && isLuhn(digits)) return 'card'
  if (classes & CARD) return 'card'
  if (registered && whole && isOgrn(digits)) return 'ogrn'
  return classes & ACCOUNT ? 'account' : null
}

function kindOfEleven({ groups, digits, classes, near }: Candidate): PersonalKind | null {
  if (sizesOf(groups) === '3-3-3-2' && isSnils(digits)) return 'snils'
  if (isRussianPhone(groups, digits) || isForeignPhone(groups, digits)) return 'phone'
  if (groups.length === 1 && isSnils(digits)) return 'snils'
  if (classes & PHONE && !isThousands(groups)) return 'phone'
  return groups.length === 1 && !(near & GOODS) ? 'contract' : null
}

function kindOfTen({ groups, digits, classes, near }: Candidate): PersonalKind | null {
  if (isPassportShape(groups) && !(classes & PHONE)) return 'passport'
  if (isTenDigitPhone(groups, digits)) return 'phone'
  if (groups.length === 1 && isInn(digits) && !(classes & PHONE)) return 'inn'
  if (classes & ACCOUNT) return 'account'
  if (isThousands(groups)) return null
  const dictated = groups.length > 2 && isSpoken(groups)
  if (isForeignPhone(groups, digits) || dictated || classes & PHONE) return 'phone'
  return groups.length === 1 && !(near & GOODS) ? 'contract' : null
}

/** Nine digits and fewer, and twelve: what the words say, or a local phone. */
function kindOfShort({ groups, digits, classes, near }: Candidate): PersonalKind | null {
  const size = digits.length
  if (near & (GOODS | CONTRACT)) return null
  if (classes & ACCOUNT && size >= 5 && !isThousands(groups) && !(classes & ADDRESS)) return 'account'
  if (classes & SNILS && sizesOf(groups) === '3-2-4') return 'snils'
  if (isLocalPhone(groups)) return 'phone'
  if (classes & PHONE && !isThousands(groups)) {
    if (size === 9 || size === 12 || (size >= 7 && isSpoken(groups))) return 'phone'
    if (near & PHONE && (size === 6 || size === 7 || (size === 8 && groups.length > 1))) return 'phone'
  }
  if (groups.length >= 7 && isSpoken(groups)) return 'phone'
  // Nobody writes a sum or size of nine digits in one piece.
  return size > 8 && groups.length === 1 ? 'contract' : null
}
