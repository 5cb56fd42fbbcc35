/** Numbers, money, dates and plurals as a reader expects them. Browser-safe; both server and web use it. */
export type Language = 'ru' | 'en'

const NARROW_NBSP = '\u202f'
const NBSP = '\u00a0'
const locales = { ru: 'ru-RU', en: 'en-GB' } as const

const cache = new Map<string, Intl.NumberFormat>()
function numberFormat(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options)
  let format = cache.get(key)
  if (!format) {
    format = new Intl.NumberFormat(locales[language], options)
    cache.set(key, format)
  }
  return format
}

/** 2400 and 12 400, or 2,400 and 12,400; with up to `digits` decimals (0 by default). Groups are parted by thin no-break spaces in Russian. */
export function formatNumber(value: number, language: Language, digits = 0): string {
  // Russian leaves four digits together.
  const useGrouping = language === 'ru' ? 'min2' : 'always'
  const text = numberFormat(language, { maximumFractionDigits: digits, useGrouping }).format(value)
  return text
    .replaceAll(NBSP, NARROW_NBSP)
    .replace(/^-(?=\D*0(?:[.,]0*)?$)/, '')
    .replace('-', '−')
}

/** 0.083 -> «8 %» in Russian, “8%” in English; one decimal below 10 % where it says something. */
export function formatPercent(share: number, language: Language): string {
  const percent = share * 100
  const digits = Math.abs(percent) < 10 && Math.abs(percent) > 0 ? 1 : 0
  return formatNumber(percent, language, digits) + (language === 'ru' ? `${NBSP}%` : '%')
}

const symbols: Record<string, string> = { RUB: '₽', USD: '$', EUR: '€', GBP: '£', KZT: '₸', BYN: 'Br' }

/** 14200 -> «14 200 ₽»; from a million on «1,2 млн ₽»; in English symbol first: “₽14,200”. */
export function formatMoney(value: number, currency: string, language: Language): string {
  const size = Math.abs(value)
  const [scaled, unit, digits] =
    size >= 1e9
      ? [value / 1e9, language === 'ru' ? 'млрд' : 'bn', 1]
      : size >= 1e6
        ? [value / 1e6, language === 'ru' ? 'млн' : 'm', 1]
        : [value, '', size < 100 && !Number.isInteger(value) ? 2 : 0]
  const symbol = symbols[currency] ?? currency
  const number = formatNumber(scaled, language, digits)
  if (language === 'ru') return `${number}${unit && NBSP + unit}${NBSP}${symbol}`
  const sign = number.startsWith('−') ? '−' : ''
  const gap = symbol.length > 1 ? NBSP : ''
  return `${sign}${symbol}${gap}${number.slice(sign.length)}${unit}`
}

const months = {
  ru: ['янв', 'фев', 'мар', 'апр', 'мая', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек'],
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
} as const
const monthsAlone = { ...months, ru: months.ru.map(name => (name === 'мая' ? 'май' : name)) }

/** `2026-03-12` (or a moment) -> «12 мар 2026». What is not a day comes back as it is. */
export function formatDay(day: string, language: Language): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(day)
  if (!match) return day
  return `${Number(match[3])}${NBSP}${months[language][Number(match[2]) - 1]}${NBSP}${match[1]}`
}

/** `2026-03` -> «мар 2026». */
export function formatMonth(month: string, language: Language): string {
  const match = /^(\d{4})-(\d{2})/.exec(month)
  return match ? `${monthsAlone[language][Number(match[2]) - 1]}${NBSP}${match[1]}` : month
}

/** `2026-03-12 03:41:00` -> «12 мар 2026, 03:41». */
export function formatMoment(moment: string, language: Language): string {
  const time = /[ T](\d{2}:\d{2})/.exec(moment)?.[1]
  return formatDay(moment, language) + (time ? `, ${time}` : '')
}

/** Seconds -> «03:41», from an hour on «1:03:41». */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const part = (n: number) => String(n).padStart(2, '0')
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  return h > 0 ? `${h}:${part(m)}:${part(s)}` : `${part(m)}:${part(s)}`
}

/** Word forms by number: Russian one (1, 21), few (2–4), many (0, 5–20); English one and many. */
export interface Plural {
  one: string
  few?: string
  many: string
}

/** The form that goes with a number, without the number: plural(2, 'ru', {клиент, клиента, клиентов}). */
export function plural(count: number, language: Language, forms: Plural): string {
  const rule = new Intl.PluralRules(locales[language]).select(count)
  return rule === 'one' ? forms.one : rule === 'few' ? (forms.few ?? forms.many) : forms.many
}

/** The number and its word: «5 клиентов». */
export function formatCount(count: number, language: Language, forms: Plural): string {
  return `${formatNumber(count, language)}${NBSP}${plural(count, language, forms)}`
}

/** 2.3 -> «2,3 раза», 5 -> «5 раз»; in English “2.3 times”. One decimal below 10. */
export function formatTimes(ratio: number, language: Language): string {
  const rounded = ratio < 10 ? Math.round(ratio * 10) / 10 : Math.round(ratio)
  const number = formatNumber(rounded, language, 1)
  if (language === 'en') return `${number} times`
  // A fraction takes the genitive singular: «в 2,3 раза».
  const word = Number.isInteger(rounded)
    ? plural(rounded, 'ru', { one: 'раз', few: 'раза', many: 'раз' })
    : 'раза'
  return `${number}${NBSP}${word}`
}
