/** An audience out of the house: contacts of those who consented, in a platform's layout; every export is written down. */
import type { Database } from '../store/database.ts'
import type { Row } from '../store/schema.ts'
import { sql } from '../store/sql.ts'
import { type AudienceFile, type Contact, type LayoutOptions, layOutAudience } from './audience-layouts.ts'
import { type AudienceRule, membersOf } from './audience-rules.ts'

export interface ExportRequest extends LayoutOptions {
  rule: AudienceRule
  today: string
}

export interface ExportedAudience extends AudienceFile {
  /** Clients of the rule who consented. */
  clients: number
  /** Their numbers. */
  aliases: number[]
}

/** Makes the file, and the line in the log before anything is handed over. */
export async function exportAudience(
  database: Database,
  request: ExportRequest,
  by: { author: string | null; now: string },
): Promise<ExportedAudience> {
  const { rule, today, platform, hashed } = request
  const members = await membersOf(
    (statement, options) => database.reader.read(statement, options),
    rule,
    today,
  )
  const contacts = await database.query<Contact & { alias: number }>(
    sql`select c.alias, x.phone, x.email from (${members}) a join clients c on c.client_id = a.client_id
      left join app.client_contacts x on x.client_id = a.client_id where c.consent = 1`,
  )
  const file = layOutAudience(contacts, request)
  await database.transaction(async connection => {
    const [last] = await connection.query<{ id: number | null }>(
      sql`select max(export_id) as id from app.audience_exports`,
    )
    const row = {
      export_id: (last?.id ?? 0) + 1,
      author: by.author,
      made_at: by.now,
      platform,
      rule: JSON.stringify(rule),
      clients: contacts.length,
      rows_written: file.rows,
      hashed: hashed ? 1 : 0,
    }
    await connection.upsert('audience_exports', Object.keys(row) as (keyof typeof row)[], [row])
  })
  return { ...file, clients: contacts.length, aliases: contacts.map(({ alias }) => alias) }
}

/** Who took what, the newest first. */
export const readExports = (database: Database, limit = 200): Promise<Row<'audience_exports'>[]> =>
  database.query(sql`select * from app.audience_exports order by export_id desc limit ${limit}`)
