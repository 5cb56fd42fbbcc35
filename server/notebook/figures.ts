/** How the sentences of number cells write numbers: one place for currencies, ratios and plurals of both languages. */
import {
  formatCount,
  formatDay,
  formatMoney,
  formatNumber,
  formatPercent,
  type Language,
  type Plural,
} from '../lib/locale.ts'
import type { Money } from '../metrics/money.ts'
import type { Period } from '../metrics/query.ts'

const forms = {
  lead: {
    ru: { one: 'лид', few: 'лида', many: 'лидов' },
    en: { one: 'lead', many: 'leads' },
  },
  /** After «из»: «из 1 лида», «из 5 лидов». */
  ofLead: {
    ru: { one: 'лида', few: 'лидов', many: 'лидов' },
    en: { one: 'lead', many: 'leads' },
  },
  client: {
    ru: { one: 'клиент', few: 'клиента', many: 'клиентов' },
    en: { one: 'client', many: 'clients' },
  },
  deal: {
    ru: { one: 'сделка', few: 'сделки', many: 'сделок' },
    en: { one: 'deal', many: 'deals' },
  },
  segment: {
    ru: { one: 'сегмент', few: 'сегмента', many: 'сегментов' },
    en: { one: 'segment', many: 'segments' },
  },
  call: {
    ru: { one: 'звонок', few: 'звонка', many: 'звонков' },
    en: { one: 'call', many: 'calls' },
  },
  day: {
    ru: { one: 'день', few: 'дня', many: 'дней' },
    en: { one: 'day', many: 'days' },
  },
  purchase: {
    ru: { one: 'покупка', few: 'покупки', many: 'покупок' },
    en: { one: 'purchase', many: 'purchases' },
  },
} as const satisfies Record<string, Record<Language, Plural>>

export interface Figures {
  language: Language
  currency: string
  money(value: number | null): string
  percent(share: number | null): string
  number(value: number | null, digits?: number): string
  count(n: number, what: keyof typeof forms): string
  /** «вдвое», «в 1,6 раза»; “twice”, “1.6 times”. From one and a half times on; below it says by how many per cent. */
  times(ratio: number): string
  days(period: Period): string
  /** «2 ч 55 мин» of seconds; whole days from two on. */
  span(seconds: number | null): string
  /** «12 000 ₽ и $300» of kopecks. */
  sums(money: Money): string
}

export function createFigures(language: Language, currency: string): Figures {
  const ru = language === 'ru'
  const money = (value: number | null) =>
    value === null ? '—' : formatMoney(tidy(value), currency, language)
  return {
    language,
    currency,
    money,
    percent: share => (share === null ? '—' : formatPercent(share, language)),
    number: (value, digits = 0) => (value === null ? '—' : formatNumber(value, language, digits)),
    count: (n, what) => formatCount(n, language, forms[what][language]),
    times: ratio => timesOf(ratio, ru),
    days: ({ from, to }) => daysOf(from, to, language),
    span: seconds => (seconds === null ? '—' : spanOf(seconds, language)),
    sums: sums =>
      Object.entries(sums)
        .map(([name, minor]) => formatMoney(minor / 100, name || currency, language))
        .join(ru ? ' и ' : ' and '),
  }
}

/** Kopecks tell nothing in a sentence, except below a hundred. */
function tidy(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : value
}

function timesOf(ratio: number, ru: boolean): string {
  if (ratio < 1.5) {
    const percent = formatPercent(ratio - 1, ru ? 'ru' : 'en')
    return ru ? `на ${percent}` : percent
  }
  const near = (n: number) => Math.abs(ratio - n) < 0.05 * n
  if (near(2)) return ru ? 'вдвое' : 'twice'
  if (near(3)) return ru ? 'втрое' : 'three times'
  const digits = ratio < 10 ? 1 : 0
  const number = formatNumber(ratio, ru ? 'ru' : 'en', digits)
  const whole = Number(ratio.toFixed(digits))
  if (!ru) return `${number} times`
  // «в 5 раз», «в 4 раза», «в 1,6 раза».
  const few =
    !Number.isInteger(whole) || (whole % 10 >= 2 && whole % 10 <= 4 && Math.floor(whole / 10) % 10 !== 1)
  return `в ${number} ${few ? 'раза' : 'раз'}`
}

function spanOf(seconds: number, language: Language): string {
  const minutes = Math.round(seconds / 60)
  if (minutes >= 2 * 1440) return formatCount(Math.round(minutes / 1440), language, forms.day[language])
  const [h, m] = language === 'ru' ? ['ч', 'мин'] : ['h', 'min']
  const parts = [
    ...(minutes >= 60 ? [`${Math.floor(minutes / 60)}\u00a0${h}`] : []),
    ...(minutes % 60 > 0 || minutes < 60 ? [`${minutes % 60}\u00a0${m}`] : []),
  ]
  return parts.join(' ')
}

function daysOf(from: string, to: string, language: Language): string {
  if (from < '1000') return language === 'ru' ? 'всё время' : 'all time'
  return `${formatDay(from, language)} – ${formatDay(to, language)}`
}

/** Whether a Russian verb or adjective with this number stands in the singular: «купил 21», «купили 11». */
export function isSingular(n: number): boolean {
  return n % 10 === 1 && n % 100 !== 11
}

/** A name from the data inside Markdown: what would be read as markup is not. */
export function plain(name: string): string {
  return name.replace(/[\\*`[\]<>]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, char => `\\${char}`)
}
