/** A period's numbers, all from facts: of the whole, and by spans of time for a trend. */
import { quantiles } from '../lib/quantiles.ts'
import { raw } from '../store/sql.ts'
import { addRow, readDeals } from './deals.ts'
import type { MetricId, View } from './definitions.ts'
import { readGroups } from './groups.ts'
import { measure } from './measures.ts'
import { chooseRule, type Money, type MoneyRule, type Rates, settle } from './money.ts'
import { type Facts, type Filter, ofSources, rowsOf } from './query.ts'
import { readSpend, type Spend } from './spend.ts'
import { closeTally, createTally, type Tally } from './tally.ts'

export type Values = Record<MetricId, number | null>

export interface Totals {
  values: Values
  tally: Tally
  interval: [number, number]
  /** Purchases with a sum: what the average is of. */
  priced: number
  rule: MoneyRule
  left: { revenue: Money; cost: Money }
  /** The cycle's quartiles, in days. */
  cycle: { low: number | null; median: number | null; high: number | null; n: number }
  spend: Spend
}

export interface TotalsQuery {
  filter: Filter
  view: View
  currency: string
  rates: Rates
}

/** Every metric of a period. Sums are in units of the rule's main currency; null where nothing is known. */
export async function readTotals(facts: Facts, query: TotalsQuery): Promise<Totals> {
  const { filter, view } = query
  const [tally, spend, visits, talks, cycles] = await Promise.all([
    readTally(facts, filter, view),
    readSpend(facts, filter, false),
    countVisits(facts, filter),
    countTalks(facts, filter),
    readCycles(facts, filter, view),
  ])
  const rule = chooseRule(query.currency, query.rates, [tally.revenue, spend.cost])
  const cost = settle(spend.cost, rule)
  const known = spend.cells.length > 0
  const mixed = Object.keys(cost.left).length > 0
  const measures = measure(tally, known ? cost.minor : null, rule)
  const per = (n: number | null) => (known && !mixed && n ? cost.minor / 100 / n : null)
  const [low, median, high] = quantiles([...cycles.keys()], [...cycles.values()], [0.25, 0.5, 0.75])
  return {
    tally,
    spend,
    rule,
    interval: measures.interval,
    priced: measures.priced,
    left: { revenue: measures.left, cost: cost.left },
    cycle: {
      low: low ?? null,
      median: median ?? null,
      high: high ?? null,
      n: [...cycles.values()].reduce((sum, n) => sum + n, 0),
    },
    values: {
      spend: known ? cost.minor / 100 : null,
      impressions: spend.impressions,
      reach: spend.reach,
      clicks: spend.clicks,
      visits,
      contacts: talks.contacts,
      missed: talks.missed,
      lost: talks.lost,
      leads: measures.leads,
      mql: measures.mql,
      sql: measures.sql,
      won: measures.won,
      fresh: measures.fresh,
      again: measures.again,
      purchases: measures.purchases,
      revenue: measures.revenue,
      check: measures.check,
      per_lead: measures.perLead,
      per_client: measures.perClient,
      conversion: measures.conversion,
      cpc: per(spend.clicks),
      cpl: per(measures.leads),
      cac: per(measures.fresh),
      romi: mixed ? null : measures.romi,
      cycle: median ?? null,
    },
  }
}

/** Deals of a period as one tally: by the day they were created, or each step by the day it happened. */
export async function readTally(facts: Facts, filter: Filter, view: View): Promise<Tally> {
  const spans = await readSpans(facts, filter, view, () => '')
  return spans.get('') ?? createTally()
}

/** Tallies by spans of time. A client counts once in each span. */
export async function readSpans(
  facts: Facts,
  filter: Filter,
  view: View,
  spanOf: (day: string) => string,
): Promise<Map<string, Tally>> {
  const created = createSpans(spanOf)
  const closed = createSpans(spanOf)
  const qualified = new Map<string, Set<string>>()
  await Promise.all([
    readDeals(facts, { filter, keys: {} }, deals => {
      for (let i = 0; i < deals.size; i++) addRow(created.at(deals.days[i]!), deals, i)
    }),
    ...(view === 'cohort'
      ? []
      : [
          readDeals(
            facts,
            { filter, by: 'closed_day', keys: {}, where: [raw("d.status = 'won'")] },
            deals => {
              for (let i = 0; i < deals.size; i++) addRow(closed.at(deals.days[i]!), deals, i)
            },
          ),
          readQualified(facts, filter, spanOf, qualified),
        ]),
  ])
  if (view === 'cohort') return created.close()
  const [came, won] = [created.close(), closed.close()]
  const spans = new Set([...came.keys(), ...won.keys(), ...qualified.keys()])
  return new Map(
    [...spans].map(span => {
      const { leads, mql, open, deals } = came.get(span) ?? createTally()
      return [
        span,
        { ...(won.get(span) ?? createTally()), leads, mql, open, deals, sql: qualified.get(span)?.size ?? 0 },
      ]
    }),
  )
}

function createSpans(spanOf: (day: string) => string) {
  const tallies = new Map<string, Tally>()
  const byDay = new Map<string, Tally>()
  return {
    at(day: string): Tally {
      const known = byDay.get(day)
      if (known) return known
      const span = spanOf(day)
      const tally = tallies.get(span) ?? createTally()
      tallies.set(span, tally)
      byDay.set(day, tally)
      return tally
    },
    close(): Map<string, Tally> {
      for (const tally of tallies.values()) closeTally(tally)
      return tallies
    },
  }
}

async function readQualified(
  facts: Facts,
  filter: Filter,
  spanOf: (day: string) => string,
  into: Map<string, Set<string>>,
): Promise<void> {
  await readGroups(
    facts,
    {
      table: raw('deals d'),
      day: raw('d.qualified_day'),
      period: filter.period,
      where: ofSources(filter, 'd'),
      keys: { client: raw('d.client_id') },
      sums: {},
    },
    ({ size, days, keys }) => {
      for (let i = 0; i < size; i++) {
        const span = spanOf(days[i]!)
        const clients = into.get(span) ?? new Set()
        into.set(span, clients)
        clients.add(keys.client[i] as string)
      }
    },
  )
}

export async function countVisits(facts: Facts, filter: Filter): Promise<number | null> {
  const [row] = await rowsOf<{ first: string | null }>(facts, raw('select min(v.day) as first from visits v'))
  // Without a single visit there is no analytics, which is not the same as no visitors.
  if (!row?.first) return null
  let n = 0
  await readGroups(
    facts,
    {
      table: raw('visits v'),
      day: raw('v.day'),
      period: filter.period,
      where: ofSources(filter, 'v'),
      keys: {},
      sums: {},
    },
    ({ counts }) => {
      for (const count of counts) n += count
    },
  )
  return n
}

interface Talks {
  contacts: number
  missed: number
  lost: number
}

async function countTalks(facts: Facts, filter: Filter): Promise<Talks> {
  const talks: Talks = { contacts: 0, missed: 0, lost: 0 }
  await readGroups(
    facts,
    {
      table: raw('conversations c'),
      day: raw('c.day'),
      period: filter.period,
      where: [raw("c.kind <> 'comment' and coalesce(c.direction, 'in') = 'in'"), ...ofSources(filter, 'c')],
      keys: { state: raw('c.is_missed + case when c.is_lost = 1 then 1 else 0 end') },
      sums: {},
    },
    ({ size, keys, counts }) => {
      for (let i = 0; i < size; i++) {
        talks.contacts += counts[i]!
        if ((keys.state[i] as number) > 0) talks.missed += counts[i]!
        if ((keys.state[i] as number) > 1) talks.lost += counts[i]!
      }
    },
  )
  return talks
}

/** How many purchases took how many days. */
export async function readCycles(facts: Facts, filter: Filter, view: View): Promise<Map<number, number>> {
  const cycles = new Map<number, number>()
  await readGroups(
    facts,
    {
      table: raw('deals d'),
      day: raw(view === 'cohort' ? 'd.day' : 'd.closed_day'),
      period: filter.period,
      where: [raw("d.status = 'won' and d.cycle_days >= 0"), ...ofSources(filter, 'd')],
      keys: { days: raw('d.cycle_days') },
      sums: {},
    },
    ({ size, keys, counts }) => {
      for (let i = 0; i < size; i++) {
        const days = keys.days[i] as number
        cycles.set(days, (cycles.get(days) ?? 0) + counts[i]!)
      }
    },
  )
  return cycles
}
