/**
 * Sums of money, in whole kopecks (cents), kept apart by currency: several are never added without a rate. Pure.
 */

/** Kopecks by ISO 4217 currency; '' is a sum whose currency nobody said, taken for the main one. */
export type Money = Record<string, number>

/** Units of the main currency for one unit of another. */
export type Rates = Readonly<Record<string, number>>

/** How sums of several currencies become one number. */
export interface MoneyRule {
  main: string
  rates: Rates
  /** Currencies that were met and turned into the main one by a rate. */
  turned: readonly string[]
}

/** An amount in units -> whole kopecks, in which sums are exact. */
export function toMinor(amount: number | null): number {
  return Math.round((amount ?? 0) * 100)
}

export function addMoney(into: Money, currency: string | null, minor: number): void {
  const name = currency ?? ''
  into[name] = (into[name] ?? 0) + minor
}

/**
 * The rule for sums that were met: the company's currency, or the only one there is. Currencies that are neither it nor
 * in `rates` can't be added: see `settle`.
 */
export function chooseRule(currency: string, rates: Rates, met: readonly Money[]): MoneyRule {
  const names = new Set(met.flatMap(money => Object.keys(money)).filter(name => name !== ''))
  const [only] = names
  const alone = names.size === 1 && only !== undefined && !(only in rates)
  const main = alone ? only : currency
  return { main, rates, turned: [...names].filter(name => name !== main && name in rates).sort() }
}

export interface Settled {
  /** Kopecks of the main currency, with those that a rate turned into it. */
  minor: number
  /** What could not be turned, by currency. */
  left: Money
}

/** Adds up what may be added. */
export function settle(money: Money, { main, rates }: Pick<MoneyRule, 'main' | 'rates'>): Settled {
  const settled: Settled = { minor: 0, left: {} }
  for (const [currency, minor] of Object.entries(money)) {
    const rate = currency === '' || currency === main ? 1 : rates[currency]
    if (rate !== undefined) settled.minor += Math.round(minor * rate)
    else if (minor !== 0) settled.left[currency] = minor
  }
  return settled
}

/**
 * Whole parts nearest to exact ones that add up to a whole total (largest remainders, Hamilton's method). The exact parts
 * must add up to it but for rounding.
 */
export function roundToSum(exact: readonly number[], total: number): number[] {
  // Rounding noise of sums added up in another order must not decide who gets the last kopeck.
  const steady = exact.map(value => Math.round(value * 1e6) / 1e6 + 0)
  const parts = steady.map(Math.floor)
  let left = Math.round(total - parts.reduce((sum, part) => sum + part, 0))
  const order = steady
    .map((value, i) => ({ i, rest: value - parts[i]! }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i)
  for (let n = 0; left > 0 && order.length > 0; n++, left--) parts[order[n % order.length]!.i]!++
  for (let n = 0; left < 0 && order.length > 0; n++, left++) parts[order.at(-1 - (n % order.length))!.i]!--
  return parts
}
