/**
 * Columns of large tables, kept beside the rows a month at a time: the values that occur, and for every row the number
 * of its own. SQLite reads a million rows as a hundred short texts in a twentieth of the time that the rows take. Only
 * there: PostgreSQL groups rows fast enough by hashing, over as many machines as there are.
 *
 * Whatever changes a row marks its month by a block without a name (a trigger does, so that no writer can forget it);
 * a marked month is read from the rows until the next import has made its blocks anew.
 */
import { type BlockTable, blockTables } from './block-columns.ts'
import type { Connection, Database } from './database.ts'
import type { Row } from './schema.ts'
import { raw, type Sql, sql, type Value } from './sql.ts'

/** Months of more rows stay without blocks: making them would take too much memory. */
const MOST_ROWS = 150_000

/** Makes the blocks of every month that is marked. */
export async function buildBlocks(database: Database): Promise<void> {
  if (database.dialect !== 'sqlite') return
  const marked = await database.query<Pick<Row<'blocks'>, 'table_name' | 'month'>>(
    sql`select table_name, month from blocks where name = '' order by table_name, month`,
  )
  for (const { table_name, month } of marked)
    await database.transaction(connection => buildMonth(connection, table_name as BlockTable, month))
}

async function buildMonth(connection: Connection, table: BlockTable, month: string): Promise<void> {
  const { from, day, columns } = blockTables[table]
  const rows = sql`${raw(from)} where ${inMonth(raw(day), month)}`
  const [count] = await connection.query<{ n: number }>(sql`select count(*) as n from ${rows}`)
  if (count!.n > MOST_ROWS) return
  await connection.run(sql`delete from blocks where table_name = ${table} and month = ${month}`)
  if (count!.n === 0) return
  const lists = Object.entries(columns).map(([name, column]) => `json_group_array(${column}) as ${name}`)
  const [found] = await connection.query<Record<string, string>>(
    sql`select ${raw(lists.join(', '))} from ${rows}`,
  )
  await connection.upsert(
    'blocks',
    ['table_name', 'month', 'name', 'body'],
    Object.entries(found!).map(([name, list]) => ({
      table_name: table,
      month,
      name,
      body: encode(JSON.parse(list) as Value[]),
    })),
  )
}

/** Rows of a month; '' are those without a day. */
export function inMonth(day: Sql, month: string): Sql {
  return month === '' ? sql`${day} is null` : sql`${day} between ${`${month}-01`} and ${`${month}-31`}`
}

interface Body {
  /** Values that occur, how many rows there are, and the places of their values: base64 of one, two or four bytes each. */
  values: Value[]
  size: number
  places: string
}

function encode(list: readonly Value[]): string {
  const known = new Map<Value, number>()
  const places = list.map(value => {
    let place = known.get(value)
    if (place === undefined) {
      place = known.size
      known.set(value, place)
    }
    return place
  })
  const width = widthOf(known.size)
  const body: Body = {
    values: [...known.keys()],
    size: list.length,
    places: known.size === 1 ? '' : Buffer.from(width.from(places).buffer).toString('base64'),
  }
  return JSON.stringify(body)
}

const widthOf = (values: number) =>
  values <= 256 ? Uint8Array : values <= 65_536 ? Uint16Array : Uint32Array

/** A column as it was built: `values[places[i]]` is what row i says. */
export interface Block {
  values: readonly Value[]
  size: number
  places: Uint8Array | Uint16Array | Uint32Array
}

export function decode(body: string): Block {
  const { values, size, places } = JSON.parse(body) as Body
  if (places === '') return { values, size, places: new Uint8Array(size) }
  // Copied, since pooled bytes may begin at an odd place.
  const bytes = Uint8Array.from(Buffer.from(places, 'base64'))
  const Width = widthOf(values.length)
  return { values, size, places: new Width(bytes.buffer, 0, size) }
}
