/** Deals of a period, added up by keys: what all metrics of leads, sales and revenue are made of. */
import { raw, type Sql, sql } from '../store/sql.ts'
import { type Groups, readGroups } from './groups.ts'
import { type Facts, type Filter, ofSources } from './query.ts'
import { addDeals, type Tally } from './tally.ts'

/** Which day of a deal decides whether it lies in the period. */
export type DealDay = 'day' | 'qualified_day' | 'closed_day'

const BITS = raw(`coalesce(d.is_mql, 1) + 2 * coalesce(d.is_sql, 0)
  + case when d.purchase_n is null then 0 when d.purchase_n = 1 then 12 else 4 end
  + case when d.purchases_later > 0 then 16 else 0 end + case when d.status = 'open' then 32 else 0 end
  + case when d.status <> 'won' or d.amount is null then 0 when d.amount > 0 then 64 when d.amount < 0 then 128 else 0 end`)

/** The client of a deal that is not its only one. */
export const SEVERAL = raw('case when d.is_only = 1 then null else d.client_id end')

export type OwnKey = 'bits' | 'client' | 'currency'
export type OwnSum = 'amount' | 'square'
export type Deals<Key extends string> = Groups<Key | OwnKey, OwnSum>

export interface DealQuery<Key extends string> {
  filter: Filter
  /** The day of creation by default. */
  by?: DealDay
  keys: Record<Key, Sql>
  /** Joins of what the keys need beyond `deals d`. */
  joins?: Sql
  where?: readonly Sql[]
  /** Days read at a time; see groups.ts. */
  span?: number
}

/** Calls `visit` with the deals of the period and sources, by keys. Amounts are those of won deals. */
export async function readDeals<Key extends string>(
  facts: Facts,
  { filter, by = 'day', keys, joins = raw(''), where = [], span }: DealQuery<Key>,
  visit: (deals: Deals<Key>) => void,
): Promise<void> {
  const { from, to } = filter.period
  // By another day than that of creation the neighbours' days say nothing.
  const client =
    by === 'day'
      ? sql`case when d.previous_day >= ${from} or d.next_day <= ${to} then d.client_id end`
      : SEVERAL
  const own: Record<OwnKey, Sql> = {
    bits: BITS,
    client,
    currency: raw("case when d.status = 'won' and d.amount is not null then coalesce(d.currency, '') end"),
  }
  // Of single rows the square is known without asking.
  const square = raw(
    facts.dialect === 'sqlite' ? 'null' : "case when d.status = 'won' then d.amount * d.amount end",
  )
  const sums = { amount: raw("case when d.status = 'won' then d.amount end"), square }
  await readGroups(
    facts,
    {
      table: raw('deals d'),
      from: sql`deals d ${joins}`,
      ...(span !== undefined && { span }),
      day: raw(`d.${by}`),
      period: filter.period,
      where: [...ofSources(filter, 'd'), ...where],
      keys: { ...keys, ...own } as Record<Key | OwnKey, Sql>,
      sums,
    },
    visit,
  )
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
