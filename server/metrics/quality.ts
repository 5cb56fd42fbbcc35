/** What of a period's facts is missing or odd: each is counted, so that a page can say how it was dealt with. */
import { sql } from '../store/sql.ts'
import { allOf, type Facts, type Filter, ofSources, rowsOf } from './query.ts'

export interface Quality {
  deals: number
  /** Without a source: nobody's spend is theirs. */
  sourceless: number
  /** Won without a sum, or for nothing: no part of the average. */
  unpriced: number
  /** Won with a sum below zero: less revenue, no purchase. */
  refunds: number
  /** Won before they were created: no part of the cycle. */
  backward: number
  /** Deals of all time without a day of creation, which no period holds. */
  undated: number
}

export async function readQuality(facts: Facts, filter: Filter): Promise<Quality> {
  const { from, to } = filter.period
  const [row] = await rowsOf<Record<keyof Quality, number | null>>(
    facts,
    sql`select count(*) as deals, sum(case when d.source is null then 1 else 0 end) as sourceless,
      sum(case when d.status = 'won' and (d.amount is null or d.amount = 0) then 1 else 0 end) as unpriced,
      sum(case when d.status = 'won' and d.amount < 0 then 1 else 0 end) as refunds,
      sum(case when d.cycle_days < 0 then 1 else 0 end) as backward,
      (select count(*) from deals u where u.day is null) as undated
      from deals d where d.day between ${from} and ${to} and ${allOf(ofSources(filter, 'd'))}`,
  )
  const of = (name: keyof Quality) => row?.[name] ?? 0
  return {
    deals: of('deals'),
    sourceless: of('sourceless'),
    unpriced: of('unpriced'),
    refunds: of('refunds'),
    backward: of('backward'),
    undated: of('undated'),
  }
}
