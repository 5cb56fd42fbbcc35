/** Counts, sums and a cost -> the numbers that people read. Money is in units of the rule's main currency. Pure. */
import { meanInterval } from '../lib/bootstrap.ts'
import { wilson } from '../lib/statistics.ts'
import { type Money, type MoneyRule, settle } from './money.ts'
import type { Tally } from './tally.ts'

/** Purchases and new clients below this say nothing of a check or of a cost. */
export const FEW = 10

export interface Measures {
  leads: number
  mql: number
  sql: number
  won: number
  again: number
  fresh: number
  /** Leads that may still buy. */
  open: number
  purchases: number
  refunds: number
  conversion: number | null
  interval: [number, number]
  revenue: number
  /** Purchases with a sum in the main currency, their mean and its standard error. */
  priced: number
  check: number | null
  checkError: number
  cost: number | null
  cpl: number | null
  cac: number | null
  romi: number | null
  perLead: number | null
  perClient: number | null
  /** Revenue that could not be turned into the main currency. */
  left: Money
}

const over = (a: number | null, b: number) => (a === null || b === 0 ? null : a / b)

/** `cost` in kopecks; null where nothing is known of spend. */
export function measure(tally: Tally, cost: number | null, rule: MoneyRule): Measures {
  const { leads, mql, sql, won, again, fresh, purchases, refunds, open } = tally
  const revenue = settle(tally.revenue, rule)
  const mixed = Object.keys(revenue.left).length > 0
  const sums = checkSums(tally, rule)
  const units = cost === null ? null : cost / 100
  const check = sums.n > 0 ? sums.sum / sums.n : null
  const spread = check === null || sums.n < 2 ? 0 : (sums.squares - sums.n * check * check) / (sums.n - 1)
  return {
    leads,
    mql,
    sql,
    won,
    again,
    fresh,
    open: open.lead + open.mql + open.sql,
    purchases,
    refunds,
    conversion: over(won, leads),
    // By calendar more may be won in a period than leads came in it: then the share is no share.
    interval: won <= leads ? wilson(won, leads) : [0, 1],
    revenue: revenue.minor / 100,
    priced: sums.n,
    check,
    checkError: spread > 0 ? Math.sqrt(spread / sums.n) : 0,
    cost: units,
    cpl: over(units, leads),
    // What cost nothing was not acquired by paying: no price of acquisition, no return.
    cac: units === null || units <= 0 ? null : over(units, fresh),
    romi: units === null || units <= 0 || mixed ? null : (revenue.minor / 100 - units) / units,
    perLead: mixed ? null : over(revenue.minor / 100, leads),
    perClient: mixed ? null : over(revenue.minor / 100, won),
    left: revenue.left,
  }
}

const toKopecks = (value: number) => Math.round(value * 100) / 100

/** Number, sum and squares of priced purchases, in units, of the main currency and those that a rate turns into it. */
function checkSums(tally: Tally, { main, rates }: MoneyRule): { n: number; sum: number; squares: number } {
  const total = { n: 0, sum: 0, squares: 0 }
  for (const [currency, n] of Object.entries(tally.priced)) {
    const rate = currency === '' || currency === main ? 1 : rates[currency]
    if (rate === undefined) continue
    total.n += n
    total.sum += ((tally.gross[currency] ?? 0) / 100) * rate
    total.squares += (tally.squares[currency] ?? 0) * rate * rate
  }
  return total
}

/** 95 % interval of the average check: by resampling the sums where they are given, else by the mean's error. */
export function checkInterval(
  { check, checkError, priced }: Measures,
  sums: readonly number[] | undefined,
  seed: number,
): [number, number] | null {
  // Of a few sums an interval would be wider than anything it could say.
  if (check === null || checkError === 0 || priced < FEW) return null
  const interval =
    sums && sums.length === priced
      ? meanInterval(sums, seed)
      : ([check - 1.959964 * checkError, check + 1.959964 * checkError] as const)
  return interval && [toKopecks(interval[0]), toKopecks(interval[1])]
}
