/** What the numbers of two views and of clients' visits ask, kept ready beside deals and visits. */
import { createOrigins } from '../../lib/origin.ts'
import type { Connection, Dialect } from '../database.ts'
import { originColumns, type Row } from '../schema.ts'
import { raw, sql } from '../sql.ts'

export const name = '008-faster-numbers'

/** All that the cells of numbers ask of a deal; see 003. */
const COVERING =
  'is_mql, is_sql, purchase_n, purchases_later, amount, currency, is_only, previous_day, next_day, client_id, origin_id, city, profile, client_kind, product, manager, contact_kind, contact_s, cycle_days, loss_reason'

export const statements = (dialect: Dialect): readonly string[] => [
  'alter table deals add column is_only bigint',
  'update deals set is_only = 0',
  'update deals set is_only = 1 where client_id in (select client_id from deals group by client_id having count(*) = 1)',
  // Money given back is no lead.
  "update deals set qualified_day = null where status = 'won' and amount < 0",
  'drop index deals_day',
  `create index deals_day on deals (day, status, source${dialect === 'sqlite' ? `, ${COVERING}` : ''})`,
  'drop index deals_qualified',
  'create index deals_qualified on deals (qualified_day, source, is_only, client_id)',
  'alter table visits add column origin_id bigint',
  'create index visits_client on visits (client_id, started_at, origin_id)',
  'drop index conversations_day',
  'create index conversations_day on conversations (day, kind, direction, is_missed, is_lost, source)',
]

const PAGE = 20_000

/** Numbers the visits that stand already. */
export async function fill(connection: Connection): Promise<void> {
  let last = { client_id: '', visit_id: '' }
  for (;;) {
    const { client_id, visit_id } = last
    const visits = await connection.query<Row<'visits'>>(
      sql`select client_id, visit_id, source, medium, campaign, content, keyword from visits
        where client_id > ${client_id} or (client_id = ${client_id} and visit_id > ${visit_id})
        order by client_id, visit_id limit ${raw(String(PAGE))}`,
    )
    if (visits.length === 0) return
    const origins = createOrigins()
    const numbered = visits.map(visit => ({ ...visit, origin_id: origins.idOf(visit) }))
    await connection.upsert('origins', originColumns, origins.rows)
    await connection.upsert('visits', ['client_id', 'visit_id', 'origin_id'], numbered)
    last = visits.at(-1)!
  }
}
