/** The books of what was imported and what could not be taken. */
import type { Database } from './database.ts'
import type { Row } from './schema.ts'
import { sql } from './sql.ts'

/** Imports, the newest first. */
export function readImports(database: Database, limit: number): Promise<Row<'imports'>[]> {
  return database.query(sql`select * from imports order by import_id desc limit ${limit}`)
}

export interface RejectFilter {
  /** One import's; null: all. */
  import: number | null
  limit: number
  offset: number
}

/** A page of rejects, the newest first, with how many there are. */
export async function readRejects(
  database: Database,
  { import: importId, limit, offset }: RejectFilter,
): Promise<{ total: number; rejects: Row<'rejects'>[] }> {
  const which = importId === null ? sql`` : sql`where import_id = ${importId}`
  const [count] = await database.query<{ n: number }>(sql`select count(*) as n from rejects ${which}`)
  const rejects = await database.query<Row<'rejects'>>(
    sql`select * from rejects ${which} order by import_id desc, line, reject_id limit ${limit} offset ${offset}`,
  )
  return { total: count!.n, rejects }
}
