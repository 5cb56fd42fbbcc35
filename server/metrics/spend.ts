/** Spend of a period: as cells that attribution shares out, and as sums of what was shown and clicked. */
import { raw } from '../store/sql.ts'
import type { Origin, SpendCell } from './attribution.ts'
import { readGroups } from './groups.ts'
import { addMoney, type Money, type MoneyRule, settle, toMinor } from './money.ts'
import { type Facts, type Filter, ofSources } from './query.ts'

export interface Spend {
  cells: (SpendCell & { currency: string | null })[]
  cost: Money
  impressions: number | null
  clicks: number | null
  /** Reach adds up over days, so that who saw the ad on two days counts twice. Null where no source reports it. */
  reach: number | null
  /** Impressions and clicks of the rows that report reach: the only ones with which it can be compared. */
  reached: { impressions: number; clicks: number }
  /** Rows without a cost. */
  unpriced: number
}

/** `fine` false leaves campaigns and keywords out, where only sources are asked for. */
export async function readSpend(facts: Facts, filter: Filter, fine = true): Promise<Spend> {
  const spend: Spend = {
    cells: [],
    cost: {},
    impressions: null,
    clicks: null,
    reach: null,
    reached: { impressions: 0, clicks: 0 },
    unpriced: 0,
  }
  const plus = (a: number | null, b: number | null) => (b === null ? a : (a ?? 0) + b)
  const none = raw('null')
  const cells = new Map<string, SpendCell & { currency: string | null }>()
  await readGroups(
    facts,
    {
      table: raw('spend s'),
      day: raw('s.day'),
      period: filter.period,
      where: ofSources(filter, 's'),
      keys: {
        source: raw('s.source'),
        medium: raw('s.medium'),
        campaign: fine ? raw('s.campaign') : none,
        content: fine ? raw('s.content') : none,
        keyword: fine ? raw('s.keyword') : none,
        currency: raw('s.currency'),
        reported: raw('case when s.reach is null then 0 else 1 end'),
        priced: raw('case when s.cost is null then 0 else 1 end'),
      },
      sums: {
        cost: raw('s.cost'),
        impressions: raw('s.impressions'),
        clicks: raw('s.clicks'),
        reach: raw('s.reach'),
      },
    },
    ({ size, days, keys, sums, counts }) => {
      for (let i = 0; i < size; i++) {
        const impressions = sums.impressions[i]!
        const clicks = sums.clicks[i]!
        spend.impressions = plus(spend.impressions, impressions)
        spend.clicks = plus(spend.clicks, clicks)
        if (keys.reported[i] === 1) {
          spend.reach = plus(spend.reach, sums.reach[i]!)
          spend.reached.impressions += impressions ?? 0
          spend.reached.clicks += clicks ?? 0
        }
        if (keys.priced[i] === 0) {
          spend.unpriced += counts[i]!
          continue
        }
        const currency = keys.currency[i] as string | null
        const cost = toMinor(sums.cost[i]!)
        addMoney(spend.cost, currency, cost)
        const origin: Origin = {
          source: keys.source[i] as string | null,
          medium: keys.medium[i] as string | null,
          campaign: keys.campaign[i] as string | null,
          content: keys.content[i] as string | null,
          keyword: keys.keyword[i] as string | null,
        }
        const name = [days[i], currency, ...Object.values(origin)].join('\0')
        const cell = cells.get(name)
        if (cell) cell.cost += cost
        else cells.set(name, { ...origin, day: days[i]!, currency, cost })
      }
    },
  )
  spend.cells = [...cells.values()]
  return spend
}

/** Cells in the main currency; those that can't be turned into it are left out (and counted in `settle`). */
export function settleCells(spend: Spend, rule: MoneyRule): SpendCell[] {
  return spend.cells.flatMap(({ currency, ...cell }) => {
    const { minor, left } = settle({ [currency ?? '']: cell.cost }, rule)
    return Object.keys(left).length > 0 ? [] : [{ ...cell, cost: minor }]
  })
}
