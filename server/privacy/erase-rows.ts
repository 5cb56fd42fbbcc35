/** All that the database holds of a client, table by table: counted, or removed for good. */
import type { Connection } from '../store/database.ts'
import { tombstoneOf } from '../store/erased-keys.ts'
import { inList } from '../store/lists.ts'
import { qualified } from '../store/rows.ts'
import { type Row, type TableName, tables } from '../store/schema.ts'
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
    const rows = await connection.query<Pick<Row<'rejects'>, 'reject_id' | 'reason' | 'raw' | 'reading'>>(
      sql`select reject_id, reason, raw, reading from rejects where reject_id > ${after} order by reject_id limit ${PAGE}`,
    )
    for (const { reject_id, reason, raw: line, reading } of rows)
      if (scrub([line, reason, reading].join('\n')).found > 0) found.push(reject_id)
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

/** What else keeps texts that may hold a client's words: rows that go, and columns that are rewritten. */
const GOING = { model_answers: ['answer'], recordings: ['transcript'] } as const
const REWRITTEN = { faq_drafts: ['question', 'answer'], faq_edits: ['body'], theme_edits: ['body'] } as const

/** Takes a client out of kept texts. Returns how many rows that were, by table. Call inside the erasure's transaction. */
export async function eraseTexts(connection: Connection, scrub: Scrub): Promise<Counts> {
  const counts: Counts = {}
  const each = async (table: TableName, columns: readonly string[], isGoing: boolean) => {
    const key: readonly string[] = tables[table].key
    const name = raw(qualified(table))
    const rows = await connection.query<Record<string, Value>>(
      sql`select ${raw([...key, ...columns].join(', '))} from ${name}`,
    )
    for (const row of rows) {
      const held = columns.flatMap(column => {
        const { text, found } = scrub(String(row[column] ?? ''))
        return found > 0 ? [{ column, text }] : []
      })
      if (held.length === 0) continue
      const same = join(
        key.map(column => sql`${raw(column)} = ${row[column]!}`),
        ' and ',
      )
      const sets = join(held.map(({ column, text }) => sql`${raw(column)} = ${text}`))
      // Written out, since the store tells by the first words which table changed.
      await connection.run(
        isGoing
          ? sql`${raw(`delete from ${qualified(table)} where `)}${same}`
          : sql`${raw(`update ${qualified(table)} set `)}${sets} where ${same}`,
      )
      counts[table] = (counts[table] ?? 0) + 1
    }
  }
  for (const [table, columns] of Object.entries(GOING)) await each(table as TableName, columns, true)
  for (const [table, columns] of Object.entries(REWRITTEN)) await each(table as TableName, columns, false)
  return counts
}

/** Drops columns kept beside rows that changed: they name the client until they are made anew. */
export function dropBlocks(connection: Connection): Promise<number> {
  return connection.run(
    sql`delete from blocks where name <> '' and exists
      (select 1 from blocks as b where b.table_name = blocks.table_name and b.month = blocks.month and b.name = '')`,
  )
}

/** The log keeps who looked at what and when; of the client's conversations it no longer says which. */
export function blankAudit(connection: Connection, ids: ReadonlySet<string>): Promise<number> {
  return connection.run(
    sql`update app.audit set subject = null where subject in ${inList(connection, [...ids])}`,
  )
}
