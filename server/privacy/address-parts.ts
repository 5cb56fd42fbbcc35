/** Pieces of Russian addresses: marks («ул.», «кв.»), house numbers, names; each reader returns the token after it or -1. */
import { isNumeral, readSmallNumber } from './numerals.ts'
import type { Token } from './tokens.ts'
import { FLAT, HOUSE, MONTH, PLACE, STREET, UNIT } from './word-classes.ts'

export const isWord = (token: Token | undefined): token is Token => token?.kind === 'word'
export const isCapital = (token: Token | undefined) => isWord(token) && /^\p{Lu}/u.test(token.text)
/** Marks written with a hyphen: пр-т, б-р, мкр-н, пр-д, кв-л. */
const HYPHENED = /^(?:пр-т|пр-кт|пр-д|б-р|мкр-н|кв-л|наб-я|пл-дь|р-н)$/

/** A mark of one of the classes at `at`: the token after it and its dot, or -1. */
export function readMark(tokens: readonly Token[], at: number, classes: number): number {
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
export const skipComma = (tokens: readonly Token[], at: number) =>
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
export function isMeasure(tokens: readonly Token[], end: number): boolean {
  const after = tokens[end]
  if (after === undefined) return false
  if (/^[%₽$€°*×xх:]$/.test(after.plain)) return true
  // «кв» of a flat has a number behind it, «кв м» a measure.
  if (after.classes & FLAT) return false
  return (after.classes & (UNIT | MONTH)) !== 0 && !(after.classes & HOUSE)
}

/** House, building, flat parts from `at` on; the end of the last, or `at` when there is none. `bare` lets a number stand alone. */
export function readParts(tokens: readonly Token[], at: number, bare: boolean): number {
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

export const NOT_A_NAME = new Set(
  'минус плюс на в и а не но с по от до за у о об это там тут где наш ваш мой моя ваша наша есть нет дом дома окна окно балкон шумная большая тихая широкая узкая'.split(
    ' ',
  ),
)
/** Endings of a street's name in the cases that it is said in; without one a word of speech is no name. */
export const NAME_LIKE = /(?:ая|яя|ой|ей|ую|юю|ый|ий|ого|его|ова|ева|ина|а|я|и|ы|ов|ев|ых|их|ко|го|о)$/

/**
 * The name behind a street's or village's mark: one to four words, maybe with a number («8 Марта», «3-я Парковая»).
 * Returns the token after it, or -1. In text without capitals the name's ending must be like one.
 */
export function readName(tokens: readonly Token[], at: number, cased: boolean): number {
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
