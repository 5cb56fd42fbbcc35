/** What an audience may bring: how often clients in the same place bought before, and for how much. Never a promise. */
import { addDays } from '../lib/dates.ts'
import { wilson } from '../lib/statistics.ts'
import { type Sql, sql } from '../store/sql.ts'
import type { AudienceRule } from './audience-rules.ts'
import { type Query, rowsOf } from './query.ts'

export interface AudienceValue {
  /** Of `of` clients (or deals) in the same place, `hits` bought. */
  hits: number
  of: number
  rate: number
  interval: [number, number]
  /** Mean sum of such purchases, and what is expected of the whole audience, in units. */
  check: number
  expected: number
  expectedInterval: [number, number]
}

/** Fewer clients in the same place, or purchases, and nothing is expected. */
const LEAST = 20
const LEAST_PURCHASES = 5

/** Null when too little is known. `clients` are those who may be addressed. Sums in other currencies are left out. */
export async function expectValue(
  query: Query,
  rule: AudienceRule,
  { clients, currency, today }: { clients: number; currency: string; today: string },
): Promise<AudienceValue | null> {
  const { base, bought } = experienceOf(rule, today)
  const [[counts], [sums]] = await Promise.all([
    rowsOf<{ hits: number | null; known: number }>(query, base),
    rowsOf<{ n: number; mean: number | null }>(
      query,
      sql`select count(*) as n, avg(d.amount) as mean from deals d
        where d.status = 'won' and d.amount > 0 and (d.currency = ${currency} or d.currency is null) and ${bought}`,
    ),
  ])
  const [hits, of] = [counts?.hits ?? 0, counts?.known ?? 0]
  if (of < LEAST || (sums?.n ?? 0) < LEAST_PURCHASES) return null
  const interval = wilson(hits, of)
  const check = sums!.mean!
  const expect = (rate: number) => clients * rate * check
  return {
    hits,
    of,
    rate: hits / of,
    interval,
    check,
    expected: expect(hits / of),
    expectedInterval: [expect(interval[0]), expect(interval[1])],
  }
}

/** Counts of those who were in the same place, and which purchases (`deals d`) came of it. */
function experienceOf(rule: AudienceRule, today: string): { base: Sql; bought: Sql } {
  switch (rule.rule) {
    case 'untouched': {
      // Deals that old which have an end by now: how many of them ended well.
      const border = addDays(today, -rule.days)
      return {
        base: sql`select sum(case when d.status = 'won' then 1 else 0 end) as hits, count(*) as known
          from deals d where d.status <> 'open' and d.day <= ${border}
          and exists (select 1 from deal_stages s where s.client_id = d.client_id and s.deal_id = d.deal_id)`,
        bought: sql`d.day <= ${border}`,
      }
    }
    case 'upsell':
      return {
        base: sql`select sum(x.other) as hits, count(*) as known from (
          select d.client_id, max(case when d.product = ${rule.without} then 1 else 0 end) as other,
            max(case when d.product = ${rule.bought} then 1 else 0 end) as own
          from deals d where d.status = 'won' group by d.client_id) x where x.own = 1`,
        bought: sql`d.product = ${rule.without}`,
      }
    case 'repeat':
      return {
        base: sql`select sum(x.again) as hits, count(*) as known from (
          select d.client_id, max(case when d.purchase_n > 1 then 1 else 0 end) as again
          from deals d where d.purchase_n is not null group by d.client_id) x`,
        bought: sql`d.purchase_n > 1`,
      }
    case 'lost_price':
      return {
        base: sql`select sum(x.later) as hits, count(*) as known from (
          select l.client_id, max(case when w.client_id is null then 0 else 1 end) as later
          from deals l left join deals w on w.client_id = l.client_id and w.status = 'won'
            and w.created_at > l.created_at
          where l.status = 'lost' group by l.client_id) x`,
        bought: sql`exists (select 1 from deals l where l.client_id = d.client_id and l.status = 'lost'
          and l.created_at < d.created_at)`,
      }
    case 'persona':
      return {
        base: sql`select sum(x.won) as hits, count(*) as known from (
          select d.client_id, max(case when d.status = 'won' then 1 else 0 end) as won
          from deals d join client_personas p on p.client_id = d.client_id
          where p.persona_id = ${rule.persona} and d.status <> 'open' group by d.client_id) x`,
        bought: sql`exists (select 1 from client_personas p where p.client_id = d.client_id
          and p.persona_id = ${rule.persona})`,
      }
  }
}
