/** Personas as a table and a picture: size, conversion, what they bring and cost, each with its interval. */
import type { PersonaCard } from '../insight/persona-cards.ts'
import { type PersonaMoney, revenueInterval } from '../insight/persona-money.ts'
import type { Figures } from './figures.ts'
import type { ChartOutput, Format, Scalar, Table, TableColumn } from './output.ts'
import { moneyColumn, segmentLabels } from './segment-table.ts'

const labels = {
  ru: {
    persona: 'Портрет',
    clients: 'Клиентов',
    share: 'Доля клиентов',
    source: 'Лучший источник',
    contact: 'Лучший способ связи',
    title: 'Портреты клиентов',
    converts: 'конверсия',
  },
  en: {
    persona: 'Persona',
    clients: 'Clients',
    share: 'Share of clients',
    source: 'Best source',
    contact: 'Best way of contact',
    title: 'Personas',
    converts: 'conversion',
  },
} as const

/** `own` is the reader's currency; `contactOf` writes a way of contact. */
export function toPersonaTable(
  cards: readonly PersonaCard[],
  money: PersonaMoney,
  { language, currency }: Figures,
  own: string,
  contactOf: (value: string) => string,
): { table: Table; small: number[] } {
  const words = { ...segmentLabels[language], ...labels[language] }
  const bound = (name: string, format: Format): TableColumn => ({ name, label: name, format })
  const priced = (name: string, label: string): TableColumn[] => [
    moneyColumn(name, label, currency, own, [`${name}_low`, `${name}_high`]),
    bound(`${name}_low`, 'money'),
    bound(`${name}_high`, 'money'),
  ]
  const shared = (name: string, label: string): TableColumn[] => [
    { name, label, format: 'percent', interval: [`${name}_low`, `${name}_high`] },
    bound(`${name}_low`, 'percent'),
    bound(`${name}_high`, 'percent'),
  ]
  const columns: TableColumn[] = [
    { name: 'persona_id', label: 'ID', format: 'text' },
    { name: 'persona', label: words.persona, format: 'text' },
    { name: 'clients', label: words.clients, format: 'integer' },
    ...shared('share', words.share),
    { name: 'leads', label: words.leads, format: 'integer' },
    ...shared('conversion', words.conversion),
    ...priced('check', words.check),
    ...priced('revenue', words.revenue),
    ...priced('cac', words.cac),
    { name: 'source', label: words.source, format: 'text' },
    { name: 'contact', label: words.contact, format: 'text' },
  ]
  const rows = cards.map((card): Scalar[] => {
    const segment = money.byPersona.get(card.id)
    const pair = (interval: readonly (number | null)[] | null | undefined) => [
      interval?.[0] ?? null,
      interval?.[1] ?? null,
    ]
    const contact = money.contact.get(card.id)?.names[1]
    return [
      card.id,
      card.name,
      card.clients,
      card.clients / card.of,
      ...card.interval,
      segment?.leads ?? 0,
      segment?.conversion ?? null,
      ...pair(segment?.interval),
      segment?.check ?? null,
      ...pair(segment?.checkInterval),
      segment?.revenue ?? null,
      ...pair(segment && revenueInterval(segment)),
      segment?.cac ?? null,
      ...pair(segment?.cacInterval),
      money.source.get(card.id)?.names[1] ?? null,
      contact ? contactOf(contact) : null,
    ]
  })
  const small = cards.flatMap(({ id }, i) => (money.byPersona.get(id)?.small === false ? [] : [i]))
  return { table: { columns, rows, truncated: false }, small }
}

/** Sizes, with the conversion beside each. */
export function personaChart(
  cards: readonly PersonaCard[],
  money: PersonaMoney,
  figures: Figures,
): ChartOutput {
  const own = labels[figures.language]
  const values = cards.map(card => {
    const conversion = money.byPersona.get(card.id)?.conversion ?? null
    const text = [
      `${figures.count(card.clients, 'client')}, ${figures.percent(card.clients / card.of)}`,
      ...(conversion === null ? [] : [`${own.converts} ${figures.percent(conversion)}`]),
    ].join(' · ')
    return { persona: card.name, clients: card.clients, text }
  })
  return {
    type: 'chart',
    title: own.title,
    description: values.map(({ persona, text }) => `${persona}: ${text}`).join('; '),
    spec: {
      data: { values },
      height: { step: 40 },
      encoding: {
        y: {
          field: 'persona',
          type: 'nominal',
          sort: null,
          axis: { title: null, labelLimit: 340, domain: false, ticks: false },
        },
        x: { field: 'clients', type: 'quantitative', axis: { title: own.clients, tickMinStep: 1 } },
      },
      layer: [
        { mark: { type: 'bar' } },
        { mark: { type: 'text', align: 'left', dx: 6 }, encoding: { text: { field: 'text' } } },
      ],
    },
  }
}
