/**
 * Every metric once more, the plain way: loops over the generator's rows, sets of clients, nothing of server/metrics.
 * Slow on purpose and written from the definitions, so that agreeing with it means something.
 */

import type { DealRow } from '../../data/demo/generator/rows.ts'
import { addDays, daysBetween, weekOf } from '../../server/lib/dates.ts'
import type { DemoRows } from '../support/demo-rows.ts'

export interface Span {
  from: string
  to: string
}

const JUNK = ['Спам', 'Нецелевой', 'Не наш регион']
const day = (moment: string | null) => moment?.slice(0, 10) ?? null
const inside = (at: string | null, { from, to }: Span) => at !== null && at >= from && at <= to

export const isWon = (deal: DealRow) => deal.status === 'won'
const isSql = (deal: DealRow) => deal.qualified_at !== null || isWon(deal)
const isMql = (deal: DealRow) =>
  isSql(deal) || !(deal.status === 'lost' && deal.loss_reason !== null && JUNK.includes(deal.loss_reason))

export function allDeals(rows: DemoRows): DealRow[] {
  return rows.clients.flatMap(client => client.deals)
}

/** Purchases of each client in the order of their closing. */
function purchases(rows: DemoRows): Map<string, DealRow[]> {
  return new Map(
    rows.clients.map(({ client, deals }) => [
      client.client_id,
      deals.filter(isWon).sort((a, b) => (a.closed_at! < b.closed_at! ? -1 : 1)),
    ]),
  )
}

const clientsOf = (deals: readonly DealRow[]) => new Set(deals.map(deal => deal.client_id)).size
const kopecks = (units: number) => Math.round(units * 100)
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)

function middle(numbers: readonly number[]): number | null {
  const sorted = [...numbers].sort((a, b) => a - b)
  if (sorted.length === 0) return null
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

const known = new Map<string, unknown>()

/** Remembers what was computed: both databases are held to the same numbers. */
function once<T>(name: string, compute: () => T): T {
  if (!known.has(name)) known.set(name, compute())
  return known.get(name) as T
}

/** Sales counted by the day the lead came (`cohort`), or each on its own day. */
export function recompute(rows: DemoRows, span: Span, view: 'cohort' | 'calendar', sources: string[] = []) {
  return once(JSON.stringify([span, view, sources]), () => computeTotals(rows, span, view, sources))
}

function computeTotals(rows: DemoRows, span: Span, view: 'cohort' | 'calendar', sources: string[]) {
  const fits = <T extends { source: string | null }>(row: T) =>
    sources.length === 0 || (row.source !== null && sources.includes(row.source))
  const deals = allDeals(rows).filter(fits)
  const came = deals.filter(deal => inside(day(deal.created_at), span))
  const sold =
    view === 'cohort'
      ? came.filter(isWon)
      : deals.filter(deal => isWon(deal) && inside(day(deal.closed_at), span))
  const taken =
    view === 'cohort'
      ? came.filter(isSql)
      : deals.filter(deal => inside(day(deal.qualified_at ?? (isWon(deal) ? deal.closed_at : null)), span))
  const bought = purchases(rows)
  const place = (deal: DealRow) => bought.get(deal.client_id)!.indexOf(deal)
  const spend = rows.spend.filter(row => inside(row.day, span) && fits(row))
  const cost = sum(spend.map(row => kopecks(row.cost))) / 100
  const clicks = sum(spend.map(row => row.clicks ?? 0))
  const talks = rows.clients
    .flatMap(client => client.conversations)
    .filter(
      talk =>
        talk.kind !== 'comment' &&
        talk.direction !== 'out' &&
        inside(day(talk.started_at), span) &&
        fits(talk),
    )
  const missed = talks.filter(talk => talk.is_missed === 1)
  const talksOf = once(
    'talks',
    () => new Map(rows.clients.map(one => [one.client.client_id, one.conversations])),
  )
  const lost = missed.filter(
    call =>
      !talksOf
        .get(call.client_id)!
        .some(
          talk =>
            !['comment', 'form'].includes(talk.kind) &&
            talk.is_missed === 0 &&
            talk.started_at >= call.started_at,
        ),
  )
  const leads = clientsOf(came)
  const won = clientsOf(sold)
  const fresh = clientsOf(sold.filter(deal => place(deal) === 0))
  const revenue = sum(sold.map(deal => kopecks(deal.amount ?? 0))) / 100
  const priced = sold.filter(deal => (deal.amount ?? 0) > 0)
  return {
    spend: cost,
    impressions: sum(spend.map(row => row.impressions ?? 0)),
    reach: sum(spend.map(row => row.reach ?? 0)),
    clicks,
    visits: rows.clients
      .flatMap(client => client.visits)
      .filter(visit => inside(day(visit.started_at), span) && fits(visit)).length,
    contacts: talks.length,
    missed: missed.length,
    lost: lost.length,
    leads,
    mql: clientsOf(came.filter(isMql)),
    sql: clientsOf(taken),
    won,
    fresh,
    again: clientsOf(sold.filter(deal => place(deal) < bought.get(deal.client_id)!.length - 1)),
    purchases: sold.length,
    revenue,
    check: priced.length > 0 ? sum(priced.map(deal => kopecks(deal.amount!))) / 100 / priced.length : null,
    per_lead: leads > 0 ? revenue / leads : null,
    per_client: won > 0 ? revenue / won : null,
    conversion: leads > 0 ? won / leads : null,
    cpc: clicks > 0 ? cost / clicks : null,
    cpl: leads > 0 ? cost / leads : null,
    cac: fresh > 0 ? cost / fresh : null,
    romi: cost > 0 ? (revenue - cost) / cost : null,
    cycle: middle(sold.map(deal => daysBetween(day(deal.created_at)!, day(deal.closed_at)!))),
  }
}

/** Kopecks, not whole, that each deal of a span costs, by going through all deals for every row of spend. */
interface Costs {
  byDeal: Map<string, number>
  unattributed: number
}

export function costDeals(rows: DemoRows, span: Span): Costs {
  return once(`costs ${JSON.stringify(span)}`, () => computeCosts(rows, span))
}

function computeCosts(rows: DemoRows, span: Span): Costs {
  const deals = allDeals(rows).filter(deal => inside(day(deal.created_at), span))
  const bySource = Map.groupBy(deals, deal => deal.source)
  const byDeal = new Map<string, number>()
  let unattributed = 0
  for (const row of rows.spend.filter(one => inside(one.day, span))) {
    const own = bySource.get(row.source) ?? []
    const sameCampaign = (deal: DealRow) => deal.campaign === row.campaign
    const keys = [
      (deal: DealRow) => row.keyword !== null && deal.keyword === row.keyword && sameCampaign(deal),
      (deal: DealRow) => row.content !== null && deal.content === row.content && sameCampaign(deal),
      sameCampaign,
      () => true,
    ]
    const times = [
      (deal: DealRow) => day(deal.created_at) === row.day,
      (deal: DealRow) => weekOf(day(deal.created_at)!) === weekOf(row.day),
      (deal: DealRow) => deal.created_at.slice(0, 7) === row.day.slice(0, 7),
      () => true,
    ]
    const brought = keys.map(key => own.filter(key)).find(list => list.length > 0)
    if (!brought) {
      unattributed += kopecks(row.cost)
      continue
    }
    const payers = times.map(time => brought.filter(time)).find(list => list.length > 0)!
    for (const deal of payers)
      byDeal.set(deal.deal_id, (byDeal.get(deal.deal_id) ?? 0) + kopecks(row.cost) / payers.length)
  }
  return { byDeal, unattributed }
}

/** Segments by a field of a deal or its client. */
export function segmentsBy(rows: DemoRows, span: Span, partOf: (deal: DealRow) => string | null) {
  const deals = allDeals(rows).filter(deal => inside(day(deal.created_at), span))
  const bought = purchases(rows)
  const { byDeal, unattributed } = costDeals(rows, span)
  const parts = [...Map.groupBy(deals, partOf)].map(([name, own]) => ({
    name,
    leads: clientsOf(own),
    mql: clientsOf(own.filter(isMql)),
    sql: clientsOf(own.filter(isSql)),
    won: clientsOf(own.filter(isWon)),
    fresh: clientsOf(own.filter(deal => isWon(deal) && bought.get(deal.client_id)!.indexOf(deal) === 0)),
    revenue: sum(own.filter(isWon).map(deal => kopecks(deal.amount ?? 0))) / 100,
    cost: sum(own.map(deal => byDeal.get(deal.deal_id) ?? 0)),
  }))
  return { parts, unattributed }
}

/** Clients of each month's leads, and how many of them had bought so many months after. */
export function cohortsOf(rows: DemoRows, lastMonth: string) {
  const deals = allDeals(rows)
  const months = [...new Set(deals.map(deal => deal.created_at.slice(0, 7)))].sort()
  const index = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5))
  return months.map(month => {
    const own = deals.filter(deal => deal.created_at.startsWith(month))
    const ages = index(lastMonth) - index(month)
    const wonBy = Array.from({ length: ages + 1 }, (_, age) =>
      clientsOf(own.filter(deal => isWon(deal) && index(deal.closed_at!.slice(0, 7)) - index(month) <= age)),
    )
    const soldThen = deals.filter(deal => isWon(deal) && deal.closed_at!.startsWith(month))
    return {
      month,
      leads: clientsOf(own),
      won: clientsOf(own.filter(isWon)),
      wonBy,
      revenue: sum(own.filter(isWon).map(deal => kopecks(deal.amount ?? 0))) / 100,
      calendar: {
        won: clientsOf(soldThen),
        revenue: sum(soldThen.map(deal => kopecks(deal.amount ?? 0))) / 100,
      },
    }
  })
}

/** The days of a month. */
export function monthSpan(month: string): Span {
  const [year, number] = month.split('-').map(Number) as [number, number]
  const next = number === 12 ? `${year + 1}-01-01` : `${year}-${String(number + 1).padStart(2, '0')}-01`
  return { from: `${month}-01`, to: addDays(next, -1) }
}
