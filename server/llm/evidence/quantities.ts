/** Numbers in texts, in digits or words, as values with what they count: «15 тыс. ₽» and «пятнадцать тысяч рублей» are one. */
import type { Token } from '../../language/tokens.ts'

export interface Quantity {
  value: number
  /** What is counted, as a class («₽», «day») or the word itself; null when nothing follows. */
  unit: string | null
  /** Tokens that say the number, from and to (exclusive). */
  first: number
  end: number
}

const units = (words: string, from: number): [string, number][] =>
  words.split(' ').flatMap((forms, i) => forms.split('|').map((form): [string, number] => [form, i + from]))

const SMALL = new Map([
  ...units(
    'ноль|нуль|нуля|zero один|одна|одно|одного|одной|одну|одним|one|once два|две|двух|двум|двумя|two|twice|вдвое|дважды|двое|оба|обе|both три|трех|трем|тремя|three|thrice|втрое|трижды|трое четыре|четырех|четырем|четырьмя|four|четверо|вчетверо пять|пяти|пятью|five|пятеро шесть|шести|шестью|six|шестеро семь|семи|семью|seven|семеро восемь|восьми|восемью|eight девять|девяти|девятью|nine десять|десяти|десятью|ten|десяток одиннадцать|одиннадцати|eleven двенадцать|двенадцати|twelve|dozen|дюжина тринадцать|тринадцати|thirteen четырнадцать|четырнадцати|fourteen пятнадцать|пятнадцати|fifteen шестнадцать|шестнадцати|sixteen семнадцать|семнадцати|seventeen восемнадцать|восемнадцати|eighteen девятнадцать|девятнадцати|nineteen',
    0,
  ),
  ['пол', 0.5],
  ['половина', 0.5],
  ['половину', 0.5],
  ['половины', 0.5],
  ['полтора', 1.5],
  ['полторы', 1.5],
  ['полутора', 1.5],
  ['half', 0.5],
  ['треть', 1 / 3],
  ['третью', 1 / 3],
  ['четверть', 0.25],
  ['quarter', 0.25],
])
const TENS = new Map(
  units(
    'двадцать|двадцати|twenty тридцать|тридцати|thirty сорок|сорока|forty пятьдесят|пятидесяти|fifty шестьдесят|шестидесяти|sixty семьдесят|семидесяти|seventy восемьдесят|восьмидесяти|eighty девяносто|девяноста|ninety',
    2,
  ).map(([word, tens]): [string, number] => [word, tens * 10]),
)
const HUNDREDS = new Map(
  units(
    'сто|ста двести|двухсот триста|трехсот четыреста|четырехсот пятьсот|пятисот шестьсот|шестисот семьсот|семисот восемьсот|восьмисот девятьсот|девятисот',
    1,
  ).map(([word, hundreds]): [string, number] => [word, hundreds * 100]),
)
const TIMES: readonly [RegExp, number][] = [
  [/^(?:hundreds?|сотн\p{L}*)$/u, 100],
  [/^(?:тыс|тысяч\p{L}*|thousands?|k|к)$/u, 1000],
  [/^(?:млн|миллион\p{L}*|millions?)$/u, 1e6],
]
const UNITS: readonly [RegExp, string][] = [
  [/^(?:₽|руб\p{L}*|rub|rubles?|roubles?)$/u, '₽'],
  [/^(?:\$|доллар\p{L}*|бакс\p{L}*|usd|dollars?|bucks?)$/u, '$'],
  [/^(?:€|евро|eur|euros?)$/u, '€'],
  [/^(?:£|gbp|pounds?|фунт\p{L}*)$/u, '£'],
  [/^(?:%|процент\p{L}*|percents?)$/u, '%'],
  [/^(?:день|дня|дней|дням|дне|днями|днях|дневн\p{L}*|сутки|суток|days?|дн)$/u, 'day'],
  [/^(?:недел\p{L}*|weeks?|weekly|нед)$/u, 'week'],
  [/^(?:месяц\p{L}*|months?|monthly|мес)$/u, 'month'],
  [/^(?:год|года|году|годы|годов|годом|лет|летн\p{L}*|years?|yearly|г)$/u, 'year'],
  [/^(?:час|часа|часов|часу|часам|часами|ч|hours?|h)$/u, 'hour'],
  [/^(?:минут\p{L}*|мин|minutes?|mins?)$/u, 'minute'],
]

const DIGITS = /\d+(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d+)*/g

/** The class of a counted word, or the word as it is. */
export function unitOf(norm: string): string {
  return UNITS.find(([pattern]) => pattern.test(norm))?.[1] ?? norm
}

const timesOf = (norm: string): number | undefined => TIMES.find(([pattern]) => pattern.test(norm))?.[1]

/** Whether a word says a number or part of one. */
export function isNumberWord(norm: string): boolean {
  return SMALL.has(norm) || TENS.has(norm) || HUNDREDS.has(norm) || timesOf(norm) !== undefined
}

/** Every quantity of a text's tokens, in order. A range or a date gives each of its numbers. */
export function readQuantities(tokens: readonly Token[]): Quantity[] {
  const found: Quantity[] = []
  for (let i = 0; i < tokens.length; ) {
    const token = tokens[i]!
    const inDigits = token.kind === 'number' || (token.kind === 'word' && /\d/.test(token.text))
    if (inDigits) {
      const own = /^№?<n>(.+)$/.exec(token.norm)?.[1] ?? null
      const scale = TIMES.find(([, times]) => times > 100 && scaled(token.text, times))?.[1] ?? 1
      let end = i + 1
      const times = scale === 1 ? timesOf(tokens[end]?.norm ?? '') : undefined
      if (times !== undefined) end++
      const unit = own === null ? unitAfter(tokens, end) : unitOf(own)
      for (const [digits] of token.text.matchAll(DIGITS))
        found.push({ value: toValue(digits) * scale * (times ?? 1), unit, first: i, end })
      i = end
      continue
    }
    const spoken = token.kind === 'word' ? readSpoken(tokens, i) : null
    if (spoken) {
      found.push({ value: spoken.value, unit: unitAfter(tokens, spoken.end), first: i, end: spoken.end })
      i = spoken.end
    } else i++
  }
  return found
}

/** «15 тыс. ₽» is one token: its multiplier stands inside. */
function scaled(text: string, times: number): boolean {
  return times === 1000
    ? /\d[\s\u00a0\u202f]*(?:тыс|thousand|[kк](?!\p{L}))/iu.test(text)
    : /\d[\s\u00a0\u202f]*(?:млн|милл|million)/iu.test(text)
}

/** «1 500», «1,5», «12.05.2026» (a date keeps its digits as one number). */
function toValue(digits: string): number {
  const plain = digits.replace(/[ \u00a0\u202f]/g, '').replaceAll(',', '.')
  return plain.split('.').length > 2 ? Number(plain.replaceAll('.', '')) : Number(plain)
}

/** A number said in words from token `at` on. */
function readSpoken(tokens: readonly Token[], at: number): { value: number; end: number } | null {
  let [total, part, end] = [0, 0, at]
  for (; end < tokens.length; end++) {
    const { norm } = tokens[end]!
    const plain = TENS.get(norm) ?? HUNDREDS.get(norm) ?? SMALL.get(norm)
    const times = timesOf(norm)
    // «двадцать-пять» of speech recognition and “twenty-one” are one token.
    const joined = norm.includes('-') ? norm.split('-').map(word => TENS.get(word) ?? SMALL.get(word)) : []
    if (plain !== undefined) part += plain
    else if (joined.length > 0 && joined.every(value => value !== undefined))
      part += joined.reduce((sum: number, value) => sum + value!, 0)
    else if (times !== undefined && (times >= 1000 || end > at)) {
      if (times === 100) part = (part || 1) * 100
      else {
        total += (part || 1) * times
        part = 0
      }
    } else break
  }
  return end === at ? null : { value: total + part, end }
}

/** What follows a number at once, when it is a word or a sign. */
function unitAfter(tokens: readonly Token[], at: number): string | null {
  const next = tokens[at]
  return next && (next.kind === 'word' || next.kind === 'unit') ? unitOf(next.norm) : null
}
