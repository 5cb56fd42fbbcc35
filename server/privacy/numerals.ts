/** Numbers said in words -> their digits, the way phones and cards are dictated: «девятьсот двадцать шесть» is 926. */
import type { Token } from './tokens.ts'

const units = (words: string, from = 0): [string, number][] =>
  words.split(' ').map((word, i) => [word, i + from])

/** Words worth 0 to 19. */
const SMALL = new Map([
  ...units(
    'ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать',
  ),
  ...units('нуль одна две тройка четверка пятерка шестерка семерка восьмерка девятка'),
  ...units('нулю одну двойка', 0),
  ...units(
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
  ),
  ['oh', 0],
  ['нуля', 0],
  ['единица', 1],
  ['раз', 1],
])
const TENS = new Map([
  ...units('двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто', 2),
  ...units('twenty thirty forty fifty sixty seventy eighty ninety', 2),
])
const HUNDREDS = new Map(units('сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот', 1))
/** Times that the next digit is said: «три нуля», double seven. */
const TIMES = new Map([
  ['double', 2],
  ['triple', 3],
  ['дважды', 2],
  ['трижды', 3],
])
/** Digits in the plural: «три нуля», «две семёрки». */
const PLURAL = new Map([
  ['нуля', '0'],
  ['нолика', '0'],
  ['ноля', '0'],
  ['единицы', '1'],
  ['двойки', '2'],
  ['тройки', '3'],
  ['четверки', '4'],
  ['пятерки', '5'],
  ['шестерки', '6'],
  ['семерки', '7'],
  ['восьмерки', '8'],
  ['девятки', '9'],
])

/** Whether a word is part of a number said in words. */
export function isNumeral(token: Token | undefined): boolean {
  if (token?.kind !== 'word') return false
  const { plain } = token
  return SMALL.has(plain) || TENS.has(plain) || HUNDREDS.has(plain)
}

export interface Spoken {
  digits: string
  /** The token after the last of the number. */
  end: number
}

/**
 * One group of digits said from token `at` on: a number below a thousand, a digit said several times, or digits as they
 * are; null where none begins. A small number alone stays alone: «девять два» are two groups.
 */
export function readGroup(tokens: readonly Token[], at: number): Spoken | null {
  const token = tokens[at]
  if (token === undefined) return null
  if (token.kind === 'number') return { digits: token.plain, end: at + 1 }
  if (token.kind !== 'word') return null
  const { plain } = token
  const next = tokens[at + 1]
  const times = TIMES.get(plain)
  if (times !== undefined) {
    const digit = next?.kind === 'word' ? SMALL.get(next.plain) : undefined
    return digit !== undefined && digit < 10 ? { digits: String(digit).repeat(times), end: at + 2 } : null
  }
  const hundreds = HUNDREDS.get(plain)
  const tens = TENS.get(plain)
  const small = SMALL.get(plain)
  if (small !== undefined) {
    const many = next?.kind === 'word' ? PLURAL.get(next.plain) : undefined
    if (many !== undefined && small > 1 && small < 6) return { digits: many.repeat(small), end: at + 2 }
    if (small > 0 && small < 10 && next?.plain === 'hundred')
      return { digits: String(small * 100), end: at + 2 }
    return { digits: String(small), end: at + 1 }
  }
  const word = (i: number) => (tokens[i]?.kind === 'word' ? tokens[i]!.plain : '')
  const ones = (i: number) => {
    const value = SMALL.get(word(i))
    return value !== undefined && value > 0 && value < 10 ? value : undefined
  }
  if (tens !== undefined) {
    // «twenty-one» has a sign between.
    const hyphen = tokens[at + 1]?.plain === '-' && tokens[at + 1]!.joined ? 1 : 0
    const one = ones(at + 1 + hyphen)
    return one === undefined
      ? { digits: String(tens * 10), end: at + 1 }
      : { digits: String(tens * 10 + one), end: at + 2 + hyphen }
  }
  if (hundreds === undefined) return null
  const nextTens = TENS.get(word(at + 1))
  if (nextTens !== undefined) {
    const one = ones(at + 2)
    const value = hundreds * 100 + nextTens * 10 + (one ?? 0)
    return { digits: String(value), end: at + (one === undefined ? 2 : 3) }
  }
  const rest = SMALL.get(word(at + 1))
  return rest !== undefined && rest > 0
    ? { digits: String(hundreds * 100 + rest), end: at + 2 }
    : { digits: String(hundreds * 100), end: at + 1 }
}

/** Whether a run of words at `at` says a number as a house or flat has it, at most three words; its end, or -1. */
export function readSmallNumber(tokens: readonly Token[], at: number): number {
  const token = tokens[at]
  if (token?.kind === 'number') return token.plain.length <= 5 ? at + 1 : -1
  if (!isNumeral(token)) return -1
  const group = readGroup(tokens, at)
  if (!group) return -1
  // «one hundred and six»
  if (tokens[group.end]?.plain === 'and' && group.digits.endsWith('00')) {
    const more = readGroup(tokens, group.end + 1)
    return more && isNumeral(tokens[group.end + 1]) ? more.end : group.end
  }
  return group.end
}
