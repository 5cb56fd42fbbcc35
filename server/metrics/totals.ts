/** A period's numbers, all from facts. */

import { sql } from '../store/sql.ts'
import type { MetricId } from './definitions.ts'
import { type Filter, matching, type Query, rowsOf, toMinor } from './query.ts'

export type Totals = Record<MetricId, number | null> & {
  /** Won deals: what the average is of. */
  wonDeals: number
  /** Currencies met in deals and spend; sums are null when there is more than one. */
  currencies: string[]
}

const divide = (a: number | null, b: number | null) => (a === null || b === null || b === 0 ? null : a / b)

/** Every metric of a period. Money in units of the one currency, or null when there are several. */
export async function readTotals(query: Query, filter: Filter): Promise<Totals> {
  const deals = matching(filter, 'd')
  const [counts, revenues, spends, visits, talks] = await Promise.all([
    rowsOf<{ leads: number; sql_leads: number; won: number; won_deals: number }>(
      query,
      sql`select count(distinct d.client_id) as leads,
        count(distinct case when d.qualified_at is not null then d.client_id end) as sql_leads,
        count(distinct case when d.status = 'won' then d.client_id end) as won,
        count(case when d.status = 'won' then 1 end) as won_deals
        from deals d where ${deals}`,
    ),
    rowsOf<{ currency: string | null; amount: number | null }>(
      query,
      sql`select d.currency, sum(d.amount) as amount from deals d
        where d.status = 'won' and d.amount is not null and ${deals} group by d.currency`,
    ),
    rowsOf<{ currency: string | null; amount: number | null }>(
      query,
      sql`select s.currency, sum(s.cost) as amount from spend s where s.cost is not null and ${matching(filter, 's')} group by s.currency`,
    ),
    rowsOf<{ n: number }>(query, sql`select count(*) as n from visits v where ${matching(filter, 'v')}`),
    rowsOf<{ n: number; missed: number | null }>(
      query,
      sql`select count(*) as n, sum(c.is_missed) as missed from conversations c where c.kind <> 'comment' and ${matching(filter, 'c')}`,
    ),
  ])
  const currencies = [...new Set([...revenues, ...spends].map(row => row.currency ?? ''))].filter(
    currency => currency !== '',
  )
  const sum = (rows: readonly { amount: number | null }[]) =>
    currencies.length > 1 ? null : rows.reduce((total, row) => total + toMinor(row.amount), 0) / 100
  const { leads, sql_leads, won, won_deals } = counts[0]!
  const revenue = sum(revenues)
  const spend = sum(spends)
  return {
    leads,
    sql: sql_leads,
    won,
    wonDeals: won_deals,
    conversion: divide(won, leads),
    revenue,
    check: divide(revenue, won_deals),
    spend,
    cpl: divide(spend, leads),
    cac: divide(spend, won),
    romi: revenue === null || spend === null ? null : divide(revenue - spend, spend),
    visits: visits[0]!.n,
    calls: talks[0]!.n,
    missed: talks[0]!.missed ?? 0,
    currencies,
  }
}
