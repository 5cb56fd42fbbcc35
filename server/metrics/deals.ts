/** Deals of a period, added up by keys: what all metrics of leads, sales and revenue are made of. */
import { type DealColumn, dealColumns } from '../store/block-columns.ts'
import { inMonth } from '../store/blocks.ts'
import { join, raw, type Sql, sql, type Value } from '../store/sql.ts'
import { type BlockPart, readBlocks } from './block-parts.ts'
import { type Groups, readGroups } from './groups.ts'
import { type Facts, type Filter, ofSources, withinMonth } from './query.ts'
import { addDeals, type Tally } from './tally.ts'

/** Which day of a deal decides whether it lies in the period. */
export type DealDay = 'day' | 'qualified_day' | 'closed_day'

export type OwnKey = 'bits' | 'client' | 'currency'
export type OwnSum = 'amount' | 'square'
export type Deals<Key extends string> = Groups<Key | OwnKey, OwnSum>

export interface ColumnQuery<Key extends string> {
  filter: Filter
  /** The day of creation by default. */
  by?: DealDay
  /** A column that is kept ready, or anything of `deals d` and the joins. */
  keys: Record<Key, DealColumn | Sql>
  /** Joins of what the keys need beyond `deals d`. */
  joins?: Sql
  /** Deals of this status alone. */
  only?: 'won' | 'lost'
  /** Days read at a time; see groups.ts. */
  span?: number
}

/** Calls `visit` with the deals of the period and sources, by keys, and with the amounts of won ones where asked for. */
export async function readDealColumns<Key extends string>(
  facts: Facts,
  query: ColumnQuery<Key>,
  amounts: boolean,
  visit: (deals: Groups<Key, OwnSum>) => void,
): Promise<void> {
  const { filter, by = 'day', keys, joins, only } = query
  const ready = Object.entries(keys) as [Key, DealColumn | Sql][]
  if (facts.dialect !== 'sqlite' || joins || ready.some(([, column]) => typeof column !== 'string'))
    return readRows(facts, query, amounts, visit)
  const columns = new Set<DealColumn>([by, ...ready.map(([, column]) => column as DealColumn)])
  if (amounts) columns.add('amount')
  const left = await readBlocks<DealColumn>(
    facts,
    {
      table: 'deals',
      filter,
      by,
      columns: [...columns],
      only: only && { column: 'status', value: only },
    },
    part => visit(toGroups(part, by, ready as [Key, DealColumn][], amounts)),
  )
  await readMonths(facts, query, amounts, left, visit)
}

function toGroups<Key extends string>(
  { size, columns }: BlockPart<DealColumn>,
  by: DealDay,
  keys: readonly [Key, DealColumn][],
  amounts: boolean,
): Groups<Key, OwnSum> {
  const nothing = new Array<number | null>(size).fill(null)
  return {
    size,
    days: columns[by] as readonly string[],
    keys: Object.fromEntries(keys.map(([name, column]) => [name, columns[column]])) as Record<Key, Value[]>,
    sums: { amount: amounts ? (columns.amount as (number | null)[]) : nothing, square: nothing },
    counts: new Array<number>(size).fill(1),
  }
}

/** Deals of months that have no blocks. */
async function readMonths<Key extends string>(
  facts: Facts,
  query: ColumnQuery<Key>,
  amounts: boolean,
  months: readonly string[],
  visit: (deals: Groups<Key, OwnSum>) => void,
): Promise<void> {
  const { filter, by = 'day' } = query
  if (by === 'day') {
    await Promise.all(
      months.map(month =>
        readRows(
          facts,
          { ...query, filter: { ...filter, period: withinMonth(filter.period, month) } },
          amounts,
          visit,
        ),
      ),
    )
  } else if (months.length > 0) {
    const created = join(
      months.map(month => inMonth(raw('d.day'), month)),
      ' or ',
    )
    await readRows(facts, query, amounts, visit, [sql`(${created})`])
  }
}

async function readRows<Key extends string>(
  facts: Facts,
  { filter, by = 'day', keys, joins = raw(''), only, span }: ColumnQuery<Key>,
  amounts: boolean,
  visit: (deals: Groups<Key, OwnSum>) => void,
  where: readonly Sql[] = [],
): Promise<void> {
  const asked = Object.entries(keys) as [Key, DealColumn | Sql][]
  const columns = asked.map(([name, column]) => [
    name,
    typeof column === 'string' ? raw(dealColumns[column]) : column,
  ])
  const amount = raw(dealColumns.amount)
  // Of single rows the square is known without asking.
  const square = facts.dialect === 'sqlite' ? raw('null') : sql`${amount} * d.amount`
  await readGroups(
    facts,
    {
      table: raw('deals d'),
      from: sql`deals d ${joins}`,
      ...(span !== undefined && { span }),
      day: raw(`d.${by}`),
      period: filter.period,
      where: [...(only ? [sql`d.status = ${only}`] : []), ...ofSources(filter, 'd'), ...where],
      keys: Object.fromEntries(columns) as Record<Key, Sql>,
      sums: (amounts ? { amount, square } : {}) as Record<OwnSum, Sql>,
    },
    visit,
  )
}

/** Calls `visit` with the deals, and with all of them that a tally is made of. */
export function readDeals<Key extends string>(
  facts: Facts,
  query: ColumnQuery<Key>,
  visit: (deals: Deals<Key>) => void,
): Promise<void> {
  const own: Record<OwnKey, DealColumn> = { bits: 'bits', client: 'client', currency: 'currency' }
  const keys = { ...query.keys, ...own } as Record<Key | OwnKey, DealColumn | Sql>
  return readDealColumns(facts, { ...query, keys }, true, visit)
}

/** Adds row `i` of the deals to a tally. */
export function addRow(tally: Tally, { keys, sums, counts }: Deals<never>, i: number): void {
  const client = keys.client[i] as string | null
  const amount = sums.amount[i]!
  // Most deals brought no money and are their client's only one: nothing but a count.
  if (client === null && amount === null) {
    tally.single[keys.bits[i] as number]! += counts[i]!
    return
  }
  addDeals(tally, {
    bits: keys.bits[i] as number,
    count: counts[i]!,
    client,
    amount,
    square: sums.square[i]!,
    currency: keys.currency[i] as string | null,
  })
}
