/**
 * Postal addresses: a street, house and flat, or a village and plot, in Russian with its marks («ул.», «дом», «кв.») in
 * digits or words, or without them («Ленина 45-12»); in English a number, a name and a kind of street. A town alone is
 * no address.
 */
import {
  isCapital,
  isMeasure,
  isWord,
  NAME_LIKE,
  NOT_A_NAME,
  readMark,
  readName,
  readParts,
  skipComma,
} from './address-parts.ts'
import { STREET_LIKE, STREET_NAME } from './name-classes.ts'
import { isNumeral } from './numerals.ts'
import type { Span } from './span.ts'
import type { Token } from './tokens.ts'
import { ADDRESS, FLAT, HOUSE, PLACE, STREET } from './word-classes.ts'

/** Town, region and index before an address: «141070, МО, г. Королёв, ». */
function startBefore(tokens: readonly Token[], at: number, named: ReadonlySet<number>): number {
  let start = at
  for (let steps = 0; steps < 8; steps++) {
    const comma = tokens[start - 1]
    const hasComma = comma?.plain === ','
    const i = start - (hasComma ? 2 : 1)
    const word = tokens[i]
    if (word === undefined) break
    if (word.kind === 'number' && word.plain.length === 6 && hasComma) {
      start = i
      continue
    }
    if (!isWord(word)) break
    const mark = tokens[i - 1]?.plain === '.' ? tokens[i - 2] : tokens[i - 1]
    const isTown =
      isWord(mark) && /^(?:г|город|городе|гор|пос|поселок|дер|деревня|село|обл|область)$/.test(mark.plain)
    if (isTown) {
      start = tokens.indexOf(mark, Math.max(0, i - 2))
      continue
    }
    if (hasComma && isCapital(word) && !/[.!?]/.test(tokens[i - 1]?.plain ?? '')) {
      if (named.has(word.from)) break
      start = i
      continue
    }
    // «Тульская область,»
    if (hasComma && /^(?:область|обл|край|район|р-н)$/.test(word.plain) && isCapital(tokens[i - 1])) {
      start = i - 1
      continue
    }
    break
  }
  return start
}

/** Addresses among the tokens of a Russian text. `names` found before are not taken for towns. */
export function findRussianAddresses(tokens: readonly Token[], names: readonly Span[]): Span[] {
  const spans: Span[] = []
  const named = new Set<number>()
  for (const { from, to } of names) for (let i = from; i < to; i++) named.add(i)
  const push = (start: number, end: number) => {
    spans.push({ from: tokens[start]!.from, to: tokens[end - 1]!.to, kind: 'address' })
    return end
  }
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at]!
    const end = isWord(token) ? readFrom(tokens, at) : -1
    if (end === -1) at++
    else at = push(startBefore(tokens, ordinalBefore(tokens, at), named), end)
  }
  return spans
}

/** «3-й Полевой проезд»: where the ordinal begins. */
function ordinalBefore(tokens: readonly Token[], at: number): number {
  const [number, hyphen, ending] = [tokens[at - 3], tokens[at - 2], tokens[at - 1]]
  const isOrdinal =
    number?.kind === 'number' && hyphen?.plain === '-' && /^(?:й|я|ой|ый|ая)$/.test(ending?.plain ?? '')
  if (isOrdinal) return at - 3
  // «40 лет Победы», «сорок лет октября»
  const [count, years] = [tokens[at - 2], tokens[at - 1]]
  const isJubilee = years?.plain === 'лет' && (count?.kind === 'number' || isNumeral(count))
  return isJubilee ? at - 2 : at
}

/** The end of an address that begins with the word at `at`, or -1. */
function readFrom(tokens: readonly Token[], at: number): number {
  const word = tokens[at]!
  const street = readMark(tokens, at, STREET)
  if (street !== -1) {
    const cased =
      isCapital(tokens[street]) ||
      (tokens[street]?.kind === 'number' && isCapital(tokens[street + 1])) ||
      isCapital(tokens[street + 2])
    const shorter = /^(?:линия|линии|алле\S+|площад\S+|пл|ш|пр)$/.test(word.plain)
    if (cased) {
      const name = readName(tokens, street, true)
      if (name === -1) return -1
      const end = readParts(tokens, name, true)
      // A mark and a capital are enough, but for marks that are words of every day.
      return end > name || !shorter ? end : -1
    }
    if (shorter && word.plain !== 'ш') return -1
    return readLowerStreet(tokens, street)
  }
  const place = readMark(tokens, at, PLACE)
  if (place !== -1 && !/^[сп]$/.test(word.plain)) return readPlace(tokens, place)
  if (
    place !== -1 &&
    isCapital(tokens[place]) &&
    tokens[place]!.text.length > 1 &&
    tokens[place - 1]?.plain === '.'
  )
    return readPlace(tokens, place)
  const name = readStreetAfter(tokens, at)
  if (name !== -1) return name
  return readBare(tokens, at)
}

/** «улица лесная дом один»: one to three words that may be a name, then a house. */
function readLowerStreet(tokens: readonly Token[], at: number): number {
  const first =
    isNumeral(tokens[at]) ||
    tokens[at]?.kind === 'number' ||
    /^(?:перв|втор|трет|восьм|девят)\p{L}+$/u.test(tokens[at]?.plain ?? '')
      ? 2
      : 1
  for (let words = first; words <= 3; words++) {
    const last = tokens[at + words - 1]
    if (!isWord(last) || NOT_A_NAME.has(last.plain) || last.classes & (HOUSE | FLAT)) return -1
    if (!NAME_LIKE.test(last.plain)) {
      if (words === 1 || !/^[а-я]{4,}$/.test(last.plain)) continue
    }
    const end = readParts(tokens, at + words, true)
    if (end > at + words) return end
  }
  return -1
}

/** A village, estate or block by name, with a plot, house or street behind it. */
function readPlace(tokens: readonly Token[], at: number): number {
  const cased = isCapital(tokens[at]) || /^[«"“]$/.test(tokens[at]?.plain ?? '')
  for (let words = 1; words <= 3; words++) {
    const name = cased ? readName(tokens, at, true) : at + words
    if (name === -1) return -1
    const last = tokens[name - 1]
    if (!cased && (!isWord(last) || NOT_A_NAME.has(last.plain) || last.classes & (HOUSE | FLAT | STREET)))
      return -1
    const next = skipComma(tokens, name)
    const street = readMark(tokens, next, STREET)
    if (street !== -1) {
      const end = readFrom(tokens, next)
      if (end !== -1) return end
    }
    const end = readParts(tokens, name, cased)
    if (end > name) return end
    if (cased) return -1
  }
  return -1
}

/** «Садовая улица, 5», «3-й Полевой проезд, 12»: the name stands first and a number follows. */
function readStreetAfter(tokens: readonly Token[], at: number): number {
  if (!isCapital(tokens[at])) return readLowerStreetAfter(tokens, at)
  for (let i = at + 1; i <= at + 2; i++) {
    const mark = readMark(tokens, i, STREET)
    if (mark === -1) {
      if (!isCapital(tokens[i])) return -1
      continue
    }
    const end = readParts(tokens, mark, true)
    return end > mark ? end : -1
  }
  return -1
}

/** Kinds of street that mean nothing else, in the cases that they are said in. */
const PLAIN_STREET =
  /^(?:улиц[аеыу]|улицей|ул|проспект[ауе]?|переул(?:ок|ке|ку|ка)|бульвар[ауе]?|проезд[ауе]?|шоссе|набережн(?:ая|ой|ую)|тракт[ауе]?)$/
/** ленинский, московская, на невском: hardly ever anything but a name before a street. */
const OF_PLACE = /ск(?:ий|ого|ому|ом|ая|ой|ую|ое)$/
const ADJECTIVE = /(?:ый|ий|ой|ая|яя|ую|юю|ом|ем|ое)$/

/** «ленинский проспект 45», «на садовой улице 15»: speech without capitals needs a house, and to sound like a place. */
function readLowerStreetAfter(tokens: readonly Token[], at: number): number {
  const [word, kind, before] = [tokens[at]!, tokens[at + 1], tokens[at - 1]]
  if (!isWord(kind) || !PLAIN_STREET.test(kind.plain) || NOT_A_NAME.has(word.plain)) return -1
  const said = before !== undefined && (/^(?:на|по)$/.test(before.plain) || (before.classes & ADDRESS) !== 0)
  if (!OF_PLACE.test(word.plain) && !(said && ADJECTIVE.test(word.plain))) return -1
  const mark = readMark(tokens, at + 1, STREET)
  if (mark === -1) return -1
  const end = readParts(tokens, mark, true)
  return end > mark ? end : -1
}

/** «на Ленина 45-12», «пушкина двадцать один квартира восемь»: a name that streets have, then a house. */
function readBare(tokens: readonly Token[], at: number): number {
  const word = tokens[at]!
  const known = (word.names & STREET_NAME) !== 0
  // A name that no dictionary has needs a house and a flat behind it.
  if (!known && !(word.names & STREET_LIKE) && !OF_PLACE.test(word.plain)) return -1
  const before = tokens[at - 1]
  const number = readParts(tokens, at + 1, true)
  if (number === at + 1) return -1
  const flat = readParts(tokens, number, false)
  const marks = tokens.slice(at + 1, flat).reduce((all, token) => all | token.classes, 0)
  if (known ? marks & (HOUSE | FLAT) : marks & FLAT) return flat
  if (!known) return -1
  if (isCapital(word)) return isMeasure(tokens, number) ? -1 : number
  // In speech without capitals something must say that a place is meant.
  const said = before !== undefined && (/^(?:на|по)$/.test(before.plain) || (before.classes & ADDRESS) !== 0)
  return said ? number : -1
}
