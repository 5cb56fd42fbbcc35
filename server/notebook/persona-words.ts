/** How personas and their traits are put into words. */
import type { Trait } from '../insight/persona-traits.ts'
import { formatMoney, formatNumber, type Language } from '../lib/locale.ts'
import { fieldLabel, valueLabel } from './field-names.ts'
import type { Claim } from './output.ts'

const own = {
  ru: {
    fields: { check: 'Сумма первой сделки', cycle: 'От заявки до сделки', repeat: 'Повторная покупка' },
    repeat: { yes: 'да', no: 'нет' } as Record<string, string>,
    below: (value: string) => `меньше ${value}`,
    above: (value: string) => `${value} и больше`,
    days: ' дн.',
  },
  en: {
    fields: { check: 'First deal', cycle: 'From lead to deal', repeat: 'Bought again' },
    repeat: { yes: 'yes', no: 'no' } as Record<string, string>,
    below: (value: string) => `below ${value}`,
    above: (value: string) => `${value} and more`,
    days: ' days',
  },
} as const

/** «Профиль: новостройка», «Сумма первой сделки: 95 900 – 157 600 ₽». */
export function traitText({ field, value }: Trait, language: Language, currency: string): string {
  const words = own[language]
  const label = (words.fields as Record<string, string>)[field] ?? fieldLabel(field, language)
  if (field === 'repeat') return `${label}: ${words.repeat[value] ?? value}`
  if (field !== 'check' && field !== 'cycle')
    return `${label}: ${valueLabel(field, value, { language, currency, bands: [], labels: new Map() })}`
  const [low, high] = value.split('..') as [string, string]
  const write = (number: string) =>
    field === 'check'
      ? formatMoney(Number(number), currency, language)
      : `${formatNumber(Number(number), language)}${words.days}`
  if (low === '') return `${label}: ${words.below(write(high))}`
  return `${label}: ${high === '' ? words.above(write(low)) : `${write(low)} – ${write(high)}`}`
}

/** A trait as a claim: how many of whom it is known, and how many of the others. */
export function traitClaim(persona: string, trait: Trait, language: Language, currency: string): Claim {
  return {
    id: `${persona}:${trait.field}:${trait.value}`,
    kind: 'trait',
    text: traitText(trait, language, currency),
    clients: trait.clients,
    of: trait.of,
    interval: trait.interval,
    facts: [{ label: 'others', value: trait.others, format: 'percent' }],
    quotes: [],
    weak: false,
  }
}
