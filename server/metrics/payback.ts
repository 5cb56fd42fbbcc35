/** How many days after the leads came what they bought had covered what they cost. */
import { readDeals } from './deals.ts'
import type { Dimension } from './dimensions.ts'
import { addMoney, type Money, type MoneyRule, settle, toMinor } from './money.ts'
import type { Facts, Filter } from './query.ts'
import { readOrigins } from './touches.ts'

/** Revenue of each value of a field by the days from the lead to the sale. */
export type Lags = Map<string | null, Map<number, Money>>

export async function readLags(facts: Facts, filter: Filter, dimension: Dimension): Promise<Lags> {
  const lags: Lags = new Map()
  const originOf = await readOrigins(facts)
  await readDeals(
    facts,
    {
      filter,
      keys: { part: dimension.key ?? 'origin_id', lag: 'cycle_days' },
      ...(dimension.joins && { joins: dimension.joins }),
      only: 'won',
    },
    ({ size, keys, sums }) => {
      for (let i = 0; i < size; i++) {
        if (sums.amount[i] === null) continue
        const name = dimension.ofOrigin
          ? dimension.ofOrigin(originOf(keys.part[i]))
          : (keys.part[i] as string | null)
        const byLag = lags.get(name) ?? new Map<number, Money>()
        lags.set(name, byLag)
        // Won before it was created, or nobody knows when: as if at once.
        const lag = Math.max(0, (keys.lag[i] as number | null) ?? 0)
        const money = byLag.get(lag) ?? {}
        byLag.set(lag, money)
        addMoney(money, keys.currency[i] as string | null, toMinor(sums.amount[i]!))
      }
    },
  )
  return lags
}

/**
 * Days after which `margin` of the revenue covers a cost in units; null where it never did, or nothing was paid.
 */
export function paybackDays(
  byLag: ReadonlyMap<number, Money> | undefined,
  cost: number | null,
  margin: number,
  rule: MoneyRule,
): number | null {
  if (cost === null || cost <= 0 || !byLag) return null
  let sum = 0
  for (const lag of [...byLag.keys()].sort((a, b) => a - b)) {
    sum += (settle(byLag.get(lag)!, rule).minor / 100) * margin
    if (sum >= cost) return lag
  }
  return null
}
