/** The book of what was removed on a client's wish or by age. */
import type { Connection } from './database.ts'
import type { Row } from './schema.ts'
import { sql } from './sql.ts'

export type RemovalRow = Row<'removals'>

const COLUMNS = [
  'removal_id',
  'kind',
  'state',
  'client_id',
  'alias',
  'author',
  'made_at',
  'finished_at',
  'counts',
] as const

/** Adds or changes one. */
export async function writeRemoval(connection: Connection, row: RemovalRow): Promise<void> {
  await connection.upsert('removals', COLUMNS, [row])
}

/** Erasures that were begun and not finished, the oldest first. */
export function readOpenErasures(connection: Connection): Promise<RemovalRow[]> {
  return connection.query(
    sql`select * from app.removals where kind = 'erasure' and state <> 'done' order by made_at, removal_id`,
  )
}

/** Erasures, the newest first. */
export function readErasures(connection: Connection, limit: number): Promise<RemovalRow[]> {
  return connection.query(
    sql`select * from app.removals where kind = 'erasure' order by made_at desc, removal_id limit ${limit}`,
  )
}
