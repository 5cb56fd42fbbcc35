/** What the sales team answers for: who sells how well and how fast, and how long clients waited. */
import { quantiles } from '../lib/quantiles.ts'
import { readDealColumns } from './deals.ts'
import { dimensionOf } from './dimensions.ts'
import type { Facts, Filter } from './query.ts'
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
  await readDealColumns(
    facts,
    { filter, keys: { manager: 'manager', days: 'cycle_days' }, only: 'won' },
    false,
    ({ size, keys, counts }) => {
      for (let i = 0; i < size; i++) {
        if (keys.days[i] === null || (keys.days[i] as number) < 0) continue
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

/** Deals of the period that are their client's first. */
async function countFirst(facts: Facts, filter: Filter): Promise<number> {
  let first = 0
  await readDealColumns(facts, { filter, keys: { previous: 'previous_day' } }, false, ({ keys, counts }) => {
    for (const [i, count] of counts.entries()) if (keys.previous[i] === null) first += count
  })
  return first
}

async function readWaits(facts: Facts, filter: Filter): Promise<Waits> {
  const seconds = new Map<number, number>()
  const waits = { leads: 0, waited: 0, never: 0 }
  await readDealColumns(
    facts,
    { filter, keys: { kind: 'contact_kind', seconds: 'contact_s' } },
    false,
    ({ size, keys, counts }) => {
      for (let i = 0; i < size; i++) {
        if (keys.kind[i] === null) continue
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
