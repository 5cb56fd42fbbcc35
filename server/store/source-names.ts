import type { Connection } from './database.ts'
import { sql } from './sql.ts'

/** Kinds of facts that were imported, with how many files and when the last of them came. */
export function readSources(
  database: Connection,
): Promise<{ kind: string; files: number; last: string | null }[]> {
  return database.query(
    sql`select kind, count(distinct source) as files, max(finished_at) as last from imports
      where finished_at is not null group by kind order by kind`,
  )
}
