/** Clients parted by what they are, came from or bought: what each part brings and costs, and which parts really differ. */
import { costInterval } from '../lib/bootstrap.ts'
import { fnv1a } from '../lib/hash.ts'
import { compareMeans, compareShares, falseDiscovery, normalCdf } from '../lib/statistics.ts'
import type { DealColumn } from '../store/block-columns.ts'
import type { Sql } from '../store/sql.ts'
import { readDealColumns } from './deals.ts'
import { columnOf, type Dimension, joinsOf } from './dimensions.ts'
import { checkInterval, FEW, type Measures, measure } from './measures.ts'
import { chooseRule, type Money, type MoneyRule, type Rates, settle } from './money.ts'
import { costParts, type Part, readParts } from './parts.ts'
import type { Facts, Filter } from './query.ts'
import { readSpend, settleCells } from './spend.ts'
import type { Tally } from './tally.ts'
import type { TouchModel } from './touches.ts'

/** Leads below this make a segment “little data”. */
export const SMALL = 30
/** Segments with fewer purchases have their sums read one by one, to be resampled. */
const RESAMPLED = 250

export interface Segment extends Measures {
  names: (string | null)[]
  checkInterval: [number, number] | null
  cacInterval: [number, number | null] | null
  small: boolean
  /** Which of its numbers differ from those of all other clients, after correction for many comparisons. */
  differs: { conversion: boolean; check: boolean; cac: boolean }
  tally: Tally
}

export interface Segments {
  /** By falling leads. */
  segments: Segment[]
  total: Measures
  /** Spend of the period: all of it, and what no deal answers for, in units. */
  cost: number | null
  unattributed: number
  /** Unattributed spend by source, greatest first, in units. */
  orphans: { source: string | null; cost: number }[]
  /** A deal may lie in several segments. */
  overlaps: boolean
  rule: MoneyRule
  /** Sums in other currencies than the main one, for which there is no rate. */
  left: { revenue: Money; cost: Money }
}

export interface SegmentQuery {
  dimensions: readonly Dimension[]
  filter: Filter
  touch: TouchModel
  currency: string
  rates: Rates
  /** Whether cost is shared out, by default; what it is not needed for is much faster without. */
  costs?: boolean
}

/** Reads segments by one or two fields. Leads, clients and sums as in definitions.ts; cost as in attribution.ts. */
export async function readSegments(facts: Facts, query: SegmentQuery): Promise<Segments> {
  const [parts, spend] = await Promise.all([
    readParts(facts, query.costs === false ? { ...query, touch: null } : query),
    query.costs === false ? { cells: [], cost: {} } : readSpend(facts, query.filter),
  ])
  const { total } = parts
  const rule = chooseRule(query.currency, query.rates, [total.revenue, spend.cost])
  const known = spend.cells.length > 0
  const costs = costParts(parts, settleCells(spend, rule))
  const sums = await readSums(facts, query, parts.parts, rule)
  const whole = measure(total, known ? costs.attributed : null, rule)
  const segments = parts.parts.map((part, i): Segment => {
    const measures = measure(part.tally, known ? costs.byPart[i]! : null, rule)
    const seed = fnv1a(part.names.join('\0'))
    return {
      ...measures,
      names: part.names,
      checkInterval: checkInterval(measures, sums.get(part), seed),
      cacInterval:
        measures.cac === null ? null : costInterval(measures.cost!, measures.fresh, measures.leads, seed),
      small: measures.leads < SMALL,
      differs: { conversion: false, check: false, cac: false },
      tally: part.tally,
    }
  })
  markDifferences(segments, whole)
  const settled = settle(spend.cost, rule)
  return {
    segments: segments.sort(byLeads),
    total: whole,
    cost: known ? settled.minor / 100 : null,
    unattributed: costs.unattributed / 100,
    orphans: costs.orphans.map(({ source, cost }) => ({ source, cost: cost / 100 })),
    overlaps: parts.overlaps,
    rule,
    left: { revenue: whole.left, cost: settled.left },
  }
}

const nameOf = ({ names }: Pick<Segment, 'names'>) => names.map(name => name ?? '\uffff').join('\0')

function byLeads(a: Segment, b: Segment): number {
  return b.leads - a.leads || (nameOf(a) < nameOf(b) ? -1 : 1)
}

/** Marks what differs from all other clients. Every test that is made counts as one of the many. */
function markDifferences(segments: readonly Segment[], total: Measures): void {
  const tests: { p: number; mark(): void }[] = []
  for (const segment of segments) {
    if (segment.small || segment.leads === total.leads) continue
    const { differs } = segment
    const rest = { leads: total.leads - segment.leads, won: total.won - segment.won }
    if (rest.leads > 0) {
      tests.push({
        p: compareShares(segment.won, segment.leads, rest.won, rest.leads),
        mark: () => {
          differs.conversion = true
        },
      })
    }
    const others = restCheck(segment, total)
    if (others && segment.priced >= FEW) {
      tests.push({
        p: compareMeans(segment.check!, segment.checkError, others.mean, others.error),
        mark: () => {
          differs.check = true
        },
      })
    }
    const paid = otherPaid(segment, segments)
    if (segment.cac !== null && segment.fresh >= FEW && paid.fresh >= FEW) {
      tests.push({
        p: compareCosts(segment.cac, segment, paid.cost / paid.fresh, paid),
        mark: () => {
          differs.cac = true
        },
      })
    }
  }
  const stand = falseDiscovery(tests.map(test => test.p))
  for (const [i, test] of tests.entries()) if (stand[i]) test.mark()
}

/** Leads, new clients and cost of the other segments that cost anything: free ones say nothing of prices. */
export function otherPaid(
  segment: Segment,
  segments: readonly Segment[],
): { leads: number; fresh: number; cost: number } {
  const sum = { leads: 0, fresh: 0, cost: 0 }
  for (const other of segments) {
    if (other === segment || !other.cost || other.cost <= 0) continue
    sum.leads += other.leads
    sum.fresh += other.fresh
    sum.cost += other.cost
  }
  return sum
}

/** Mean check of all other purchases, with its error. Null when there are too few. */
function restCheck(segment: Measures, total: Measures): { mean: number; error: number } | null {
  const n = total.priced - segment.priced
  if (n < FEW || total.check === null || segment.check === null) return null
  const sum = total.check * total.priced - segment.check * segment.priced
  // Sum of squares back from the standard error of the mean.
  const squares = (m: Measures) => m.checkError ** 2 * m.priced * (m.priced - 1) + m.priced * m.check! ** 2
  const mean = sum / n
  const spread = (squares(total) - squares(segment) - n * mean * mean) / (n - 1)
  return { mean, error: spread > 0 ? Math.sqrt(spread / n) : 0 }
}

/** p of two costs of a client being one: their logarithms, whose spread is that of the number of clients won. */
function compareCosts(
  a: number,
  ofA: { fresh: number; leads: number },
  b: number,
  ofB: { fresh: number; leads: number },
): number {
  const variance = ({ fresh, leads }: { fresh: number; leads: number }) => (1 - fresh / leads) / fresh
  const deviation = Math.sqrt(variance(ofA) + variance(ofB))
  return deviation === 0 ? 1 : 2 * (1 - normalCdf(Math.abs(Math.log(a / b)) / deviation))
}

/** Sums of single purchases in the main currency, of parts that have few. */
async function readSums(
  facts: Facts,
  { dimensions, filter }: SegmentQuery,
  parts: readonly Part[],
  { main }: MoneyRule,
): Promise<Map<Part, number[]>> {
  const found = new Map<Part, number[]>()
  const named = new Map<string, Part>()
  for (const part of parts) {
    const n = Object.values(part.tally.priced).reduce((sum, count) => sum + count, 0)
    if (n >= FEW && n < RESAMPLED) named.set(nameOf(part), part)
  }
  if (named.size === 0) return found
  const keys = dimensions.map(columnOf)
  const joins = joinsOf(dimensions)
  await readDealColumns(
    facts,
    {
      filter,
      keys: {
        ...Object.fromEntries(keys.map((key, i) => [`k${i}`, key])),
        amount: 'amount',
        currency: 'currency',
      } as Record<string, DealColumn | Sql>,
      ...(joins && { joins }),
      only: 'won',
    },
    false,
    groups => {
      for (let i = 0; i < groups.size; i++) {
        if (((groups.keys.amount![i] as number | null) ?? 0) <= 0) continue
        const currency = groups.keys.currency![i]
        if (currency !== '' && currency !== main) continue
        const names = keys.map((_, at) => groups.keys[`k${at}`]![i] as string | null)
        const part = named.get(nameOf({ names }))
        if (!part) continue
        const sums = found.get(part) ?? []
        found.set(part, sums)
        for (let n = 0; n < groups.counts[i]!; n++) sums.push(groups.keys.amount![i] as number)
      }
    },
  )
  // Parts come in no order to rely on, and a seed gives the same interval only for the same order.
  for (const sums of found.values()) sums.sort((a, b) => a - b)
  return found
}
