/** What an audience may bring: how often clients in the same place bought before, and for how much. Never a promise. */
import { daysBetween } from '../lib/dates.ts'
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
  { clients, currency }: { clients: number; currency: string },
): Promise<AudienceValue | null> {
  const told =
    rule.rule === 'untouched'
      ? await longDeals(query, rule.days, currency)
      : await tellExperience(query, experienceOf(rule), currency)
  if (!told || told.of < LEAST || told.purchases < LEAST_PURCHASES || told.check === null) return null
  const { hits, of, check } = told
  const interval = wilson(hits, of)
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

interface Told {
  hits: number
  of: number
  purchases: number
  check: number | null
}

async function tellExperience(
  query: Query,
  experience: Experience | null,
  currency: string,
): Promise<Told | null> {
  if (!experience) return null
  const [[counts], [sums]] = await Promise.all([
    rowsOf<{ hits: number | null; known: number }>(query, experience.base),
    rowsOf<{ n: number; mean: number | null }>(
      query,
      sql`select count(*) as n, avg(d.amount) as mean from deals d
        where d.status = 'won' and d.amount > 0 and (d.currency = ${currency} or d.currency is null)
          and ${experience.bought}`,
    ),
  ])
  return {
    hits: counts?.hits ?? 0,
    of: counts?.known ?? 0,
    purchases: sums?.n ?? 0,
    check: sums?.mean ?? null,
  }
}

/** Deals that were open for at least so many days and have an end by now. Days are told apart here: SQL of the two databases differs in that. */
async function longDeals(query: Query, days: number, currency: string): Promise<Told> {
  const rows = await rowsOf<{
    status: string
    day: string
    closed_day: string
    n: number
    priced: number
    total: number | null
  }>(
    query,
    sql`select d.status, d.day, d.closed_day, count(*) as n,
        sum(case when d.amount > 0 and (d.currency = ${currency} or d.currency is null) then 1 else 0 end) as priced,
        sum(case when d.amount > 0 and (d.currency = ${currency} or d.currency is null) then d.amount end) as total
      from deals d where d.status <> 'open' and d.day is not null and d.closed_day is not null
      group by d.status, d.day, d.closed_day`,
    1_000_000,
  )
  const told = { hits: 0, of: 0, purchases: 0, total: 0 }
  for (const row of rows) {
    if (daysBetween(row.day, row.closed_day) < days) continue
    told.of += row.n
    if (row.status !== 'won') continue
    told.hits += row.n
    told.purchases += row.priced
    told.total += row.total ?? 0
  }
  return { ...told, check: told.purchases > 0 ? told.total / told.purchases : null }
}

interface Experience {
  /** One row: `hits` of `known`. */
  base: Sql
  /** Which purchases (`deals d`) came of it. */
  bought: Sql
}

/** Counts of those who were in the same place; null for a rule whose clients are in no one place. */
function experienceOf(rule: Exclude<AudienceRule, { rule: 'untouched' }>): Experience | null {
  switch (rule.rule) {
    case 'upsell':
      return {
        base: sql`select sum(x.other) as hits, count(*) as known from (
          select d.client_id, max(case when d.product = ${rule.without} then 1 else 0 end) as other,
            max(case when d.product = ${rule.bought} then 1 else 0 end) as own
          from deals d where d.status = 'won' group by d.client_id) x where x.own = 1`,
        bought: sql`d.product = ${rule.without}`,
      }
    case 'repeat':
      return boughtAgain(sql`1 = 1`)
    case 'lost_price':
      return boughtAfterLoss(sql`1 = 1`)
    case 'persona': {
      const own = sql`exists (select 1 from client_personas p where p.client_id = d.client_id
        and p.persona_id = ${rule.persona})`
      if (rule.who === 'all') return null
      return rule.who === 'won' ? boughtAgain(own) : boughtAfterLoss(own)
    }
  }
}

function boughtAgain(who: Sql): Experience {
  return {
    base: sql`select sum(x.again) as hits, count(*) as known from (
      select d.client_id, max(case when d.purchase_n > 1 then 1 else 0 end) as again
      from deals d where d.purchase_n is not null and ${who} group by d.client_id) x`,
    bought: sql`d.purchase_n > 1 and ${who}`,
  }
}

function boughtAfterLoss(who: Sql): Experience {
  return {
    base: sql`select sum(x.later) as hits, count(*) as known from (
      select d.client_id, max(case when w.client_id is null then 0 else 1 end) as later
      from deals d left join deals w on w.client_id = d.client_id and w.status = 'won'
        and w.created_at > d.created_at
      where d.status = 'lost' and ${who} group by d.client_id) x`,
    bought: sql`exists (select 1 from deals l where l.client_id = d.client_id and l.status = 'lost'
      and l.created_at < d.created_at) and ${who}`,
  }
}
