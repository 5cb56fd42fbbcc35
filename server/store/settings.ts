import type { Connection } from './database.ts'
import { sql } from './sql.ts'

/** A setting of the application's own, by name; null when it was never set. */
export async function readSetting(connection: Connection, name: string): Promise<string | null> {
  const [row] = await connection.query<{ value: string }>(
    sql`select value from app.settings where name = ${name}`,
  )
  return row?.value ?? null
}

/** Sets it. */
export async function writeSetting(connection: Connection, name: string, value: string): Promise<void> {
  await connection.upsert('settings', ['name', 'value'], [{ name, value }])
}
