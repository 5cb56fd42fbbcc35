/** Deals of a period parted by one or two fields: a tally of each part, of the whole, and what touched the deals. */
import type { DealColumn } from '../store/block-columns.ts'
import type { Value } from '../store/sql.ts'
import { raw, type Sql } from '../store/sql.ts'
import { type Origin, priceTouches, type SpendCell, type TouchCell } from './attribution.ts'
import { addRow, readDeals } from './deals.ts'
import { type Dimension, joinsOf, sqlOf } from './dimensions.ts'
import { roundToSum } from './money.ts'
import type { Facts, Filter } from './query.ts'
import { closeTally, createTally, flags, mergeTally, type Tally } from './tally.ts'
import { NOWHERE, readOrigins, readVisitTouches, type TouchModel } from './touches.ts'

export interface Part {
  /** Values of the fields, in their order. */
  names: (string | null)[]
  tally: Tally
}

export interface Parts {
  parts: Part[]
  /** Each client once, whatever parts it is in. */
  total: Tally
  overlaps: boolean
  /** Touches of all deals, and of those in each part. */
  touches: TouchCell[]
  base: TouchCell[]
}

interface PartQuery {
  filter: Filter
  dimensions: readonly Dimension[]
  /** Null where no cost will be shared out. */
  touch: TouchModel | null
}

/** Parts the deals of a period. Without dimensions there is one part, the whole. */
export async function readParts(facts: Facts, query: PartQuery): Promise<Parts> {
  const { dimensions } = query
  const overlaps = dimensions.some(dimension => dimension.overlaps)
  const originOf = await readOrigins(facts)
  const own = await readOnce(facts, query, originOf)
  if (!overlaps) return { ...own, overlaps, base: own.touches }
  // Joined rows come several times: the whole is counted without them.
  const whole = await readOnce(facts, { ...query, dimensions: [] }, originOf)
  return { ...own, total: whole.total, overlaps, base: whole.touches }
}

async function readOnce(
  facts: Facts,
  { filter, dimensions, touch }: PartQuery,
  originOf: (id: Value | undefined) => Origin,
): Promise<Omit<Parts, 'overlaps' | 'base'>> {
  const index = createIndex(dimensions.length)
  const cells = createCells()
  const joins = joinsOf(dimensions)
  const keyed = dimensions.flatMap((dimension, i) =>
    dimension.key ? [[`k${i}`, dimension.key] as const] : [],
  )
  const needsOrigin = touch === 'last' || dimensions.some(dimension => dimension.ofOrigin)
  const keys = {
    ...(needsOrigin && { origin: 'origin_id' }),
    ...Object.fromEntries(keyed),
  } as Record<string, DealColumn | Sql>
  const span = Math.max(0, ...dimensions.map(dimension => dimension.span ?? 0))
  await readDeals(facts, { filter, keys, ...(joins && { joins }), ...(span > 0 && { span }) }, deals => {
    const columns = dimensions.map((dimension, i) => (dimension.key ? deals.keys[`k${i}`]! : null))
    const names = new Array<string | null>(dimensions.length)
    for (let i = 0; i < deals.size; i++) {
      const origin = needsOrigin ? originOf(deals.keys.origin![i]) : NOWHERE
      for (let at = 0; at < names.length; at++) {
        const column = columns[at]
        names[at] = column ? (column[i] as string | null) : dimensions[at]!.ofOrigin!(origin)
      }
      const part = index.find(names)
      addRow(index.parts[part]!.tally, deals, i)
      if (touch === 'last' && !((deals.keys.bits![i] as number) & flags.refund))
        cells.add(part, origin, deals.days[i]!, deals.counts[i]!)
    }
  })
  if (touch === 'first' || touch === 'linear') {
    // A field of the origin is still that of the deal, not of the visit: segments are the same in every model.
    const asked = dimensions.map(sqlOf)
    await readVisitTouches(
      facts,
      touch,
      { filter, keys: asked, joins: joins ?? raw('') },
      originOf,
      touched => {
        cells.add(index.find(touched.keys as (string | null)[]), touched.origin, touched.day, touched.weight)
      },
    )
  }
  const total = createTally()
  for (const { tally } of index.parts) {
    mergeTally(total, tally)
    closeTally(tally)
  }
  return { parts: index.parts, total: closeTally(total), touches: cells.all() }
}

/** Finds a part by its names, making it at first sight. */
function createIndex(depth: number) {
  const parts: Part[] = []
  const make = (names: readonly (string | null)[]) =>
    parts.push({ names: [...names], tally: createTally() }) - 1
  const flat = new Map<string | null, number>()
  const find = (names: readonly (string | null)[]): number => {
    const name = depth === 1 ? names[0]! : depth === 0 ? '' : names.map(part => part ?? '\u0001').join('\0')
    let found = flat.get(name)
    if (found === undefined) {
      found = make(names)
      flat.set(name, found)
    }
    return found
  }
  return { parts, find }
}

/** Parts that a number can tell apart; more than any field of any company has. */
const MOST_PARTS = 2 ** 22

/** Adds up touches that are alike: one number for origin and part, since there may be a million of them. */
function createCells() {
  const days = new Map<string | null, Map<number, number>>()
  const numbers = new Map<Origin, number>()
  const origins: Origin[] = []
  // Rows come day by day.
  let lastDay: string | null | undefined
  let weights = new Map<number, number>()
  return {
    add(part: number, origin: Origin, day: string | null, weight: number) {
      let number = numbers.get(origin)
      if (number === undefined) {
        number = origins.push(origin) - 1
        numbers.set(origin, number)
      }
      if (day !== lastDay) {
        lastDay = day
        weights = days.get(day) ?? new Map()
        days.set(day, weights)
      }
      const name = number * MOST_PARTS + part
      weights.set(name, (weights.get(name) ?? 0) + weight)
    },
    all(): TouchCell[] {
      const cells: TouchCell[] = []
      for (const [day, ofDay] of days)
        for (const [name, weight] of ofDay) {
          const origin = origins[Math.floor(name / MOST_PARTS)]!
          cells.push({ origin, day, segment: name % MOST_PARTS, weight })
        }
      return cells
    },
  }
}

export interface Costs {
  /** Kopecks of each part, in their order. */
  byPart: number[]
  attributed: number
  unattributed: number
  orphans: { source: string | null; cost: number }[]
}

/** Shares spend over the parts. Parts that overlap bear the whole cost of their deals each, and add up to more. */
export function costParts({ parts, touches, base, overlaps }: Parts, spend: readonly SpendCell[]): Costs {
  const { rateOf, attributed, unattributed, orphans } = priceTouches(spend, base)
  const exact = new Array<number>(parts.length).fill(0)
  for (const { origin, day, segment, weight } of touches) exact[segment]! += rateOf(origin, day) * weight
  const steady = (value: number) => Math.round(Math.round(value * 1e6) / 1e6)
  if (overlaps) return { byPart: exact.map(steady), attributed, unattributed, orphans }
  // Rounded in the order of names, since parts come in whatever order the database gave.
  const order = parts.map((part, i) => ({ i, name: part.names.map(name => name ?? '\uffff').join('\0') }))
  order.sort((a, b) => (a.name < b.name ? -1 : 1))
  const rounded = roundToSum(
    order.map(({ i }) => exact[i]!),
    attributed,
  )
  const byPart = new Array<number>(parts.length).fill(0)
  for (const [place, { i }] of order.entries()) byPart[i] = rounded[place]!
  return { byPart, attributed, unattributed, orphans }
}
