/** Spend of a period: as cells that attribution shares out, and as sums of what was shown and clicked. */
import { BETWEEN, NOTHING, spendColumns } from '../store/block-columns.ts'
import { raw, type Sql, sql, type Value } from '../store/sql.ts'
import type { Origin, SpendCell } from './attribution.ts'
import { readBlocks } from './block-parts.ts'
import { readGroups } from './groups.ts'
import { addMoney, type Money, type MoneyRule, settle, toMinor } from './money.ts'
import { allOf, type Facts, type Filter, ofSources, type Period, rowsOf, withinMonth } from './query.ts'

type SpendColumn = keyof typeof spendColumns

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
    readPaid(facts, filter, ['currency', 'cost'], ({ size, columns }) => {
      for (let i = 0; i < size; i++)
        if (columns.cost[i] !== null)
          addMoney(cost, columns.currency[i] as string | null, toMinor(columns.cost[i] as number))
    }),
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
  const origins = new Map<string, Origin>()
  const cells: Spend['cells'] = []
  const mark: SpendColumn = fine ? 'origin' : 'coarse'
  await readPaid(facts, filter, [mark, 'currency', 'cost'], ({ size, days, columns }) => {
    for (let i = 0; i < size; i++) {
      if (columns.cost[i] === null) continue
      const name = columns[mark][i] as string
      let found = origins.get(name)
      if (!found) {
        found = toOrigin(name)
        origins.set(name, found)
      }
      const cost = toMinor(columns.cost[i] as number)
      cells.push({ origin: found, day: days[i]!, currency: columns.currency[i] as string | null, cost })
    }
  })
  return cells
}

interface Paid {
  size: number
  days: readonly string[]
  columns: Record<SpendColumn, readonly Value[]>
}

/** Calls `visit` with rows of spend: single ones, or in PostgreSQL those alike as one with their cost together. */
async function readPaid(
  facts: Facts,
  filter: Filter,
  columns: readonly SpendColumn[],
  visit: (paid: Paid) => void,
): Promise<void> {
  const readRows = (period: Period) =>
    readGroups(
      facts,
      {
        table: raw('spend s'),
        day: raw('s.day'),
        period,
        where: [raw('s.cost is not null'), ...ofSources(filter, 's')],
        keys: Object.fromEntries(
          columns.filter(name => name !== 'cost').map(name => [name, raw(spendColumns[name])]),
        ) as Record<SpendColumn, Sql>,
        sums: { cost: raw('s.cost') },
      },
      ({ size, days, keys, sums }) => visit({ size, days, columns: { ...keys, cost: sums.cost } }),
    )
  if (facts.dialect !== 'sqlite') return readRows(filter.period)
  const left = await readBlocks<SpendColumn>(
    facts,
    { table: 'spend', filter, by: 'day', columns: ['day', ...columns] },
    part => visit({ size: part.size, days: part.columns.day as readonly string[], columns: part.columns }),
  )
  await Promise.all(left.map(month => readRows(withinMonth(filter.period, month))))
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
