/** Small companies at random, with all that goes wrong in real ones; and their numbers by loops over the rows. */
import { addDays, daysBetween, weekOf } from '../../server/lib/dates.ts'
import { createRandom } from '../../server/lib/random.ts'
import type { Row } from '../../server/store/schema.ts'

type Deal = Row<'deals'>
type Visit = Row<'visits'>
type Spend = Row<'spend'>
export interface Company {
  clients: Partial<Row<'clients'>>[]
  deals: Partial<Deal>[]
  deal_tags: Row<'deal_tags'>[]
  visits: Partial<Visit>[]
  spend: Partial<Spend>[]
}
export interface Question {
  from: string
  to: string
  sources: string[]
}

const FIRST = '2026-01-20'
const DAYS = 70
export const RATES = { USD: 90.5 }
const whenOf = (day: string | null) => ({
  day,
  week: day && weekOf(day),
  month: day?.slice(0, 7) ?? null,
})

/** A company of up to six clients and a question about it; the same for a seed. */
export function makeCompany(seed: number): { company: Company; question: Question } {
  const random = createRandom(seed)
  const pick = <T>(...values: T[]) => values[random.integer(values.length)]!
  const marks = () => {
    const source = pick('vk', 'yandex', 'yandex', null)
    return {
      source,
      medium: pick('cpc', null),
      campaign: pick('Лето', ' лето', 'Окна', null),
      content: pick('а', null, null),
      keyword: pick('цена', null),
    }
  }
  const day = () => addDays(FIRST, random.integer(DAYS))
  const company: Company = { clients: [], deals: [], deal_tags: [], visits: [], spend: [] }
  for (let c = 0, n = 1 + random.integer(6); c < n; c++) {
    const client_id = `crm:${c}`
    const city = pick('Самара', 'Казань', null)
    company.clients.push({ client_id, alias: c + 1, city })
    for (let d = random.integer(5); d > 0; d--) {
      const deal_id = `${client_id}:${d}`
      const created = random.next() < 0.1 ? null : day()
      const status = pick('won', 'won', 'lost', 'open')
      const closed = status === 'open' || random.next() < 0.1 ? null : day()
      company.deals.push({
        client_id,
        deal_id,
        status,
        amount: pick(null, 0, 100.1, 2_500, 33_333.33, -500.55),
        currency: pick('RUB', 'RUB', null, 'USD'),
        product: pick('окна', 'балкон', null),
        ...marks(),
        created_at: created && `${created} 12:00:00`,
        qualified_at: random.next() < 0.4 ? `${day()} 13:00:00` : null,
        closed_at: closed && `${closed} 11:00:00`,
        loss_reason: status === 'lost' ? pick('дорого', 'Спам', null) : null,
        ...whenOf(created),
      })
      for (const tag of ['а', 'б'])
        if (random.next() < 0.3) company.deal_tags.push({ client_id, deal_id, tag })
    }
    for (let v = random.integer(4); v > 0; v--) {
      const at = day()
      // No two at one time: which of them was first nobody could say.
      const started_at = `${at} 10:${String(v).padStart(2, '0')}:00`
      company.visits.push({
        client_id,
        visit_id: `${client_id}:v${v}`,
        started_at,
        ...marks(),
        ...whenOf(at),
      })
    }
  }
  for (let s = 0, n = random.integer(10); s < n; s++) {
    const cost = pick(1000, 333.33, 0.01, -50, null)
    company.spend.push({ row_id: `s${s}`, ...marks(), ...whenOf(day()), cost, currency: 'RUB', clicks: 5 })
  }
  const from = day()
  const question = { from, to: addDays(from, random.integer(DAYS)), sources: pick([], [], ['yandex']) }
  return { company, question }
}

const day = (moment: string | null | undefined) => moment?.slice(0, 10) ?? null
const inside = (at: string | null | undefined, { from, to }: Question) => at != null && at >= from && at <= to
const fits = (row: { source?: string | null }, { sources }: Question) =>
  sources.length === 0 || (row.source != null && sources.includes(row.source))
const clientsOf = (deals: readonly Partial<Deal>[]) => new Set(deals.map(deal => deal.client_id)).size
const kopecks = (units: number | null | undefined) => Math.round((units ?? 0) * 100)

const isRefund = (deal: Partial<Deal>) => deal.status === 'won' && (deal.amount ?? 0) < 0
const isBought = (deal: Partial<Deal>) => deal.status === 'won' && !isRefund(deal)
const isSql = (deal: Partial<Deal>) => deal.qualified_at !== null || deal.status === 'won'
const isMql = (deal: Partial<Deal>) => isSql(deal) || deal.loss_reason !== 'Спам'
const takenOn = (deal: Partial<Deal>) =>
  day(deal.qualified_at ?? (deal.status === 'won' ? deal.closed_at : null))

/** Purchases of a client in order: by closing, or creation where nobody knows that; then as they were created. */
function purchasesOf(company: Company, client: string): Partial<Deal>[] {
  const text = (value: string | null | undefined) => value ?? ''
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
  return company.deals
    .filter(deal => deal.client_id === client && isBought(deal))
    .sort(
      (a, b) =>
        compare(text(a.closed_at ?? a.created_at), text(b.closed_at ?? b.created_at)) ||
        compare(text(a.created_at), text(b.created_at)) ||
        compare(a.deal_id!, b.deal_id!),
    )
}

/** Kopecks of roubles: every currency apart, then by its rate. */
function revenueOf(deals: readonly Partial<Deal>[]): number {
  const of = (usd: boolean) =>
    deals
      .filter(deal => deal.status === 'won' && (deal.currency === 'USD') === usd)
      .reduce((sum, deal) => sum + kopecks(deal.amount), 0)
  return of(false) + Math.round(of(true) * RATES.USD)
}

/** Counts and sums of deals that came in the period. */
export function countDeals(company: Company, deals: readonly Partial<Deal>[]) {
  const leads = deals.filter(deal => !isRefund(deal))
  const bought = leads.filter(isBought)
  const place = (deal: Partial<Deal>) => purchasesOf(company, deal.client_id!).indexOf(deal)
  return {
    leads: clientsOf(leads),
    mql: clientsOf(leads.filter(isMql)),
    sql: clientsOf(leads.filter(isSql)),
    won: clientsOf(bought),
    fresh: clientsOf(bought.filter(deal => place(deal) === 0)),
    again: clientsOf(bought.filter(deal => place(deal) < purchasesOf(company, deal.client_id!).length - 1)),
    purchases: bought.length,
    revenue: revenueOf(deals) / 100,
  }
}

export function cameIn(company: Company, question: Question): Partial<Deal>[] {
  return company.deals.filter(deal => inside(deal.day, question) && fits(deal, question))
}

/** The period's numbers in both views. */
export function countTotals(company: Company, question: Question, view: 'cohort' | 'calendar') {
  const came = cameIn(company, question)
  const own = countDeals(company, came)
  const mine = company.deals.filter(deal => fits(deal, question))
  const sold =
    view === 'cohort'
      ? came
      : mine.filter(deal => deal.status === 'won' && inside(day(deal.closed_at), question))
  const taken = mine.filter(deal => !isRefund(deal) && inside(takenOn(deal), question))
  const later = countDeals(company, sold)
  const cycles = sold
    .filter(deal => isBought(deal) && deal.created_at && deal.closed_at)
    .map(deal => daysBetween(day(deal.created_at)!, day(deal.closed_at)!))
    .filter(days => days >= 0)
  return {
    ...later,
    leads: own.leads,
    mql: own.mql,
    sql: view === 'cohort' ? own.sql : clientsOf(taken),
    cycle: middle(cycles),
    visits:
      company.visits.length === 0
        ? null
        : company.visits.filter(visit => inside(visit.day, question) && fits(visit, question)).length,
  }
}

function middle(numbers: readonly number[]): number | null {
  const sorted = [...numbers].sort((a, b) => a - b)
  if (sorted.length === 0) return null
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2
}

interface Touch {
  deal: Partial<Deal>
  by: Partial<Deal> | Partial<Visit>
  weight: number
}

function touchesOf(company: Company, question: Question, model: 'last' | 'first' | 'linear'): Touch[] {
  return cameIn(company, question)
    .filter(deal => !isRefund(deal))
    .flatMap(deal => {
      const visits = company.visits
        .filter(
          visit =>
            visit.client_id === deal.client_id &&
            visit.source !== null &&
            visit.started_at! <= deal.created_at!,
        )
        .sort((a, b) => (a.started_at! < b.started_at! ? -1 : 1))
      if (model === 'last' || visits.length === 0) return [{ deal, by: deal, weight: 1 }]
      const chosen = model === 'first' ? visits.slice(0, 1) : visits
      return chosen.map(by => ({ deal, by, weight: 1 / chosen.length }))
    })
}

/** Kopecks, not whole, of each deal, by asking every touch about every row of spend. */
export function costOf(company: Company, question: Question, model: 'last' | 'first' | 'linear') {
  const touches = touchesOf(company, question, model)
  const same = (a: string | null | undefined, b: string | null | undefined) =>
    (a ?? '').trim().toLowerCase() === (b ?? '').trim().toLowerCase()
  const byDeal = new Map<string, number>()
  let unattributed = 0
  for (const row of company.spend) {
    if (row.cost === null || !inside(row.day, question) || !fits(row, question)) continue
    const own = row.source === null ? [] : touches.filter(({ by }) => same(by.source, row.source))
    const has = (mark: 'keyword' | 'content' | 'campaign' | 'medium') => (touch: Touch) =>
      row[mark] !== null && touch.by[mark] !== null && same(touch.by[mark], row[mark])
    const inCampaign = ({ by }: Touch) => same(by.campaign, row.campaign)
    const ladders: ((touch: Touch) => boolean)[] = [
      touch => has('keyword')(touch) && inCampaign(touch),
      touch => has('content')(touch) && inCampaign(touch),
      has('campaign'),
      has('medium'),
      ({ by }) => row.medium === null || by.medium === null,
    ]
    const brought = ladders.map(rung => own.filter(rung)).find(list => list.length > 0)
    if (!brought) {
      unattributed += kopecks(row.cost)
      continue
    }
    const nets: ((touch: Touch) => boolean)[] = [
      ({ by }) => by.day === row.day,
      ({ by }) => by.week === row.week,
      ({ by }) => by.month === row.month,
      () => true,
    ]
    const payers = nets.map(net => brought.filter(net)).find(list => list.length > 0)!
    const weight = payers.reduce((sum, payer) => sum + payer.weight, 0)
    for (const { deal, weight: own } of payers)
      byDeal.set(deal.deal_id!, (byDeal.get(deal.deal_id!) ?? 0) + (kopecks(row.cost) * own) / weight)
  }
  return { byDeal, unattributed }
}
