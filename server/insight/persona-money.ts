/** What each persona brings and costs, and through which channel of advertising and of contact it buys best. */
import { dimensionOf } from '../metrics/dimensions.ts'
import type { Rates } from '../metrics/money.ts'
import type { Facts, Filter } from '../metrics/query.ts'
import { readSegments, type Segment, type Segments } from '../metrics/segments.ts'
import type { TouchModel } from '../metrics/touches.ts'

export interface MoneyQuery {
  filter: Filter
  touch: TouchModel
  currency: string
  rates: Rates
}

export interface PersonaMoney {
  /** Segments by persona, as metrics/segments.ts counts them. */
  all: Segments
  byPersona: Map<string, Segment>
  /** Source whose clients cost the least, or where nothing is known of costs, that converts the best. */
  source: Map<string, Segment>
  /** Way of contact that converts the best. */
  contact: Map<string, Segment>
}

/** New clients of a source below this say nothing of its cost. */
const LEAST_FRESH = 5

export async function readPersonaMoney(facts: Facts, query: MoneyQuery): Promise<PersonaMoney> {
  const by = (...fields: string[]) =>
    readSegments(facts, { ...query, dimensions: fields.map(field => dimensionOf(field)!) })
  const [all, sources, contacts] = await Promise.all([
    by('persona'),
    by('persona', 'source'),
    by('persona', 'contact'),
  ])
  const known = all.segments.filter(segment => segment.names[0] !== null)
  return {
    all,
    byPersona: new Map(known.map(segment => [segment.names[0]!, segment])),
    source: best(sources.segments, cheaper),
    contact: best(contacts.segments, surer),
  }
}

/** The best segment of each persona among those that have enough leads to tell. */
function best(
  segments: readonly Segment[],
  better: (a: Segment, b: Segment) => number,
): Map<string, Segment> {
  const told = segments.filter(({ names, small }) => names[0] !== null && names[1] !== null && !small)
  const byPersona = Map.groupBy(told, segment => segment.names[0]!)
  return new Map([...byPersona].map(([id, list]) => [id, list.toSorted(better)[0]!]))
}

const surer = (a: Segment, b: Segment) => b.interval[0] - a.interval[0] || b.leads - a.leads

/** What has a cost goes by it; what has none (a recommendation is free, an untold cost is not) can't be compared. */
function cheaper(a: Segment, b: Segment): number {
  const cost = (segment: Segment) =>
    segment.cac !== null && segment.fresh >= LEAST_FRESH ? segment.cac : Number.POSITIVE_INFINITY
  const [costA, costB] = [cost(a), cost(b)]
  return costA === costB ? surer(a, b) : costA - costB
}

/** 95 % interval of a revenue: as if as many leads came again, each worth what one of these is. Null below ten leads. */
export function revenueInterval(segment: Segment): [number, number] | null {
  const { leads, priced, check, checkError, revenue } = segment
  if (leads < 10 || check === null || priced < 3) return null
  const squares = checkError ** 2 * priced * (priced - 1) + priced * check ** 2
  const sum = check * priced
  const half = 1.959964 * Math.sqrt(Math.max(0, squares - sum ** 2 / leads))
  return [Math.max(0, revenue - half), revenue + half]
}
