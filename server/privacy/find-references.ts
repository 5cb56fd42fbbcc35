/** What is known by the words before it: numbers of contracts and orders, days of birth; and car plates by their shape. */

import { isIban } from './checksums.ts'
import { isNumeral, readGroup } from './numerals.ts'
import type { Span } from './span.ts'
import type { Token } from './tokens.ts'
import { BIRTH, CONTRACT, MONTH, NUMBER, PASSPORT, PLATE, UNIT } from './word-classes.ts'

const isWord = (token: Token | undefined): token is Token => token?.kind === 'word'
/** Words between «договор» and its number. */
const BETWEEN = /^(?:[№#:.(]|за|под|с|по|мой|ваш|наш|is|was|s|'|’|your|my|our|the|no|id)$/

/** «договор № 45271», order #1234, «заявка шесть два один»: the number behind, with its letters and signs. */
export function findContracts(tokens: readonly Token[]): Span[] {
  const spans: Span[] = []
  tokens.forEach((token, at) => {
    if (!(token.classes & CONTRACT)) return
    let i = at + 1
    let marked = false
    for (let skipped = 0; skipped < 4 && i < tokens.length; skipped++, i++) {
      const next = tokens[i]!
      if (next.classes & NUMBER || next.plain === '№' || next.plain === '#') marked = true
      else if (!BETWEEN.test(next.plain)) break
    }
    const first = tokens[i]
    if (first === undefined) return
    const start = marked && tokens[i - 1]?.plain === '№' && tokens[i - 2] === token ? i - 1 : i
    const end = isNumeral(first) ? endOfSpoken(tokens, i, marked) : endOfId(tokens, i, marked)
    if (end !== -1) spans.push({ from: tokens[start]!.from, to: tokens[end - 1]!.to, kind: 'contract' })
  })
  return spans
}

/** A piece of letters, digits and joining signs with a digit in it, from `at` on; its end, or -1. */
function endOfId(tokens: readonly Token[], at: number, marked: boolean): number {
  let end = at
  let digits = 0
  let letters = 0
  while (end < tokens.length && end - at < 12 && (end === at || tokens[end]!.joined)) {
    const token = tokens[end]!
    if (token.kind === 'number') digits += token.plain.length
    else if (token.kind === 'word' && token.plain.length <= 8) letters += token.plain.length
    else if (!/^[-/.–]$/.test(token.plain) || end === at) break
    end++
  }
  while (end > at && tokens[end - 1]!.kind === 'sign') end--
  if (tokens[end]?.plain === 'дробь' && tokens[end + 1]?.kind === 'number') end += 2
  const single = tokens[at]!
  if (
    end === at ||
    digits === 0 ||
    (single.kind === 'word' && !/^[A-ZА-ЯЁ]/.test(single.text) && end - at > 1 && letters > 4)
  )
    return -1
  if (digits + letters < (marked ? 2 : 4)) return -1
  if (!marked && letters > 0 && digits < 3) return -1
  // «договор 12.03.2026» is dated, not numbered; «счёт 12000 рублей» is a sum.
  if (
    /^\d{1,2}\.\d{1,2}\.\d{2,4}$/.test(
      tokens
        .slice(at, end)
        .map(token => token.plain)
        .join(''),
    )
  )
    return -1
  const after = tokens[end]
  if (
    after &&
    (after.classes & UNIT || /^[₽$€£%:*×x,]$/.test(after.plain)) &&
    !marked &&
    !(after.plain === ',' && !tokens[end + 1]?.joined)
  )
    return -1
  return end
}

function endOfSpoken(tokens: readonly Token[], at: number, marked: boolean): number {
  let end = at
  let digits = ''
  for (let groups = 0; groups < 8; groups++) {
    const group = isNumeral(tokens[end]) ? readGroup(tokens, end) : null
    if (!group) break
    digits += group.digits
    end = group.end
  }
  if (tokens[end] && tokens[end]!.classes & UNIT) return -1
  return digits.length >= (marked ? 3 : 4) ? end : -1
}

/** Days: dd.mm.yyyy, yyyy-mm-dd, «12 мая 1984», March 14, 1982, and said in words. */
function endOfDate(tokens: readonly Token[], at: number): number {
  const token = tokens[at]!
  if (token.kind === 'number') {
    const [s1, m, s2, y] = [tokens[at + 1], tokens[at + 2], tokens[at + 3], tokens[at + 4]]
    if (
      s1 &&
      /^[./-]$/.test(s1.plain) &&
      m?.kind === 'number' &&
      s2?.plain === s1.plain &&
      y?.kind === 'number'
    )
      return at + 5
  }
  const ordinal =
    /^(?:перв|втор|трет|четв[её]рт|пят|шест|седьм|восьм|девят|десят|\p{L}+надцат|двадцат|тридцат)\p{L}{0,4}$|^(?:first|second|third|\p{L}+th)$/u
  const isDay = (t: Token | undefined) =>
    t !== undefined &&
    ((t.kind === 'number' && t.plain.length <= 2) || isNumeral(t) || (isWord(t) && ordinal.test(t.plain)))
  let i = at
  let day = 0
  while (day < 2 && isDay(tokens[i])) {
    i++
    day++
    if (isWord(tokens[i]) && tokens[i]!.joined && /^(?:st|nd|rd|th)$/.test(tokens[i]!.plain)) i++
  }
  if (tokens[i]?.plain === 'of') i++
  const month = tokens[i]
  if (!month || !(month.classes & MONTH)) return -1
  i++
  if (day === 0) {
    // «march fourteenth nineteen eighty two»
    for (let n = 0; n < 2 && isDay(tokens[i]); n++) {
      i++
      if (isWord(tokens[i]) && tokens[i]!.joined && /^(?:st|nd|rd|th)$/.test(tokens[i]!.plain)) i++
    }
    if (tokens[i]?.plain === ',') i++
  }
  const year = tokens[i]
  if (year?.kind === 'number' && /^(?:19|20)?\d\d$/.test(year.plain)) i++
  else {
    const yearWord = (t: Token | undefined) =>
      isWord(t) &&
      (isNumeral(t) ||
        /^(?:тысяча|тысячи|двухтысячн\p{L}+|thousand|hundred|and)$/u.test(t.plain) ||
        ordinal.test(t.plain) ||
        /^\p{L}+(?:десят|сорок)\p{L}*$/u.test(t.plain) ||
        /^(?:сороков|девяност)\p{L}+$/u.test(t.plain))
    for (let n = 0; n < 5 && yearWord(tokens[i]); n++) i++
  }
  while (tokens[i - 1]?.plain === ',') i--
  if (
    /^(?:года|год|г)$/.test(tokens[i]?.plain ?? '') &&
    !/^\.?р/.test((tokens[i + 1]?.plain ?? '') + (tokens[i + 2]?.plain ?? ''))
  )
    i++
  return day > 0 || i > at + 1 ? i : -1
}

const NEAR = 5

/** Dates beside «родился», «дата рождения», «г.р.», born, date of birth. */
export function findBirthDates(tokens: readonly Token[]): Span[] {
  const spans: Span[] = []
  for (let at = 0; at < tokens.length; at++) {
    if (!isBirthMark(tokens, at)) continue
    // Behind the words, else right before them: «12.05.1984 г.р.».
    const behind = firstDate(tokens, at + 1, Math.min(tokens.length, at + 1 + NEAR + 2))
    if (behind) spans.push(behind)
    else {
      const before = lastDate(tokens, at)
      if (before) spans.push(before)
    }
  }
  return spans
}

/** Days so long ago are days of birth, or of a passport's issue: work is not dated so. */
export function findOldDates(text: string): Span[] {
  return [...text.matchAll(/(?<![\d.])\d{1,2}[./-]\d{1,2}[./-](?:19[2-9]\d|200[0-7])(?![\d.]\d)/g)].map(
    match => ({
      from: match.index,
      to: match.index + match[0].length,
      kind: 'birth_date',
    }),
  )
}

function isBirthMark(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]!
  if (token.classes & BIRTH) return token.plain !== 'др' || tokens[at + 1]?.plain !== 'угой'
  // «г.р.», «д.р.»
  if (!/^[гд]$/.test(token.plain) || !isWord(token)) return false
  const dot = tokens[at + 1]?.plain === '.' ? 1 : 0
  const next = tokens[at + 1 + dot]
  return next?.plain === 'р' && isWord(next) && (dot === 1 || !next.joined)
}

function firstDate(tokens: readonly Token[], from: number, to: number): Span | null {
  for (let i = from; i < to; i++) {
    if (tokens[i]!.kind === 'mask') return null
    const end = endOfDate(tokens, i)
    if (end !== -1) return { from: tokens[i]!.from, to: tokens[end - 1]!.to, kind: 'birth_date' }
  }
  return null
}

function lastDate(tokens: readonly Token[], at: number): Span | null {
  for (let i = Math.max(0, at - 8); i < at; i++) {
    const end = endOfDate(tokens, i)
    if (end !== -1 && end <= at && at - end <= 2)
      return { from: tokens[i]!.from, to: tokens[end - 1]!.to, kind: 'birth_date' }
  }
  return null
}

const PLATE_LETTERS = /^[авекмнорстухabekmhopctyx]+$/
/** Measures that a plate's letters spell as well. */
const MEASURES = /^(?:мм|см|м|ру|ст|в)$/

/** А123ВЕ 77 and AB12 CDE. Spaced out and in small letters only where a car is spoken of. */
export function findPlates(tokens: readonly Token[]): Span[] {
  const spans: Span[] = []
  tokens.forEach((token, at) => {
    if (!isWord(token) || !PLATE_LETTERS.test(token.plain)) return
    const [number, tail] = [tokens[at + 1], tokens[at + 2]]
    if (token.plain.length !== 1 || number?.kind !== 'number' || number.plain.length !== 3) return
    let end = at + 2
    let letters = ''
    while (
      end < at + 4 &&
      isWord(tokens[end]) &&
      PLATE_LETTERS.test(tokens[end]!.plain) &&
      letters.length < 2
    )
      letters += tokens[end++]!.plain
    if (letters.length !== 2 || tail === undefined) return
    const region = tokens[end]?.kind === 'number' && /^\d{2,3}$/.test(tokens[end]!.plain) ? end + 1 : end
    const tight = number.joined && tokens[at + 2]!.joined
    const upper = /^\p{Lu}$/u.test(token.text)
    const spoken = tokens.slice(Math.max(0, at - 6), at).some(before => before.classes & PLATE)
    if (MEASURES.test(letters) && !spoken && !(tight && upper)) return
    if (!tight && !upper && !spoken) return
    if (region === end && !spoken && !(tight && upper)) return
    spans.push({ from: token.from, to: tokens[region - 1]!.to, kind: 'car_plate' })
  })
  return spans
}

/** British plates, insurance numbers and passports with a letter; international accounts. */
export function findLatinCodes(text: string, tokens: readonly Token[]): Span[] {
  const spans: Span[] = []
  if (!/[A-Z]\d|[A-Z] ?\d/.test(text)) return spans
  const add = (pattern: RegExp, kind: Span['kind'], holds: (code: string) => boolean = () => true) => {
    for (const match of text.matchAll(pattern))
      if (holds(match[0])) spans.push({ from: match.index, to: match.index + match[0].length, kind })
  }
  add(/\b[A-Z]{2}\d{2} ?[A-Z]{3}\b/g, 'car_plate')
  add(/\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b/g, 'snils')
  add(/\bQQ ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b/g, 'snils')
  const iban = (code: string) => isIban(code.replaceAll(' ', ''))
  add(/\b[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b/g, 'account', iban)
  add(/\b[A-Z]{2}\d{2}(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,3})?\b/g, 'account', iban)
  const plate = /\b[Pp]lates?\b[^.!?\n\d]{0,20}?\b([A-Z]{1,3}[ -]?\d{2,4}(?:[ -]?[A-Z]{1,3})?)\b/g
  for (const match of text.matchAll(plate)) {
    const to = match.index + match[0].length
    spans.push({ from: to - match[1]!.length, to, kind: 'car_plate' })
  }
  const classes = tokens.reduce((all, token) => all | token.classes, 0)
  if (classes & PASSPORT) add(/\b[A-Z]{1,2}\d{6,8}\b/g, 'passport')
  return spans
}
