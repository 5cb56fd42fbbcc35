/** Numbers as they are said in Russian. */
const UNITS = ['', 'один', 'два', 'три', 'четыре', 'пять', 'шесть', 'семь', 'восемь', 'девять']
const TEENS = [
  'десять',
  'одиннадцать',
  'двенадцать',
  'тринадцать',
  'четырнадцать',
  'пятнадцать',
  'шестнадцать',
  'семнадцать',
  'восемнадцать',
  'девятнадцать',
]
const TENS = [
  '',
  '',
  'двадцать',
  'тридцать',
  'сорок',
  'пятьдесят',
  'шестьдесят',
  'семьдесят',
  'восемьдесят',
  'девяносто',
]
const HUNDREDS = [
  '',
  'сто',
  'двести',
  'триста',
  'четыреста',
  'пятьсот',
  'шестьсот',
  'семьсот',
  'восемьсот',
  'девятьсот',
]
const DIGITS = ['ноль', ...UNITS.slice(1)]

function belowThousand(n: number, feminine: boolean): string {
  const words = [HUNDREDS[Math.floor(n / 100)]!]
  const rest = n % 100
  if (rest >= 10 && rest < 20) words.push(TEENS[rest - 10]!)
  else {
    const unit = rest % 10
    words.push(
      TENS[Math.floor(rest / 10)]!,
      feminine && unit === 1 ? 'одна' : feminine && unit === 2 ? 'две' : UNITS[unit]!,
    )
  }
  return words.filter(word => word !== '').join(' ')
}

/** The form of a noun after a number: «тысяча», «тысячи», «тысяч». */
export function plural(n: number, one: string, few: string, many: string): string {
  const tens = n % 100
  const units = n % 10
  if (tens >= 11 && tens <= 14) return many
  return units === 1 ? one : units >= 2 && units <= 4 ? few : many
}

/** A whole number below ten million, in the nominative: «сто сорок две тысячи пятьсот». */
export function inWords(n: number): string {
  if (n === 0) return 'ноль'
  const millions = Math.floor(n / 1_000_000)
  const thousands = Math.floor(n / 1000) % 1000
  const parts: string[] = []
  if (millions > 0)
    parts.push(belowThousand(millions, false), plural(millions, 'миллион', 'миллиона', 'миллионов'))
  if (thousands > 0)
    parts.push(belowThousand(thousands, true), plural(thousands, 'тысяча', 'тысячи', 'тысяч'))
  if (n % 1000 > 0) parts.push(belowThousand(n % 1000, false))
  return parts.join(' ')
}

/** Digits as one says them in groups: «045» -> «ноль сорок пять». */
export function groupInWords(digits: string): string {
  const zeros = /^0*/.exec(digits)![0].length
  const rest = digits.slice(zeros)
  return [
    ...Array.from({ length: zeros }, () => 'ноль'),
    ...(rest === '' ? [] : [inWords(Number(rest))]),
  ].join(' ')
}

/** Every digit alone: «4 5» -> «четыре пять». */
export function digitsInWords(digits: string): string {
  return [...digits].map(digit => DIGITS[Number(digit)]!).join(' ')
}

const TYPED: Record<string, string> = {
  два: '2',
  две: '2',
  три: '3',
  пять: '5',
  семь: '7',
  десять: '10',
  двенадцать: '12',
  четырнадцать: '14',
  пятнадцать: '15',
  двадцать: '20',
  тридцать: '30',
  пятьдесят: '50',
  шестьдесят: '60',
  семьдесят: '70',
  пятьсот: '500',
  семьсот: '700',
  двадцати: '20',
  десяти: '10',
  тридцати: '30',
  пятидесяти: '50',
  восьмисот: '800',
}
const COUNTED = new RegExp(
  `(?<!\\p{L})(${Object.keys(TYPED).join('|')}) (?=процент|миллиметр|рабочих|дн|рубл|километр|лет|года|цвет|месяц|окон|градус)`,
  'gu',
)

/** Numbers before what they count, in digits: «десять процентов» -> «10%». */
export function toDigits(text: string): string {
  return text
    .replace(COUNTED, (_, word: string) => `${TYPED[word]} `)
    .replace(/(\d) процент(?:ов|а)?/g, '$1%')
}
