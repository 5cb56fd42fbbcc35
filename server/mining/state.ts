/** What mining remembers between runs, by name, as JSON. */
import type { Connection } from '../store/database.ts'
import { sql } from '../store/sql.ts'

/** Null when nothing was remembered under the name. */
export async function readState<T>(connection: Connection, name: string): Promise<T | null> {
  const [row] = await connection.query<{ value: string }>(
    sql`select value from app.mining_state where name = ${name}`,
  )
  return row ? (JSON.parse(row.value) as T) : null
}

export async function writeState(connection: Connection, name: string, value: unknown): Promise<void> {
  await connection.upsert('mining_state', ['name', 'value'], [{ name, value: JSON.stringify(value) }])
}
