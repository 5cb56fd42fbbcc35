/** What the writers of facts share: rows of uneven columns, and what stands of a batch's clients already. */
import type { Connection } from '../store/database.ts'
import { inList } from '../store/lists.ts'
import type { Row as Stored, TableName } from '../store/schema.ts'
import { raw, sql } from '../store/sql.ts'

export interface Counts {
  inserted: number
  updated: number
}
export const NOTHING: Counts = { inserted: 0, updated: 0 }

export type Owned<T> = T & { client_id: string }
export type Loose = Record<string, unknown>

/** Upserts rows of uneven columns: those alike are written together. */
export async function upsertLoose(
  connection: Connection,
  table: TableName,
  rows: readonly Loose[],
): Promise<Counts> {
  const groups = new Map<string, Loose[]>()
  for (const row of rows) {
    const shape = Object.keys(row).join()
    const group = groups.get(shape)
    if (group) group.push(row)
    else groups.set(shape, [row])
  }
  const total = { inserted: 0, updated: 0 }
  for (const [shape, group] of groups) {
    const columns = shape.split(',') as (keyof Stored<typeof table> & string)[]
    const { inserted, updated } = await connection.upsert(table, columns, group as Stored<typeof table>[])
    total.inserted += inserted
    total.updated += updated
  }
  return total
}

/** Whether any column given differs from what stands. */
export function differs(old: object | undefined, given: object): boolean {
  if (old === undefined) return true
  for (const name in given) if ((old as Loose)[name] !== (given as Loose)[name]) return true
  return false
}

/**
 * Rows of a table that stand for a batch's deals or conversations. Asks by client first, since that leads the key;
 * of clients that are new nothing can stand.
 */
export async function ofStanding<T extends 'deal_tags' | 'deal_stages' | 'conversations' | 'utterances'>(
  connection: Connection,
  table: T,
  idColumn: 'deal_id' | 'conversation_id',
  batch: readonly Owned<object>[],
  fresh: ReadonlySet<string>,
): Promise<Stored<T>[]> {
  const old = batch.filter(row => !fresh.has(row.client_id))
  if (old.length === 0) return []
  const clients = inList(connection, [...new Set(old.map(row => row.client_id))])
  const ids = inList(connection, [...new Set(old.map(row => (row as Loose)[idColumn] as string))])
  // The appended '' keeps SQLite from trying each client with each id by the index.
  return connection.query<Stored<T>>(
    sql`select * from ${raw(table)} where client_id in ${clients} and ${raw(idColumn)} || '' in ${ids}`,
  )
}
