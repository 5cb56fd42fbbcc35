/**
 * Postal addresses: a street, house and flat, or a village and plot, in Russian with its marks («ул.», «дом», «кв.») in
 * digits or words, or without them («Ленина 45-12»); in English a number, a name and a kind of street. A town alone is
 * no address.
 */
import { STREET_LIKE, STREET_NAME } from './name-classes.ts'
import { isNumeral, readSmallNumber } from './numerals.ts'
import type { Span } from './span.ts'
import type { Token } from './tokens.ts'
import { ADDRESS, FLAT, HOUSE, MONTH, PLACE, STREET, UNIT } from './word-classes.ts'

const isWord = (token: Token | undefined): token is Token => token?.kind === 'word'
const isCapital = (token: Token | undefined) => isWord(token) && /^\p{Lu}/u.test(token.text)
/** Marks written with a hyphen: пр-т, б-р, мкр-н, пр-д, кв-л. */
const HYPHENED = /^(?:пр-т|пр-кт|пр-д|б-р|мкр-н|кв-л|наб-я|пл-дь|р-н)$/

/** A mark of one of the classes at `at`: the token after it and its dot, or -1. */
function readMark(tokens: readonly Token[], at: number, classes: number): number {
  const token = tokens[at]
  if (!isWord(token)) return -1
  const [hyphen, rest] = [tokens[at + 1], tokens[at + 2]]
  if (hyphen?.plain === '-' && hyphen.joined && isWord(rest) && rest.joined) {
    const whole = `${token.plain}-${rest.plain}`
    if (!HYPHENED.test(whole)) return -1
    if (classes & STREET ? /^(?:пр|б|наб|пл)/.test(whole) : classes & PLACE && /^(?:мкр|кв)/.test(whole))
      return skipDot(tokens, at + 3)
    return -1
  }
  return token.classes & classes ? skipDot(tokens, at + 1) : -1
}

const skipDot = (tokens: readonly Token[], at: number) =>
  tokens[at]?.plain === '.' && tokens[at]!.joined ? at + 1 : at
const skipComma = (tokens: readonly Token[], at: number) =>
  /^[,;:]$/.test(tokens[at]?.plain ?? '') ? at + 1 : at

/** A house's number with its letter, fraction and flat behind a hyphen: 12а, 12/3, 45-12, «семь дробь два». -1 when none. */
function readNumber(tokens: readonly Token[], at: number): number {
  let end = readSmallNumber(tokens, /^[№#]$/.test(tokens[at]?.plain ?? '') ? at + 1 : at)
  if (end === -1) return -1
  const letter = tokens[end]
  if (isWord(letter) && letter.joined && /^[а-яa-z]$/.test(letter.plain)) end++
  // 29к2, 5с1
  if (
    end > at + 1 &&
    tokens[end]?.kind === 'number' &&
    tokens[end]!.joined &&
    /^[кс]$/.test(letter?.plain ?? '')
  )
    end++
  for (let i = 0; i < 2; i++) {
    const sign = tokens[end]
    if (sign === undefined) break
    const isSign = /^[-/–]$/.test(sign.plain) || /^(?:дробь|тире)$/.test(sign.plain)
    const next = isSign ? readSmallNumber(tokens, end + 1) : -1
    if (next === -1) break
    end = next
    const suffix = tokens[end]
    if (isWord(suffix) && suffix.joined && /^[а-яa-z]$/.test(suffix.plain)) end++
  }
  return end
}

/** Whether what follows a number makes it a measure or price. */
function isMeasure(tokens: readonly Token[], end: number): boolean {
  const after = tokens[end]
  if (after === undefined) return false
  if (/^[%₽$€°*×xх:]$/.test(after.plain)) return true
  // «кв» of a flat has a number behind it, «кв м» a measure.
  if (after.classes & FLAT) return false
  return (after.classes & (UNIT | MONTH)) !== 0 && !(after.classes & HOUSE)
}

/** House, building, flat parts from `at` on; the end of the last, or `at` when there is none. `bare` lets a number stand alone. */
function readParts(tokens: readonly Token[], at: number, bare: boolean): number {
  let end = at
  for (let parts = 0; parts < 6; parts++) {
    const next = skipComma(tokens, end)
    const mark = readMark(tokens, next, HOUSE | FLAT)
    if (mark !== -1) {
      const number = readNumber(tokens, mark)
      if (number !== -1 && !isMeasure(tokens, number)) {
        end = number
        continue
      }
      const letter = tokens[mark]
      if (parts > 0 && isWord(letter) && letter.plain.length === 1 && mark > next + 1) {
        end = mark + 1
        continue
      }
      break
    }
    if (!bare || parts > 0) break
    const number = readNumber(tokens, next)
    if (number === -1 || isMeasure(tokens, number)) break
    end = number
  }
  return end
}

const NOT_A_NAME = new Set(
  'минус плюс на в и а не но с по от до за у о об это там тут где наш ваш мой моя ваша наша есть нет дом дома окна окно балкон шумная большая тихая широкая узкая'.split(
    ' ',
  ),
)
/** Endings of a street's name in the cases that it is said in; without one a word of speech is no name. */
const NAME_LIKE = /(?:ая|яя|ой|ей|ую|юю|ый|ий|ого|его|ова|ева|ина|а|я|и|ы|ов|ев|ых|их|ко|го|о)$/

/**
 * The name behind a street's or village's mark: one to four words, maybe with a number («8 Марта», «3-я Парковая»).
 * Returns the token after it, or -1. In text without capitals the name's ending must be like one.
 */
function readName(tokens: readonly Token[], at: number, cased: boolean): number {
  let end = at
  const number = tokens[end]
  if (
    number?.kind === 'number' ||
    (isNumeral(number) && !cased) ||
    /^(?:перв|втор|трет|восьм|девят)\p{L}+$/u.test(number?.plain ?? '')
  ) {
    end = number!.kind === 'number' ? end + 1 : at + 1
    if (tokens[end]?.plain === '-' && isWord(tokens[end + 1]) && tokens[end + 1]!.joined) end += 2
    if (!isWord(tokens[end])) return -1
  }
  const quote = /^[«"“]$/.test(tokens[end]?.plain ?? '') ? end++ : -1
  let words = 0
  while (words < 4) {
    const word = tokens[end]
    if (!isWord(word) || (word.classes & (HOUSE | FLAT | STREET) && words > 0 && !isCapital(word))) break
    if (NOT_A_NAME.has(word.plain) || (words > 0 && isNumeral(word))) break
    if (
      cased &&
      quote === -1 &&
      !isCapital(word) &&
      !(words > 0 && word.plain.length > 3 && isCapital(tokens[end + 1]))
    )
      break
    if (words > 0 && !cased && word.classes & (UNIT | PLACE)) break
    end++
    words++
    if (tokens[end]?.plain === '.' && tokens[end]!.joined && word.plain.length <= 4) end++
    if (tokens[end]?.plain === '-' && tokens[end]!.joined && isWord(tokens[end + 1])) end++
  }
  if (words === 0) return -1
  if (quote !== -1 && /^[»"”]$/.test(tokens[end]?.plain ?? '')) end++
  return end
}

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
  return isOrdinal ? at - 3 : at
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
  if (!isCapital(tokens[at])) return -1
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

/** «на Ленина 45-12», «пушкина двадцать один квартира восемь»: a name that streets have, then a house. */
function readBare(tokens: readonly Token[], at: number): number {
  const word = tokens[at]!
  const known = (word.names & STREET_NAME) !== 0
  // A name that no dictionary has needs a house and a flat behind it.
  if (!known && !(word.names & STREET_LIKE)) return -1
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
