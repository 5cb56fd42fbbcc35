/** All that the database holds of a client, table by table: counted, or removed for good. */
import type { Connection } from '../store/database.ts'
import { tombstoneOf } from '../store/erased-keys.ts'
import { inList } from '../store/lists.ts'
import { qualified } from '../store/rows.ts'
import { type TableName, tables } from '../store/schema.ts'
import { join, raw, sql, type Value } from '../store/sql.ts'
import type { Scrub } from './client-words.ts'

/** Rows or places by table. */
export type Counts = Record<string, number>

/** Tables whose rows belong to clients, by their key: a table that comes later is among them by itself. */
const owned = (Object.keys(tables) as TableName[]).filter(
  name => (tables[name].key as readonly string[])[0] === 'client_id',
)
const ALL_OWNED: readonly TableName[] = [...owned, 'client_keys']
/** Rejects read at a time. */
const PAGE = 2_000

/** How many rows are the client's. */
export async function countOwned(connection: Connection, client: string): Promise<Counts> {
  const counts: Counts = {}
  for (const name of ALL_OWNED) {
    const [row] = await connection.query<{ n: number }>(
      sql`select count(*) as n from ${raw(qualified(name))} where client_id = ${client}`,
    )
    if (row!.n > 0) counts[name] = row!.n
  }
  return counts
}

/** Keeps hashes of all keys of the client, then removes the client's rows everywhere. Call inside a transaction. */
export async function eraseOwned(
  connection: Connection,
  client: string,
  secret: string,
  moment: string,
): Promise<void> {
  const keys = await connection.query<{ key: string }>(
    sql`select key from app.client_keys where client_id = ${client}`,
  )
  const hashes = [...new Set([client, ...keys.map(({ key }) => key)])].map(key => ({
    key_hash: tombstoneOf(key, secret),
    erased_at: moment,
  }))
  await connection.upsert('erased_keys', ['key_hash', 'erased_at'], hashes)
  for (const name of ALL_OWNED)
    await connection.run(sql`delete from ${raw(qualified(name))} where client_id = ${client}`)
}

/** Ids of rejected rows in which the client is named or quoted. */
export async function findRejects(connection: Connection, scrub: Scrub): Promise<string[]> {
  const found: string[] = []
  for (let after = ''; ; ) {
    const rows = await connection.query<{ reject_id: string; reason: string; raw: string | null }>(
      sql`select reject_id, reason, raw from rejects where reject_id > ${after} order by reject_id limit ${PAGE}`,
    )
    for (const row of rows) if (scrub(`${row.raw ?? ''}\n${row.reason}`).found > 0) found.push(row.reject_id)
    if (rows.length < PAGE) return found
    after = rows.at(-1)!.reject_id
  }
}

/** Removes rejects by their ids. */
export async function eraseRejects(connection: Connection, ids: readonly string[]): Promise<void> {
  await connection.run(sql`delete from rejects where reject_id in ${inList(connection, ids)}`)
}

/** Removes every kept result: all were computed with the client among the others. Returns how many there were. */
export function eraseResults(connection: Connection): Promise<number> {
  return connection.run(sql`delete from app.cell_cache`)
}

/** What else keeps texts that may hold a client's words, and the column that does. */
const TEXTS = [
  ['model_answers', 'answer'],
  ['recordings', 'transcript'],
] as const satisfies readonly (readonly [TableName, string])[]

/** Removes rows of kept texts in which the client is named or quoted. Returns how many, by table. */
export async function eraseTexts(connection: Connection, scrub: Scrub): Promise<Counts> {
  const counts: Counts = {}
  for (const [table, column] of TEXTS) {
    const key: readonly string[] = tables[table].key
    const rows = await connection.query<Record<string, Value>>(
      sql`select ${raw([...key, column].join(', '))} from ${raw(qualified(table))} where ${raw(column)} is not null`,
    )
    for (const row of rows) {
      if (scrub(String(row[column])).found === 0) continue
      const same = join(
        key.map(name => sql`${raw(name)} = ${row[name]!}`),
        ' and ',
      )
      counts[table] =
        (counts[table] ?? 0) + (await connection.run(sql`delete from ${raw(qualified(table))} where ${same}`))
    }
  }
  return counts
}

/** The log keeps who looked at what and when; of the client's conversations it no longer says which. */
export function blankAudit(connection: Connection, ids: ReadonlySet<string>): Promise<number> {
  return connection.run(
    sql`update app.audit set subject = null where subject in ${inList(connection, [...ids])}`,
  )
}
