/** A period's numbers, all from facts: of the whole, and by spans of time for a trend. */
import { quantiles } from '../lib/quantiles.ts'
import { raw } from '../store/sql.ts'
import { addRow, type Deals, readDealColumns, readDeals } from './deals.ts'
import type { MetricId, View } from './definitions.ts'
import { readGroups } from './groups.ts'
import { measure } from './measures.ts'
import { chooseRule, type Money, type MoneyRule, type Rates, settle } from './money.ts'
import { type Facts, type Filter, ofSources, rowsOf } from './query.ts'
import { NO_SPEND, readSpendSums, type SpendSums } from './spend.ts'
import { closeTally, createTally, type Tally } from './tally.ts'

export type Values = Record<MetricId, number | null>

export interface Totals {
  values: Values
  tally: Tally
  /** The same by spans of time, where they were asked for. */
  spans: ReadonlyMap<string, Tally>
  interval: [number, number]
  /** Purchases with a sum: what the average is of. */
  priced: number
  rule: MoneyRule
  left: { revenue: Money; cost: Money }
  /** The cycle's quartiles, in days. */
  cycle: { low: number | null; median: number | null; high: number | null; n: number }
  spend: SpendSums
}

export interface TotalsQuery {
  filter: Filter
  view: View
  currency: string
  rates: Rates
  /** Metrics that will be looked at, all by default: what only others need is not read, and stays null. */
  wanted?: ReadonlySet<MetricId>
  /** Parts the period for a trend. */
  spanOf?: (day: string) => string
}

const ofSpend: MetricId[] = ['spend', 'impressions', 'reach', 'clicks', 'cpc', 'cpl', 'cac', 'romi']
const ofTalks: MetricId[] = ['contacts', 'missed', 'lost']

/** Metrics of a period. Sums are in units of the rule's main currency; null where nothing is known. */
export async function readTotals(facts: Facts, query: TotalsQuery): Promise<Totals> {
  const { filter, view, wanted, spanOf } = query
  const wants = (...ids: MetricId[]) => !wanted || ids.some(id => wanted.has(id))
  const noTalks: Talks = { contacts: 0, missed: 0, lost: 0 }
  const [courses, spend, visits, talks, cycles] = await Promise.all([
    readCourses(facts, filter, {
      calendar: view === 'calendar',
      taken: wants('sql'),
      ...(spanOf && { spanOf }),
    }),
    wants(...ofSpend) ? readSpendSums(facts, filter) : NO_SPEND,
    wants('visits') ? countVisits(facts, filter) : null,
    wants(...ofTalks) ? countTalks(facts, filter) : noTalks,
    wants('cycle') ? readCycles(facts, filter, view) : new Map<number, number>(),
  ])
  const { total: tally, spans } = courses[view]
  const rule = chooseRule(query.currency, query.rates, [tally.revenue, spend.cost])
  const cost = settle(spend.cost, rule)
  const mixed = Object.keys(cost.left).length > 0
  const measures = measure(tally, spend.known ? cost.minor : null, rule)
  const per = (n: number | null) => (spend.known && !mixed && n ? cost.minor / 100 / n : null)
  const [low, median, high] = quantiles([...cycles.keys()], [...cycles.values()], [0.25, 0.5, 0.75])
  return {
    tally,
    spans,
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
      spend: spend.known ? cost.minor / 100 : null,
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

/** Deals of a period as tallies: of all, and by spans of time. A client counts once in each. */
export interface Course {
  total: Tally
  spans: Map<string, Tally>
}

export interface Courses {
  /** All by the day on which the deal was created. */
  cohort: Course
  /** Each step by the day on which it happened; empty where it was not asked for. */
  calendar: Course
}

interface CourseQuery {
  calendar: boolean
  /** Whether the calendar's SQL are counted: they are the dearest to read. */
  taken: boolean
  spanOf?: (day: string) => string
}

/** Both views of a period in one reading. */
export async function readCourses(
  facts: Facts,
  filter: Filter,
  { calendar, taken, spanOf }: CourseQuery,
): Promise<Courses> {
  const created = createSpans(spanOf)
  const closed = createSpans(spanOf)
  const qualified = createTaken()
  await Promise.all([
    readDeals(facts, { filter, keys: {} }, deals => created.add(deals)),
    ...(calendar
      ? [readDeals(facts, { filter, by: 'closed_day', keys: {}, only: 'won' }, deals => closed.add(deals))]
      : []),
    ...(calendar && taken ? [readQualified(facts, filter, spanOf, qualified)] : []),
  ])
  const [came, won] = [created.close(), closed.close()]
  const join = (from: Tally | undefined, to: Tally | undefined, clients: Taken | undefined): Tally => {
    const { leads, mql, open, deals } = from ?? createTally()
    return {
      ...(to ?? createTally()),
      leads,
      mql,
      open,
      deals,
      sql: clients ? clients.single + clients.several.size : 0,
    }
  }
  const names = calendar
    ? new Set([...came.spans.keys(), ...won.spans.keys(), ...qualified.spans.keys()])
    : []
  const spans = [...names].map(
    name => [name, join(came.spans.get(name), won.spans.get(name), qualified.spans.get(name))] as const,
  )
  return {
    cohort: came,
    calendar: { total: join(came.total, won.total, qualified.total), spans: new Map(spans) },
  }
}

function createSpans(spanOf: ((day: string) => string) | undefined) {
  const total = createTally()
  const spans = new Map<string, Tally>()
  const byDay = new Map<string, Tally>()
  const at = (day: string): Tally => {
    let tally = byDay.get(day)
    if (!tally) {
      const name = spanOf!(day)
      tally = spans.get(name) ?? createTally()
      spans.set(name, tally)
      byDay.set(day, tally)
    }
    return tally
  }
  return {
    add(deals: Deals<never>): void {
      for (let i = 0; i < deals.size; i++) {
        addRow(total, deals, i)
        if (spanOf) addRow(at(deals.days[i]!), deals, i)
      }
    },
    close(): Course {
      for (const tally of spans.values()) closeTally(tally)
      return { total: closeTally(total), spans }
    },
  }
}

/** Clients that were qualified: those with one deal, counted, and those with several, who may be met again. */
interface Taken {
  single: number
  several: Set<string>
}

const createTaken = () => ({
  total: { single: 0, several: new Set<string>() } as Taken,
  spans: new Map<string, Taken>(),
})

async function readQualified(
  facts: Facts,
  filter: Filter,
  spanOf: ((day: string) => string) | undefined,
  { total, spans }: ReturnType<typeof createTaken>,
): Promise<void> {
  const add = (taken: Taken, client: string | null, count: number) => {
    if (client === null) taken.single += count
    else taken.several.add(client)
  }
  await readDealColumns(
    facts,
    { filter, by: 'qualified_day', keys: { client: 'client' } },
    false,
    ({ size, days, keys, counts }) => {
      for (let i = 0; i < size; i++) {
        const client = keys.client[i] as string | null
        add(total, client, counts[i]!)
        if (!spanOf) continue
        const span = spanOf(days[i]!)
        const taken = spans.get(span) ?? { single: 0, several: new Set() }
        spans.set(span, taken)
        add(taken, client, counts[i]!)
      }
    },
  )
}

/** The day of the first deal; null without any. */
export async function readFirstDay(facts: Facts): Promise<string | null> {
  const [row] = await rowsOf<{ first: string | null }>(facts, raw('select min(d.day) as first from deals d'))
  return row?.first ?? null
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
  await readDealColumns(
    facts,
    { filter, by: view === 'cohort' ? 'day' : 'closed_day', keys: { days: 'cycle_days' }, only: 'won' },
    false,
    ({ size, keys, counts }) => {
      for (let i = 0; i < size; i++) {
        const days = keys.days[i] as number | null
        if (days === null || days < 0) continue
        cycles.set(days, (cycles.get(days) ?? 0) + counts[i]!)
      }
    },
  )
  return cycles
}
