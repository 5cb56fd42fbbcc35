/** All rows of one database into another, whatever the two are: SQLite or PostgreSQL. */
import { CancelledError } from '../errors.ts'
import type { Connection, CopyWatch } from './database.ts'
import { qualified } from './rows.ts'
import { type TableName, tables } from './schema.ts'
import { join, raw, sql, type Value } from './sql.ts'

/** Rows read at a time: bounds memory. */
const PAGE = 10_000
/** Settings that belong to a database and not to what it holds. */
const OWN_SETTINGS = new Set(['reader_password'])
const names = (Object.keys(tables) as TableName[]).filter(
  // Blocks are made of the rows that are copied.
  name => name !== 'table_versions' && name !== 'blocks',
)

/** How many rows of what people loaded or made there are; the books of the program itself don't count. */
export async function countRows(connection: Connection): Promise<number> {
  let total = 0
  for (const name of names.filter(each => each !== 'settings')) {
    const [row] = await connection.query<{ n: number }>(
      sql`select count(*) as n from ${raw(qualified(name))}`,
    )
    total += row!.n
  }
  return total
}

/**
 * Makes `to` hold what `from` holds and nothing else. Call inside a transaction of `to`, and with a `from` that does not
 * change meanwhile. Returns how many rows there were. Throws CancelledError.
 */
export async function copyTables(from: Connection, to: Connection, watch: CopyWatch = {}): Promise<number> {
  const total = await countRows(from)
  let done = 0
  for (const name of names) {
    const table = qualified(name)
    const kept = name === 'settings' ? sql` where name not in (${join([...OWN_SETTINGS])})` : sql``
    await to.run(sql`delete from ${raw(table)}${kept}`)
    for await (const rows of readPages(from, name)) {
      if (watch.signal?.aborted) throw new CancelledError('The copy was stopped')
      const fit = name === 'settings' ? rows.filter(row => !OWN_SETTINGS.has(String(row.name))) : rows
      await to.upsert(name, Object.keys(tables[name].columns) as never[], fit as never[])
      done += rows.length
      watch.progress?.(Math.min(done, total), total)
    }
  }
  await raiseVersions(from, to)
  return done
}

/** What was computed from either state must not be taken for the other: versions go on above both. */
async function raiseVersions(from: Connection, to: Connection): Promise<void> {
  const [theirs, own] = [await readVersions(from), await readVersions(to)]
  for (const name of new Set([...theirs.keys(), ...own.keys()])) {
    const next = Math.max(theirs.get(name) ?? 0, own.get(name) ?? 0) + 1
    await to.run(
      sql`insert into table_versions (name, version) values (${name}, ${next})
        on conflict (name) do update set version = excluded.version`,
    )
  }
}

async function readVersions(connection: Connection): Promise<Map<string, number>> {
  const rows = await connection.query<{ name: string; version: number }>(
    sql`select name, version from table_versions`,
  )
  return new Map(rows.map(({ name, version }) => [name, version]))
}

/** Rows in the order of their key, page after page. */
async function* readPages(connection: Connection, name: TableName): AsyncIterable<Record<string, Value>[]> {
  const key: readonly string[] = tables[name].key
  const order = raw(key.join(', '))
  let last: Value[] | null = null
  for (;;) {
    const after = last === null ? sql`` : sql`where (${order}) > (${join(last)})`
    const rows: Record<string, Value>[] = await connection.query(
      sql`select * from ${raw(qualified(name))} ${after} order by ${order} limit ${PAGE}`,
    )
    if (rows.length > 0) yield rows
    if (rows.length < PAGE) return
    last = key.map(column => rows.at(-1)![column] ?? null)
  }
}
