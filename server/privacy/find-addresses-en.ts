/** Postal addresses of Britain and America: a number, a name of one to three words and a kind of street, postcodes. */
import { lexicon } from './lexicon.ts'
import { isNumeral, readSmallNumber } from './numerals.ts'
import type { Span } from './span.ts'
import type { Token } from './tokens.ts'
import { STREET_EN, UNIT } from './word-classes.ts'

const isWord = (token: Token | undefined): token is Token => token?.kind === 'word'
const isCapital = (token: Token | undefined) => isWord(token) && /^\p{Lu}/u.test(token.text)
/** Words that no street is called by, between a number and «street». */
const NOT_A_NAME = new Set(
  'the a an this that these our my your his her their its on in at of for to from down up per by with and or bed bedroom storey story door floor car year long best only same different better easy quick new old big little whole right wrong first last next minutes minute miles mile blocks block houses house windows doors years days weeks more other another each every side'.split(
    ' ',
  ),
)
/** Kinds of street that are also words of every day: in text without capitals one more sign is needed. */
const DOUBTFUL = /^(?:close|drive|court|place|way|hill|rise|view|square|row|parade|st|ct|pl|dr|gardens)$/
const UNIT_MARK = /^(?:flat|apt|apartment|unit|suite|ste|room)$/

const POSTCODE = /\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b/g
/** “PO Box 442, Dayton, OH 45401” */
const BOX = /\bp\.? ?o\.? ?box \d{1,6}(?:, [a-z]{2,20}(?: [a-z]{2,20})?)?(?:, [a-z]{2})?(?: \d{5}\b)?/gi

/** Addresses among the tokens of an English text. */
export function findEnglishAddresses(tokens: readonly Token[], text: string): Span[] {
  const spans: Span[] = []
  let done = 0
  tokens.forEach((token, at) => {
    if (at < done) return
    const number = token.kind === 'number' || isNumeral(token) ? readHouse(tokens, at) : -1
    const end = number === -1 ? readUnit(tokens, at) : readStreet(tokens, number)
    if (end === -1) return
    const last = readRest(tokens, end)
    spans.push({ from: tokens[startBefore(tokens, at)]!.from, to: tokens[last - 1]!.to, kind: 'address' })
    done = last
  })
  for (const pattern of [POSTCODE, BOX])
    for (const match of text.matchAll(pattern))
      spans.push({ from: match.index, to: match.index + match[0].length, kind: 'address' })
  return spans
}

/** “Flat 3, 221 Kingsway”: a flat and a house say that the capitals behind them are a street; or -1. */
function readUnit(tokens: readonly Token[], at: number): number {
  const mark = tokens[at]
  if (!isWord(mark) || !UNIT_MARK.test(mark.plain)) return -1
  const flat = readHouse(tokens, at + 1)
  if (flat === -1 || tokens[flat]?.plain !== ',') return -1
  const house = readHouse(tokens, flat + 1)
  if (house === -1 || !isCapital(tokens[house])) return -1
  let end = house
  while (end < house + 3 && isCapital(tokens[end])) end++
  return end
}

function readHouse(tokens: readonly Token[], at: number): number {
  let end = readSmallNumber(tokens, at)
  const letter = tokens[end]
  if (end !== -1 && isWord(letter) && letter.joined && /^[a-z]$/.test(letter.plain)) end++
  return end
}

/** One to three words of a name and the kind of street; the token after it, or -1. */
function readStreet(tokens: readonly Token[], at: number): number {
  for (let words = 1; words <= 3; words++) {
    const name = tokens[at + words - 1]
    if (
      !isWord(name) ||
      NOT_A_NAME.has(name.plain) ||
      (words === 1 && (name.classes & UNIT) !== 0) ||
      isNumeral(name)
    )
      return -1
    const kind = tokens[at + words]
    if (!isWord(kind) || !(kind.classes & STREET_EN)) continue
    const cased = isCapital(tokens[at])
    if (!cased && DOUBTFUL.test(kind.plain)) {
      const firstName = tokens[at]!
      if (/s$/.test(firstName.plain) && words === 1) return -1
      if (/^(?:st|ct|pl|dr|place|row)$/.test(kind.plain)) return -1
    }
    if (cased && !isCapital(kind) && DOUBTFUL.test(kind.plain)) return -1
    return tokens[at + words + 1]?.plain === '.' && kind.plain.length <= 4 && tokens[at + words + 1]!.joined
      ? at + words + 2
      : at + words + 1
  }
  return -1
}

/** Flat, town, state and code behind a street. */
function readRest(tokens: readonly Token[], at: number): number {
  let end = at
  for (let parts = 0; parts < 5; parts++) {
    const comma = tokens[end]?.plain === ','
    const i = comma ? end + 1 : end
    const token = tokens[i]
    if (token === undefined) break
    if (isWord(token) && UNIT_MARK.test(token.plain)) {
      const number = readHouse(tokens, i + 1)
      if (number !== -1) {
        end = number
        continue
      }
    }
    if (isWord(token) && lexicon().townsEn.has(token.plain) && parts < 2) {
      end = i + 1
      continue
    }
    const code = readCode(tokens, i)
    if (code !== -1) {
      end = code
      continue
    }
    if (comma && isCapital(token) && parts < 3) {
      let town = i
      while (town < i + 3 && isCapital(tokens[town]) && readCode(tokens, town) === -1) town++
      if (town > i && /^[,.;)]?$/.test(tokens[town]?.kind === 'sign' ? tokens[town]!.plain : '')) {
        end = town
        continue
      }
    }
    break
  }
  return end
}

/** A British postcode or an American state and ZIP; the token after it, or -1. */
function readCode(tokens: readonly Token[], at: number): number {
  const first = tokens[at]
  if (!isWord(first) || !/^[A-Z]{1,2}$/.test(first.text)) return -1
  const second = tokens[at + 1]
  if (second?.kind !== 'number') return -1
  if (!second.joined) return /^\d{5}$/.test(second.plain) && first.text.length === 2 ? at + 2 : -1
  let i = at + 2
  if (isWord(tokens[i]) && tokens[i]!.joined && tokens[i]!.text.length === 1) i++
  const inward = tokens[i]
  const letters = tokens[i + 1]
  return inward?.kind === 'number' &&
    /^\d$/.test(inward.plain) &&
    isWord(letters) &&
    letters.joined &&
    /^[A-Za-z]{2}$/.test(letters.text)
    ? i + 2
    : -1
}

/** «Flat 3, » before a house's number. */
function startBefore(tokens: readonly Token[], at: number): number {
  const comma = tokens[at - 1]?.plain === ',' ? 1 : 0
  for (const size of [2, 3]) {
    const mark = tokens[at - comma - size]
    if (isWord(mark) && UNIT_MARK.test(mark.plain) && readHouse(tokens, at - comma - size + 1) === at - comma)
      return at - comma - size
  }
  return at
}
