/** Spend of a period: as cells that attribution shares out, and as sums of what was shown and clicked. */
import { raw, sql } from '../store/sql.ts'
import type { Origin, SpendCell } from './attribution.ts'
import { readGroups } from './groups.ts'
import { addMoney, type Money, type MoneyRule, settle, toMinor } from './money.ts'
import { allOf, type Facts, type Filter, ofSources, rowsOf } from './query.ts'

export interface SpendSums {
  cost: Money
  /** Whether any row has a cost: without one nothing is known of spend. */
  known: boolean
  impressions: number | null
  clicks: number | null
  /** Reach adds up over days, so that who saw the ad on two days counts twice. Null where no source reports it. */
  reach: number | null
  /** Impressions of the rows that report reach: the only ones with which it can be compared. */
  reached: { impressions: number }
  /** Rows without a cost. */
  unpriced: number
}

export interface Spend {
  cells: (SpendCell & { currency: string | null })[]
  cost: Money
}

/** Signs that no mark holds, between marks and in the place of one that is not there. */
const BETWEEN = '␟'
const NOTHING = '␀'

/** What a period cost by where it was spent. `fine` false leaves campaigns and keywords out. */
export async function readSpend(facts: Facts, filter: Filter, fine = true): Promise<Spend> {
  const cells = await readCells(facts, filter, fine)
  const cost: Money = {}
  for (const cell of cells) addMoney(cost, cell.currency, cell.cost)
  return { cells, cost }
}

/** What a period cost and showed, altogether. */
export async function readSpendSums(facts: Facts, filter: Filter): Promise<SpendSums> {
  const { from, to } = filter.period
  const cost: Money = {}
  const [rows] = await Promise.all([
    rowsOf<Record<string, number | null>>(
      facts,
      sql`select sum(s.impressions) as impressions, sum(s.clicks) as clicks, sum(s.reach) as reach,
        sum(case when s.reach is not null then s.impressions end) as reached,
        sum(case when s.cost is null then 1 else 0 end) as unpriced
        from spend s where s.day between ${from} and ${to} and ${allOf(ofSources(filter, 's'))}`,
    ),
    readGroups(
      facts,
      {
        table: raw('spend s'),
        day: raw('s.day'),
        period: filter.period,
        where: [raw('s.cost is not null'), ...ofSources(filter, 's')],
        keys: { currency: raw('s.currency') },
        sums: { cost: raw('s.cost') },
      },
      ({ size, keys, sums }) => {
        for (let i = 0; i < size; i++)
          addMoney(cost, keys.currency[i] as string | null, toMinor(sums.cost[i]!))
      },
    ),
  ])
  const row = rows[0]
  return {
    cost,
    known: Object.keys(cost).length > 0,
    impressions: row?.impressions ?? null,
    clicks: row?.clicks ?? null,
    reach: row?.reach ?? null,
    reached: { impressions: row?.reached ?? 0 },
    unpriced: row?.unpriced ?? 0,
  }
}

/** As if nothing had been read: where nobody asks. */
export const NO_SPEND: SpendSums = {
  cost: {},
  known: false,
  impressions: null,
  clicks: null,
  reach: null,
  reached: { impressions: 0 },
  unpriced: 0,
}

async function readCells(facts: Facts, filter: Filter, fine: boolean): Promise<Spend['cells']> {
  const marks = fine ? ['source', 'medium', 'campaign', 'content', 'keyword'] : ['source', 'medium']
  // One text a row instead of five: spend has a row a keyword and day.
  const origin = raw(marks.map(mark => `coalesce(s.${mark}, '${NOTHING}')`).join(` || '${BETWEEN}' || `))
  const origins = new Map<string, Origin>()
  const cells: Spend['cells'] = []
  await readGroups(
    facts,
    {
      table: raw('spend s'),
      day: raw('s.day'),
      period: filter.period,
      where: [raw('s.cost is not null'), ...ofSources(filter, 's')],
      keys: { origin, currency: raw('s.currency') },
      sums: { cost: raw('s.cost') },
    },
    ({ size, days, keys, sums }) => {
      for (let i = 0; i < size; i++) {
        const name = keys.origin[i] as string
        let found = origins.get(name)
        if (!found) {
          found = toOrigin(name)
          origins.set(name, found)
        }
        const cost = toMinor(sums.cost[i]!)
        cells.push({ origin: found, day: days[i]!, currency: keys.currency[i] as string | null, cost })
      }
    },
  )
  return cells
}

function toOrigin(name: string): Origin {
  const marks = name.split(BETWEEN).map(mark => (mark === NOTHING ? null : mark))
  const [source, medium, campaign, content, keyword] = marks
  return {
    source: source ?? null,
    medium: medium ?? null,
    campaign: campaign ?? null,
    content: content ?? null,
    keyword: keyword ?? null,
  }
}

/** Cells in the main currency; those that can't be turned into it are left out (and counted in `settle`). */
export function settleCells(spend: Spend, rule: MoneyRule): SpendCell[] {
  return spend.cells.flatMap(({ currency, ...cell }) => {
    // Nearly always the currency is the main one, and there may be a hundred thousand cells.
    if (currency === rule.main || currency === null) return cell
    const { minor, left } = settle({ [currency]: cell.cost }, rule)
    return Object.keys(left).length > 0 ? [] : [{ ...cell, cost: minor }]
  })
}
