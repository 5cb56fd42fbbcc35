/** An audience: whom a rule finds, whom of them one may address, and what that may bring. No contact data. */
import { sql } from '../store/sql.ts'
import { type AudienceRule, dueAfter, membersOf } from './audience-rules.ts'
import { type AudienceValue, expectValue } from './audience-value.ts'
import { type Query, rowsOf } from './query.ts'

export interface Audience {
  /** Clients whom the rule finds, and those of them who consented: only these are ever exported. */
  found: number
  consented: number
  value: AudienceValue | null
  /** Days that a rule without days of its own came to. */
  days: number | null
  /** Of those who consented, the dearest open or latest deals first. */
  clients: AudienceClient[]
}

export interface AudienceClient {
  alias: number
  city: string | null
  profile: string | null
  product: string | null
  amount: number | null
  /** The last day on which anything was heard of the client. */
  last_day: string | null
}

export interface AudienceQuery {
  rule: AudienceRule
  /** The last day of the facts. */
  today: string
  currency: string
  /** Clients listed at most. */
  limit: number
}

export async function readAudience(
  query: Query,
  { rule, today, currency, limit }: AudienceQuery,
): Promise<Audience> {
  const members = await membersOf(query, rule, today)
  const [[counts], clients, days] = await Promise.all([
    rowsOf<{ found: number; consented: number | null }>(
      query,
      sql`select count(*) as found, sum(case when c.consent = 1 then 1 else 0 end) as consented
        from (${members}) a join clients c on c.client_id = a.client_id`,
    ),
    rowsOf<AudienceClient>(
      query,
      sql`select c.alias, c.city, c.profile, max(d.product) as product, max(d.amount) as amount,
          max(coalesce(d.closed_day, d.day)) as last_day
        from (${members}) a join clients c on c.client_id = a.client_id
        left join deals d on d.client_id = a.client_id
        where c.consent = 1 group by c.client_id, c.alias, c.city, c.profile
        order by coalesce(max(d.amount), -1) desc, c.alias limit ${limit}`,
    ),
    rule.rule === 'repeat' ? dueAfter(query, rule.days ?? null) : null,
  ])
  const consented = counts?.consented ?? 0
  const value = await expectValue(query, rule, { clients: consented, currency })
  return { found: counts?.found ?? 0, consented, value, days, clients }
}
