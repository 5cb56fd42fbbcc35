/** Sentences about personas: the finding over all of them, and the lines that open each one. */
import type { Path, PersonaCard } from '../insight/persona-cards.ts'
import { type PersonaMoney, revenueInterval } from '../insight/persona-money.ts'
import type { Segment } from '../metrics/segments.ts'
import { valueLabel } from './field-names.ts'
import { type Figures, plain } from './figures.ts'

/** «Клиенты делятся на 6 портретов; самый частый — …»: what differs from the rest beyond chance, or that nothing does. */
export function personaFinding(
  cards: readonly PersonaCard[],
  { byPersona, all }: PersonaMoney,
  figures: Figures,
): string {
  const ru = figures.language === 'ru'
  const [largest] = cards.toSorted((a, b) => b.clients - a.clients)
  if (!largest)
    return ru
      ? 'Портретов пока нет: для них нужно хотя бы 60 клиентов. Загрузите клиентов и сделки на странице «Данные» и запустите поиск вопросов и ценностей.'
      : 'There are no personas yet: they need at least 60 clients. Load clients and deals on the Data page and have questions and values found.'
  const size = `${figures.count(largest.clients, 'client')} (${figures.percent(largest.clients / largest.of)})`
  const parts = [
    ru
      ? `Портретов — ${cards.length}; самый частый — **«${plain(largest.name)}»**: ${size}.`
      : `There are ${cards.length} personas; the most frequent is **“${plain(largest.name)}”**: ${size}.`,
  ]
  const told = cards.flatMap(card => {
    const segment = byPersona.get(card.id)
    return segment && !segment.small ? [{ card, segment }] : []
  })
  const differing = told
    .filter(({ segment }) => segment.differs.conversion)
    .sort((a, b) => b.segment.conversion! - a.segment.conversion!)
  const whole = all.total.conversion ?? 0
  const most = differing.find(({ segment }) => segment.conversion! > whole)
  const least = differing.findLast(({ segment }) => segment.conversion! < whole)
  const shareOf = ({ segment }: (typeof told)[number]) =>
    `${figures.percent(segment.conversion)} (${range(segment.interval, figures.percent)})`
  if (most)
    parts.push(
      ru
        ? `Чаще остальных покупает «${plain(most.card.name)}»: конверсия ${shareOf(most)}.`
        : `“${plain(most.card.name)}” buys more often than the others: conversion ${shareOf(most)}.`,
    )
  if (least)
    parts.push(
      ru
        ? `Реже остальных покупает «${plain(least.card.name)}»: конверсия ${shareOf(least)}.`
        : `“${plain(least.card.name)}” buys less often than the others: conversion ${shareOf(least)}.`,
    )
  const costs = told
    .filter(({ segment }) => segment.differs.cac && segment.cac !== null)
    .sort((a, b) => a.segment.cac! - b.segment.cac!)
  const [cheap, dear] = [costs[0], costs.at(-1)]
  if (cheap && dear && cheap !== dear)
    parts.push(
      ru
        ? `Новый клиент дешевле всего в портрете «${plain(cheap.card.name)}» (CAC ${figures.money(cheap.segment.cac)}), дороже всего — в «${plain(dear.card.name)}» (${figures.money(dear.segment.cac)}).`
        : `A new client costs least in “${plain(cheap.card.name)}” (CAC ${figures.money(cheap.segment.cac)}) and most in “${plain(dear.card.name)}” (${figures.money(dear.segment.cac)}).`,
    )
  if (differing.length === 0 && costs.length === 0)
    parts.push(
      ru
        ? 'Заметных различий в конверсии и CAC между ними нет.'
        : 'They show no marked difference in conversion or CAC.',
    )
  return parts.join(' ')
}

const range = (interval: readonly [number, number], write: (value: number) => string) =>
  `${write(interval[0])} – ${write(interval[1])}`

/** A persona's heading with its numbers, best channels and typical path; a line without support is left out. */
export function personaLines(
  card: PersonaCard,
  money: PersonaMoney,
  path: Path | undefined,
  figures: Figures,
): string {
  const ru = figures.language === 'ru'
  const segment = money.byPersona.get(card.id)
  const lines = [
    `## ${plain(card.name)}`,
    [sizeOf(card, figures), ...(segment ? numbersOf(segment, figures) : [])].join(' · '),
  ]
  const names = { language: figures.language, currency: figures.currency, bands: [], labels: new Map() }
  const contactOf = (value: string | null) => valueLabel('contact', value, names)
  const source = money.source.get(card.id)
  const contact = money.contact.get(card.id)
  const channels = [
    ...(source
      ? [`${ru ? 'реклама' : 'advertising'} — **${plain(source.names[1]!)}** (${worthOf(source, figures)})`]
      : []),
    ...(contact
      ? [
          `${ru ? 'связь' : 'contact'} — **${contactOf(contact.names[1]!)}** (${worthOf({ ...contact, cac: null }, figures)})`,
        ]
      : []),
  ]
  if (channels.length > 0) lines.push(`${ru ? 'Лучшие каналы' : 'Best channels'}: ${channels.join('; ')}.`)
  if (path && path.clients >= 3) {
    const steps = [path.source, path.landing_page, contactOf(path.contact_kind)].filter(step => step !== null)
    lines.push(
      `${ru ? 'Типичный путь' : 'Typical path'}: ${steps.map(step => plain(step)).join(' → ')} (${figures.percent(path.clients / path.of)}, n ${figures.number(path.of)}).`,
    )
  }
  return lines.join('\n\n')
}

function sizeOf({ clients, of, interval }: PersonaCard, figures: Figures): string {
  const share = `${figures.percent(clients / of)}, ${range(interval, figures.percent)}`
  return `**${figures.count(clients, 'client')}** (${share})`
}

function numbersOf(segment: Segment, figures: Figures): string[] {
  const ru = figures.language === 'ru'
  const { conversion, interval, check, checkInterval, cac, cacInterval, revenue } = segment
  const inRange = (bounds: readonly [number, number | null] | null) =>
    bounds === null
      ? ''
      : ` (${figures.money(bounds[0])} – ${bounds[1] === null ? '∞' : figures.money(bounds[1])})`
  return [
    ...(conversion === null
      ? []
      : [
          `${ru ? 'конверсия' : 'conversion'} ${figures.percent(conversion)} (${range(interval, figures.percent)}), n ${figures.number(segment.leads)}`,
        ]),
    ...(cac === null ? [] : [`CAC ${figures.money(cac)}${inRange(cacInterval)}`]),
    ...(check === null
      ? []
      : [`${ru ? 'средний чек' : 'average deal'} ${figures.money(check)}${inRange(checkInterval)}`]),
    ...(revenue === 0
      ? []
      : [`${ru ? 'выручка' : 'revenue'} ${figures.money(revenue)}${inRange(revenueInterval(segment))}`]),
  ]
}

/** What makes a channel the best: its cost of a client where that is known, else its conversion. */
function worthOf({ cac, conversion, leads }: Segment, figures: Figures): string {
  const n = `n ${figures.number(leads)}`
  if (cac !== null) return `CAC ${figures.money(cac)}, ${n}`
  return `${figures.language === 'ru' ? 'конверсия' : 'conversion'} ${figures.percent(conversion)}, ${n}`
}
