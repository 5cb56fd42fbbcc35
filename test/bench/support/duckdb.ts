/** The same deals in DuckDB, the columnar engine that numbers are compared with. */
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { Database } from '../../../server/store/database.ts'
import { raw } from '../../../server/store/sql.ts'

const columns = [
  'client_id',
  'status',
  'amount',
  'is_mql',
  'is_sql',
  'source',
  'campaign',
  'keyword',
  'city',
  'profile',
  'client_kind',
  'product',
  'manager',
  'contact_kind',
  'loss_reason',
  'day',
  'month',
  'closed_day',
]

export interface Duck {
  /** Rows of a query, as arrays. */
  ask(sql: string): Promise<unknown[][]>
  close(): void
}

/** Copies the deals of a database, a month at a time, through a file that is removed. */
export async function copyToDuck(database: Database, folder: string): Promise<Duck> {
  const file = join(folder, 'deals.csv')
  const out = createWriteStream(file)
  out.write(`${columns.join(',')}\n`)
  const { rows: months } = await database.reader.read(raw('select distinct month from deals'))
  const quote = (value: unknown) =>
    value === null ? '' : typeof value === 'number' ? value : `"${String(value)}"`
  for (const [month] of months) {
    const { rows } = await database.reader.read(
      raw(`select ${columns.join(', ')} from deals where month = '${month}'`),
      {
        maxRows: 1_000_000,
      },
    )
    out.write(`${rows.map(row => row.map(quote).join(',')).join('\n')}\n`)
  }
  await new Promise(resolve => out.end(resolve))
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
  const connection = await instance.connect()
  await connection.run(
    `create table deals as select * from read_csv('${file}', header = true, types = {'day': 'varchar', 'month': 'varchar', 'closed_day': 'varchar'})`,
  )
  await rm(file)
  return {
    ask: async sql => (await connection.runAndReadAll(sql)).getRows() as unknown[][],
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}
