/** Rules by which clients make an audience, and the clients that they find. Every rule is one statement over the facts. */
import { z } from 'zod'
import { addDays } from '../lib/dates.ts'
import { join, type Sql, sql } from '../store/sql.ts'
import { type Query, rowsOf } from './query.ts'

const days = z.number().int().min(1).max(3650)
const name = z.string().trim().min(1).max(300)

export const audienceRuleSchema = z.discriminatedUnion('rule', [
  /** Open deals without a talk, or a step in the funnel, for so many days. */
  z.strictObject({ rule: z.literal('untouched'), days: days.default(14) }),
  /** Bought one product and never another. */
  z.strictObject({ rule: z.literal('upsell'), bought: name, without: name }),
  /** Bought long enough ago to buy again; without `days`, the usual time between two purchases. */
  z.strictObject({ rule: z.literal('repeat'), days: days.nullish() }),
  /** Lost on price, and, when a theme is given, asked about it. */
  z.strictObject({ rule: z.literal('lost_price'), theme: name.nullish() }),
  /** A persona: all of it, or those who bought, or those whose deals are all lost. */
  z.strictObject({
    rule: z.literal('persona'),
    persona: z.string().regex(/^p-\d+$/),
    who: z.enum(['all', 'won', 'lost']).default('all'),
  }),
])
export type AudienceRule = z.infer<typeof audienceRuleSchema>

/** Words of a reason that it was the price. Reasons are compared here, since SQLite lowers ASCII alone. */
const PRICE = /дорог|цен[аыеу]|бюджет|стоимост|price|expensive|budget|cost/i

/** The clients of a rule as a statement with one column, `client_id`, each once. `today` is the last day of the facts. */
export async function membersOf(query: Query, rule: AudienceRule, today: string): Promise<Sql> {
  switch (rule.rule) {
    case 'untouched': {
      const border = addDays(today, -rule.days)
      return sql`select distinct d.client_id from deals d where d.status = 'open' and d.day <= ${border}
        and not exists (select 1 from conversations c where c.client_id = d.client_id and c.day > ${border})
        and not exists (select 1 from deal_stages s where s.client_id = d.client_id and s.deal_id = d.deal_id
          and s.entered_at > ${`${border} 23:59:59`})`
    }
    case 'upsell':
      return sql`select distinct d.client_id from deals d where d.status = 'won' and d.product = ${rule.bought}
        and not exists (select 1 from deals o where o.client_id = d.client_id and o.product = ${rule.without}
          and o.status <> 'lost')`
    case 'repeat': {
      const border = addDays(today, -(await dueAfter(query, rule.days ?? null)))
      return sql`select d.client_id from deals d group by d.client_id
        having sum(case when d.status = 'open' then 1 else 0 end) = 0
        and max(case when d.purchase_n is not null then coalesce(d.closed_day, d.day) end) <= ${border}`
    }
    case 'lost_price': {
      const reasons = await priceReasons(query)
      const onPrice = reasons.length > 0 ? sql`d.loss_reason in (${join(reasons)})` : sql`1 = 0`
      const asked = rule.theme
        ? sql`and exists (select 1 from mentions m where m.client_id = d.client_id and m.theme_id = ${rule.theme})`
        : sql``
      return sql`select distinct d.client_id from deals d where d.status = 'lost' and ${onPrice} ${asked}
        and not exists (select 1 from deals o where o.client_id = d.client_id and o.status <> 'lost')`
    }
    case 'persona': {
      const won = sql`exists (select 1 from deals d where d.client_id = p.client_id and d.status = 'won')`
      const lost = sql`exists (select 1 from deals d where d.client_id = p.client_id and d.status = 'lost')
        and not exists (select 1 from deals d where d.client_id = p.client_id and d.status <> 'lost')`
      const who = { all: sql``, won: sql`and ${won}`, lost: sql`and ${lost}` }[rule.who]
      return sql`select p.client_id from client_personas p where p.persona_id = ${rule.persona} ${who}`
    }
  }
}

/** Reasons of loss in the data that speak of the price. */
async function priceReasons(query: Query): Promise<string[]> {
  const rows = await rowsOf<{ loss_reason: string }>(
    query,
    sql`select distinct loss_reason from deals where status = 'lost' and loss_reason is not null`,
  )
  return rows.map(row => row.loss_reason).filter(reason => PRICE.test(reason))
}

/** Days after which half of those who bought again had done so; a year where too few did. */
const DEFAULT_DUE = 365
const LEAST_REPEATS = 10

export async function dueAfter(query: Query, given: number | null): Promise<number> {
  if (given !== null) return given
  const rows = await rowsOf<{ first_day: string; next_day: string }>(
    query,
    sql`select coalesce(a.closed_day, a.day) as first_day, b.day as next_day from deals a
      join deals b on b.client_id = a.client_id and b.purchase_n = a.purchase_n + 1
      where a.purchase_n is not null and coalesce(a.closed_day, a.day) is not null and b.day is not null`,
  )
  const gaps = rows
    .map(row => (Date.parse(row.next_day) - Date.parse(row.first_day)) / 86_400_000)
    .filter(gap => gap >= 0)
    .sort((a, b) => a - b)
  return gaps.length < LEAST_REPEATS ? DEFAULT_DUE : Math.max(1, Math.round(gaps[gaps.length >> 1]!))
}
