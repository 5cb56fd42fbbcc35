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
  /** Clients with several deals in the period: their bits together. Settled by `close`. */
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

export function addDeals(tally: Tally, { bits, count, client, amount, square, currency }: DealGroup): void {
  if (amount !== null) {
    addMoney(tally.revenue, currency, toMinor(amount))
    if (bits & flags.priced) {
      addMoney(tally.priced, currency, count)
      addMoney(tally.gross, currency, toMinor(amount))
      addMoney(tally.squares, currency, square ?? 0)
    }
  }
  if (bits & flags.refund) {
    tally.refunds += count
    return
  }
  tally.deals += count
  if (bits & flags.purchase) tally.purchases += count
  if (client === null) addClients(tally, bits, count)
  else tally.several.set(client, (tally.several.get(client) ?? 0) | bits)
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

/** Counts the clients with several deals; nothing may be added after. */
export function closeTally(tally: Tally): Tally {
  for (const bits of tally.several.values()) addClients(tally, bits, 1)
  tally.several.clear()
  return tally
}
