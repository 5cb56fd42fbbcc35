/** The planted effects, counted anew from the raw rows of the committed company. */
import { beforeAll, describe, expect, it } from 'vitest'
import { committed, type Demo, generateDemo } from '../../data/demo/generator/generate.ts'
import type { ClientRows, DealRow } from '../../data/demo/generator/rows.ts'

let demo: Demo
let rows: ClientRows[]
let deals: DealRow[]

beforeAll(() => {
  demo = generateDemo({ language: 'ru', ...committed.ru })
  rows = [...demo.clients()]
  deals = rows.flatMap(row => row.deals)
})

const clientsWith = (fits: (deal: DealRow) => boolean) => rows.filter(row => row.deals.some(fits)).length

function costOf(source: string) {
  const spend = [...demo.spend()].filter(row => row.source === source)
  const cost = spend.reduce((sum, row) => sum + row.cost, 0)
  const clicks = spend.reduce((sum, row) => sum + (row.clicks ?? 0), 0)
  const leads = clientsWith(deal => deal.source === source)
  const won = clientsWith(deal => deal.source === source && deal.status === 'won')
  return { cost, leads, won, cpc: cost / clicks, cpl: cost / leads, cac: cost / won }
}

/** Clients whose words are there, and whether they ask a question. */
function asking(question: string, fits: (row: ClientRows) => boolean): number {
  const heard = rows.filter(
    row =>
      fits(row) &&
      row.conversations.some(({ kind, utterances }) => kind !== 'comment' && utterances.length > 0),
  )
  const asked = heard.filter(row =>
    row.conversations.some(
      ({ kind, utterances }) =>
        kind !== 'comment' &&
        utterances.some(({ marks }) => marks.some(mark => mark.theme === `question:${question}`)),
    ),
  )
  return asked.length / heard.length
}

function sayingOf(theme: string, status: string): number {
  const heard = rows.flatMap(row =>
    row.deals
      .filter(deal => deal.status === status)
      .map(deal =>
        row.conversations.filter(talk => talk.about === deal.deal_id && talk.utterances.length > 0),
      )
      .filter(talks => talks.length > 0),
  )
  const saying = heard.filter(talks =>
    talks.some(({ utterances }) =>
      utterances.some(({ marks }) => marks.some(mark => mark.theme === theme && mark.kind !== 'decoy')),
    ),
  )
  return saying.length / heard.length
}

describe('planted effects', () => {
  it('a source with cheap clicks and leads has clients that cost twice as much', () => {
    const [cheap, dear] = [costOf('vk'), costOf('yandex')]
    expect(cheap.cpc).toBeLessThan(dear.cpc / 3)
    expect(cheap.cpl).toBeLessThan(dear.cpl * 0.7)
    expect(cheap.cac).toBeGreaterThan(dear.cac * 1.7)
    expect(cheap.leads).toBeGreaterThan(250)
  })

  it('a channel brings calls and costs money, but sells nothing to speak of', () => {
    const calls = rows
      .flatMap(row => row.conversations)
      .filter(talk => talk.kind === 'call' && talk.source === 'листовки')
    const { leads, won, cost } = costOf('листовки')
    expect(calls.length).toBeGreaterThan(100)
    expect(leads).toBeGreaterThan(100)
    expect(won).toBeLessThan(4)
    expect(cost).toBeGreaterThan(100_000)
  })

  it('a question fades when the FAQ answers it, another stays where the answer is poor', () => {
    const before = (row: ClientRows) => row.client.first_seen_at < '2026-04-15'
    const since = (row: ClientRows) => !before(row)
    expect(asking('included', before)).toBeGreaterThan(0.1)
    expect(asking('included', since)).toBeLessThan(asking('included', before) * 0.4)
    expect(asking('warranty', since)).toBeGreaterThan(asking('warranty', before) * 0.75)
    expect(asking('warranty', since)).toBeGreaterThan(0.08)
  })

  it('clients of the advertising that promises a price ask about it', () => {
    const from = (source: string) => (row: ClientRows) => row.deals[0]!.source === source
    expect(asking('ad_price', from('vk'))).toBeGreaterThan(0.2)
    expect(asking('ad_price', from('yandex'))).toBeLessThan(0.05)
  })

  it('won deals voice values that lost ones do not, and the reverse', () => {
    for (const theme of ['neat', 'polite', 'fixed_price', 'neighbours'])
      expect(sayingOf(`value:${theme}`, 'won')).toBeGreaterThan(sayingOf(`value:${theme}`, 'lost') * 3)
    expect(sayingOf('value:low_price', 'lost')).toBeGreaterThan(sayingOf('value:low_price', 'won') * 1.5)
    for (const theme of ['cheaper', 'distrust', 'not_now'])
      expect(sayingOf(`objection:${theme}`, 'lost')).toBeGreaterThan(
        sayingOf(`objection:${theme}`, 'won') * 2.5,
      )
    expect(sayingOf('objection:mess', 'won')).toBeGreaterThan(sayingOf('objection:mess', 'lost') * 1.5)
  })

  it('one manager sells markedly better', () => {
    const rate = (own: DealRow[]) => own.filter(deal => deal.status === 'won').length / own.length
    const best = deals.filter(deal => deal.manager === 'Анна Белова')
    expect(rate(best)).toBeGreaterThan(rate(deals.filter(deal => deal.manager !== 'Анна Белова')) * 1.4)
    expect(
      Math.min(
        ...demo.world.pack.managers.map(({ name }) => rate(deals.filter(deal => deal.manager === name))),
      ),
    ).toBe(rate(deals.filter(deal => deal.manager === 'Павел Лугов')))
  })

  it('a city and the business profiles have dearer deals', () => {
    const check = (fits: (row: ClientRows) => boolean) => {
      const won = rows.filter(fits).flatMap(row => row.deals.filter(deal => deal.status === 'won'))
      return won.reduce((sum, deal) => sum + deal.amount!, 0) / won.length
    }
    expect(check(row => row.client.city === 'Казань')).toBeGreaterThan(
      check(row => row.client.city !== 'Казань') * 1.3,
    )
    expect(check(row => row.client.kind === 'company')).toBeGreaterThan(
      check(row => row.client.kind === 'person') * 1.8,
    )
  })

  it('autumn and Mondays are busy, winter and Sundays are not', () => {
    const count = (fits: (day: string) => boolean) =>
      deals.filter(deal => fits(deal.created_at.slice(0, 10))).length
    const weekday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay()
    expect(count(day => weekday(day) === 1)).toBeGreaterThan(count(day => weekday(day) === 0) * 1.8)
    expect(count(day => /^2025-(?:09|10)/.test(day))).toBeGreaterThan(
      count(day => /^2026-(?:01|02)/.test(day)) * 1.8,
    )
  })

  it('personas differ in what they are and what they ask', () => {
    const personas = demo.world.pack.personas
    for (const { key, share, profiles } of personas) {
      const own = rows.filter(row => row.client.persona === key)
      expect(Math.abs(own.length / rows.length - share)).toBeLessThan(0.03)
      const main = Object.entries(profiles).sort((a, b) => b[1] - a[1])[0]![0]
      expect(own.filter(row => row.client.profile === main).length / own.length).toBeGreaterThan(0.55)
    }
    for (const [persona, question] of [
      ['newhome', 'child_lock'],
      ['quiet', 'pension'],
      ['dacha', 'out_of_town'],
      ['design', 'colour'],
      ['office', 'documents'],
      ['housing', 'deferral'],
    ] as const) {
      const own = asking(question, row => row.client.persona === persona)
      expect(own).toBeGreaterThan(asking(question, row => row.client.persona !== persona) * 4)
    }
  })

  it('is told in the truth with the numbers of these rows', async () => {
    const { describeEffects } = await import('../../data/demo/generator/effects.ts')
    const effects = new Map(describeEffects(demo).map(effect => [effect.name, effect]))
    const measured = (name: string) => effects.get(name)!.measured
    expect(measured('cheap_clicks_dear_clients').cacRatio).toBeCloseTo(
      costOf('vk').cac / costOf('yandex').cac,
      2,
    )
    expect(measured('calls_without_sales').won).toBe(costOf('листовки').won)
    expect(measured('values_of_won_deals')['neat:won']).toBeCloseTo(sayingOf('value:neat', 'won'), 2)
    expect([...effects.keys()]).toEqual([
      'cheap_clicks_dear_clients',
      'calls_without_sales',
      'question_fades',
      'question_persists',
      'advertised_price_confuses',
      'values_of_won_deals',
      'values_of_lost_deals',
      'objections_of_won_deals',
      'objections_of_lost_deals',
      'strong_manager',
      'dear_city',
      'season',
    ])
  })
})
