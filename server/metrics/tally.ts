/**
 * Deals -> counts of clients and sums of money. A client counts once however many deals it has, and stands at the
 * furthest step that any of them reached; so each step is part of the one before. Pure.
 */
import { addMoney, type Money, toMinor } from './money.ts'

/** What a deal is, as bits of one number: a million deals are added up by it. */
export const flags = {
  mql: 1,
  sql: 2,
  purchase: 4,
  /** The client's first purchase of all. */
  first: 8,
  /** The client bought again afterwards. */
  again: 16,
  open: 32,
  /** A purchase with a sum above zero. */
  priced: 64,
  /** Money given back: no lead, no purchase, less revenue. */
  refund: 128,
} as const

export interface Tally {
  /** Clients with a deal, those that marketing and then sales accepted, that bought, and bought again later. */
  leads: number
  mql: number
  sql: number
  won: number
  again: number
  /** Clients who bought for the first time ever: what advertising was paid for. */
  fresh: number
  /** Leads that may still buy: nothing bought, a deal open. By the step that they have reached. */
  open: { lead: number; mql: number; sql: number }
  deals: number
  purchases: number
  /** Purchases with a sum, their sums, and squares of these (units, not kopecks), by currency. */
  priced: Money
  gross: Money
  squares: Money
  refunds: number
  /** Sums of purchases less what was given back. */
  revenue: Money
  /** Until `closeTally`: clients with one deal by its bits, and those with several by theirs together. */
  single: number[]
  several: Map<string, number>
}

export function createTally(): Tally {
  return {
    leads: 0,
    mql: 0,
    sql: 0,
    won: 0,
    again: 0,
    fresh: 0,
    open: { lead: 0, mql: 0, sql: 0 },
    deals: 0,
    purchases: 0,
    priced: {},
    gross: {},
    squares: {},
    refunds: 0,
    revenue: {},
    single: new Array<number>(256).fill(0),
    several: new Map(),
  }
}

export interface DealGroup {
  bits: number
  /** How many deals are alike. */
  count: number
  /** The client, where it has several deals in the period; null where this is its only one. */
  client: string | null
  /** Sum of the amounts of won deals, and of their squares, in units. */
  amount: number | null
  square: number | null
  currency: string | null
}

export function addDeals(tally: Tally, group: DealGroup): void {
  const { bits, count, client, amount, square, currency } = group
  if (amount !== null) addAmount(tally, bits, count, amount, square, currency)
  if (client === null) tally.single[bits]! += count
  else if (!(bits & flags.refund)) {
    tally.several.set(client, (tally.several.get(client) ?? 0) | bits)
    tally.deals += count
    if (bits & flags.purchase) tally.purchases += count
  } else tally.refunds += count
}

function addAmount(
  tally: Tally,
  bits: number,
  count: number,
  amount: number,
  square: number | null,
  currency: string | null,
): void {
  const minor = toMinor(amount)
  addMoney(tally.revenue, currency, minor)
  if (!(bits & flags.priced)) return
  addMoney(tally.priced, currency, count)
  addMoney(tally.gross, currency, minor)
  addMoney(tally.squares, currency, square ?? amount * amount)
}

/** Adds what one tally holds to another; both before they are closed. */
export function mergeTally(into: Tally, from: Tally): void {
  for (const name of ['revenue', 'priced', 'gross', 'squares'] as const)
    for (const [currency, sum] of Object.entries(from[name])) addMoney(into[name], currency, sum)
  for (const name of ['deals', 'purchases', 'refunds'] as const) into[name] += from[name]
  for (let bits = 0; bits < from.single.length; bits++) into.single[bits]! += from.single[bits]!
  for (const [client, bits] of from.several) into.several.set(client, (into.several.get(client) ?? 0) | bits)
}

function addClients(tally: Tally, bits: number, count: number): void {
  tally.leads += count
  if (bits & flags.mql) tally.mql += count
  if (bits & flags.sql) tally.sql += count
  if (bits & flags.purchase) {
    tally.won += count
    if (bits & flags.again) tally.again += count
    if (bits & flags.first) tally.fresh += count
  } else if (bits & flags.open) {
    tally.open[bits & flags.sql ? 'sql' : bits & flags.mql ? 'mql' : 'lead'] += count
  }
}

/** Counts the clients; nothing may be added after. */
export function closeTally(tally: Tally): Tally {
  for (const [bits, count] of tally.single.entries()) {
    if (count === 0) continue
    if (bits & flags.refund) {
      tally.refunds += count
      continue
    }
    tally.deals += count
    if (bits & flags.purchase) tally.purchases += count
    addClients(tally, bits, count)
  }
  for (const bits of tally.several.values()) addClients(tally, bits, 1)
  tally.single.fill(0)
  tally.several.clear()
  return tally
}
