/** What the sales team answers for: who sells how well and how fast, and how long clients waited. */
import { quantiles } from '../lib/quantiles.ts'
import { raw } from '../store/sql.ts'
import { dimensionOf } from './dimensions.ts'
import { readGroups } from './groups.ts'
import { type Facts, type Filter, ofSources } from './query.ts'
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
  const [managers, cycles, fresh, waits] = await Promise.all([
    readSegments(facts, { ...query, dimensions: [dimensionOf('manager')!] }),
    readManagerCycles(facts, filter),
    countFirst(facts, filter),
    readWaits(facts, filter),
  ])
  return { managers, cycles, fresh, waits }
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

async function countFirst(facts: Facts, filter: Filter): Promise<number> {
  let first = 0
  await readGroups(
    facts,
    {
      table: raw('deals d'),
      day: raw('d.day'),
      period: filter.period,
      where: [raw('d.previous_day is null'), ...ofSources(filter, 'd')],
      keys: {},
      sums: {},
    },
    ({ counts }) => {
      for (const count of counts) first += count
    },
  )
  return first
}

async function readWaits(facts: Facts, filter: Filter): Promise<Waits> {
  const seconds = new Map<number, number>()
  const waits = { leads: 0, waited: 0, never: 0 }
  await readGroups(
    facts,
    {
      table: raw('deals d'),
      day: raw('d.day'),
      period: filter.period,
      where: [raw('d.contact_kind is not null'), ...ofSources(filter, 'd')],
      keys: { seconds: raw('d.contact_s') },
      sums: {},
    },
    ({ size, keys, counts }) => {
      for (let i = 0; i < size; i++) {
        const waited = keys.seconds[i] as number | null
        waits.leads += counts[i]!
        if (waited === null) waits.never += counts[i]!
        else if (waited >= WAITED_FROM) {
          waits.waited += counts[i]!
          seconds.set(waited, (seconds.get(waited) ?? 0) + counts[i]!)
        }
      }
    },
  )
  const [low, median, high] = quantiles([...seconds.keys()], [...seconds.values()], [0.25, 0.5, 0.75])
  return { ...waits, low: low ?? null, median: median ?? null, high: high ?? null }
}
