/** What the sales team answers for: who sells how well and how fast, and how long clients waited. */
import { quantiles } from '../lib/quantiles.ts'
import { raw, sql } from '../store/sql.ts'
import { dimensionOf } from './dimensions.ts'
import { readGroups } from './groups.ts'
import { allOf, type Facts, type Filter, ofSources, rowsOf } from './query.ts'
import { readSegments, type SegmentQuery, type Segments } from './segments.ts'

/** From so many seconds on a client had to wait; an answered call is no wait. */
export const WAITED_FROM = 120

export interface Waits {
  /** Leads of the period that got in touch at all. */
  leads: number
  /** Those with whom nobody spoke at once, and the median and quartiles of their wait, in seconds. */
  waited: number
  low: number | null
  median: number | null
  high: number | null
  /** Those with whom nobody has spoken yet. */
  never: number
}

export interface Sales {
  managers: Segments
  /** Median days from creation to winning, by manager. */
  cycles: Map<string | null, { median: number | null; n: number }>
  /** Deals of the period that are their client's first. */
  fresh: number
  waits: Waits
}

export async function readSales(facts: Facts, query: Omit<SegmentQuery, 'dimensions'>): Promise<Sales> {
  const { filter } = query
  const [managers, cycles, { fresh, contacted }, waits] = await Promise.all([
    readSegments(facts, { ...query, dimensions: [dimensionOf('manager')!] }),
    readManagerCycles(facts, filter),
    countLeads(facts, filter),
    readWaits(facts, filter),
  ])
  return { managers, cycles, fresh, waits: { leads: contacted, ...waits } }
}

async function readManagerCycles(facts: Facts, filter: Filter): Promise<Sales['cycles']> {
  const days = new Map<string | null, Map<number, number>>()
  await readGroups(
    facts,
    {
      table: raw('deals d'),
      day: raw('d.day'),
      period: filter.period,
      where: [raw("d.status = 'won' and d.cycle_days >= 0"), ...ofSources(filter, 'd')],
      keys: { manager: raw('d.manager'), days: raw('d.cycle_days') },
      sums: {},
    },
    ({ size, keys, counts }) => {
      for (let i = 0; i < size; i++) {
        const own = days.get(keys.manager[i] as string | null) ?? new Map<number, number>()
        days.set(keys.manager[i] as string | null, own)
        own.set(keys.days[i] as number, (own.get(keys.days[i] as number) ?? 0) + counts[i]!)
      }
    },
  )
  return new Map(
    [...days].map(([manager, own]) => [
      manager,
      {
        median: quantiles([...own.keys()], [...own.values()], [0.5])[0]!,
        n: [...own.values()].reduce((sum, n) => sum + n, 0),
      },
    ]),
  )
}

/** Deals of the period that are their client's first, and leads that got in touch: one look at each deal. */
async function countLeads(facts: Facts, filter: Filter): Promise<{ fresh: number; contacted: number }> {
  const { from, to } = filter.period
  const [row] = await rowsOf<{ fresh: number | null; contacted: number | null }>(
    facts,
    sql`select sum(case when d.previous_day is null then 1 else 0 end) as fresh,
      sum(case when d.contact_kind is not null then 1 else 0 end) as contacted
      from deals d where d.day between ${from} and ${to} and ${allOf(ofSources(filter, 'd'))}`,
  )
  return { fresh: row?.fresh ?? 0, contacted: row?.contacted ?? 0 }
}

async function readWaits(facts: Facts, filter: Filter): Promise<Omit<Waits, 'leads'>> {
  const seconds = new Map<number, number>()
  const waits = { waited: 0, never: 0 }
  await readGroups(
    facts,
    {
      table: raw('deals d'),
      day: raw('d.day'),
      period: filter.period,
      where: [
        sql`d.contact_kind is not null and (d.contact_s is null or d.contact_s >= ${WAITED_FROM})`,
        ...ofSources(filter, 'd'),
      ],
      keys: { seconds: raw('d.contact_s') },
      sums: {},
    },
    ({ size, keys, counts }) => {
      for (let i = 0; i < size; i++) {
        const waited = keys.seconds[i] as number | null
        if (waited === null) waits.never += counts[i]!
        else {
          waits.waited += counts[i]!
          seconds.set(waited, (seconds.get(waited) ?? 0) + counts[i]!)
        }
      }
    },
  )
  const [low, median, high] = quantiles([...seconds.keys()], [...seconds.values()], [0.25, 0.5, 0.75])
  return { ...waits, low: low ?? null, median: median ?? null, high: high ?? null }
}
