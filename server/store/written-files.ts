/** The book of files that the program wrote where a person said: an erasure must find them again. */
import { resolve } from 'node:path'
import type { Connection, Database } from './database.ts'
import type { Row } from './schema.ts'
import { sql } from './sql.ts'

/** Notes a file. `clients`: the numbers of the clients whose data it holds, or all. */
export async function recordWritten(
  database: Database,
  path: string,
  clients: readonly number[] | 'all',
  moment: string,
): Promise<void> {
  const noted = clients === 'all' ? clients : JSON.stringify(clients)
  await database.upsert(
    'written_files',
    ['path', 'written_at', 'clients'],
    [{ path: resolve(path), written_at: moment, clients: noted }],
  )
}

/** All that were noted and not taken back. */
export function readWritten(connection: Connection): Promise<Row<'written_files'>[]> {
  return connection.query(sql`select * from app.written_files order by path`)
}

/** Strikes a file out. */
export async function forgetWritten(connection: Connection, path: string): Promise<void> {
  await connection.run(sql`delete from app.written_files where path = ${path}`)
}
