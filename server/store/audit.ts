/** Rows of the log of what matters for safety. */
import type { Connection } from './database.ts'
import type { Row } from './schema.ts'
import { sql } from './sql.ts'

export type AuditRow = Row<'audit'>
/** With the names of who it was and, where it was done to a user, of whom; as long as there are such users. */
export type NamedAuditRow = AuditRow & { name: string | null; subject_name: string | null }

const COLUMNS = ['audit_id', 'at_ms', 'event', 'via', 'user_id', 'subject', 'details'] as const

export async function writeAudit(database: Connection, rows: readonly AuditRow[]): Promise<void> {
  await database.upsert('audit', COLUMNS, rows)
}

export interface AuditFilter {
  event: string | null
  user: string | null
  /** Milliseconds: only what was before. */
  before: number | null
  limit: number
}

/** The newest first. */
export function readAudit(
  database: Connection,
  { event, user, before, limit }: AuditFilter,
): Promise<NamedAuditRow[]> {
  const only = [
    ...(event === null ? [] : [sql` and a.event = ${event}`]),
    ...(user === null ? [] : [sql` and a.user_id = ${user}`]),
    ...(before === null ? [] : [sql` and a.at_ms < ${before}`]),
  ].reduce((all, part) => sql`${all}${part}`, sql``)
  return database.query(
    sql`select a.audit_id, a.at_ms, a.event, a.via, a.user_id, a.subject, a.details, u.name, s.name as subject_name
      from app.audit a left join app.users u on u.user_id = a.user_id left join app.users s on s.user_id = a.subject
      where 1 = 1${only} order by a.at_ms desc, a.audit_id desc limit ${limit}`,
  )
}
