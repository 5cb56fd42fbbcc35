/** Rows of app.cell_cache: results by key, their size and when they were last of use. */
import type { Database } from './database.ts'
import { inList } from './lists.ts'
import type { Row } from './schema.ts'
import { sql } from './sql.ts'

export type CacheRow = Row<'cell_cache'>

/** Results of those keys that are there, with the day of their last use. */
export function readCached(
  database: Database,
  keys: readonly string[],
): Promise<Pick<CacheRow, 'cache_key' | 'result' | 'used_at'>[]> {
  return database.query(
    sql`select cache_key, result, used_at from app.cell_cache where cache_key in ${inList(database, keys)}`,
  )
}

/** Stores results and marks others as used on a day, in one transaction. */
export async function writeCached(
  database: Database,
  rows: readonly CacheRow[],
  used: { keys: readonly string[]; day: string },
): Promise<void> {
  await database.transaction(async connection => {
    if (rows.length > 0)
      await connection.upsert(
        'cell_cache',
        ['cache_key', 'notebook', 'cell', 'made_at', 'used_at', 'bytes', 'result'],
        rows,
      )
    if (used.keys.length > 0)
      await connection.run(
        sql`update app.cell_cache set used_at = ${used.day} where cache_key in ${inList(connection, used.keys)}`,
      )
  })
}

/** When more than `maxBytes` are kept, drops the least recently used until four fifths are left. Returns how many went. */
export async function evictCached(database: Database, maxBytes: number): Promise<number> {
  const rows = await database.query<Pick<CacheRow, 'cache_key' | 'bytes'>>(
    sql`select cache_key, bytes from app.cell_cache order by used_at desc, made_at desc, cache_key`,
  )
  const total = rows.reduce((sum, row) => sum + row.bytes, 0)
  if (total <= maxBytes) return 0
  let kept = 0
  const gone = rows.filter(row => {
    kept += row.bytes
    return kept > maxBytes * 0.8
  })
  const keys = gone.map(row => row.cache_key)
  return database.run(sql`delete from app.cell_cache where cache_key in ${inList(database, keys)}`)
}
