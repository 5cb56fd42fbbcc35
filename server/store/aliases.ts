/** Numbers of clients: given at first sight, never to another, whoever was erased meanwhile. */
import type { Connection } from './database.ts'
import { readSetting, writeSetting } from './settings.ts'
import { sql } from './sql.ts'

const SETTING = 'top_alias'

/** The greatest number ever given; 0 before the first. */
export async function readTopAlias(connection: Connection): Promise<number> {
  const [row] = await connection.query<{ top: number }>(
    sql`select coalesce(max(alias), 0) as top from clients`,
  )
  return Math.max(row!.top, Number((await readSetting(connection, SETTING)) ?? 0))
}

/** Remembers it before clients go. */
export async function keepTopAlias(connection: Connection): Promise<void> {
  await writeSetting(connection, SETTING, String(await readTopAlias(connection)))
}
