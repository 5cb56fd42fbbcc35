/** The read-only handle on SQLite: a few connections of its own, one query on each at a time. */
import { LimitError, VerbatimError } from '../errors.ts'
import type { Reader, ReadResult } from './database.ts'
import { guardQuery } from './guard.ts'
import { bounded, bracketed, DEFAULT_ROWS, queryError } from './reading.ts'
import { raw, type Sql, sql, toText, type Value } from './sql.ts'

/** What the reader needs of a connection; sqlite.ts makes them. */
export interface ReadHandle {
  all(statement: Sql): Promise<Record<string, Value>[]>
  interrupt(): void
  close(): Promise<void>
}

/** Queries at once; the thread pool has room beside them. */
const POOL = 4

/** Opens connections as they are needed, at most POOL; `open` must give read-only ones that can't attach. */
export function createReader(open: () => Promise<ReadHandle>): Reader & { close(): Promise<void> } {
  const idle: ReadHandle[] = []
  const opened: Promise<ReadHandle>[] = []
  const waiting: ((handle: ReadHandle) => void)[] = []
  const take = async (): Promise<ReadHandle> => {
    const handle = idle.pop()
    if (handle) return handle
    if (opened.length >= POOL) return new Promise(resolve => waiting.push(resolve))
    const opening = open()
    opened.push(opening)
    return opening
  }
  const give = (handle: ReadHandle) => {
    const next = waiting.shift()
    if (next) next(handle)
    else idle.push(handle)
  }
  return {
    dialect: 'sqlite',
    read: async (statement, options = {}) => {
      guardQuery(toText(statement, i => `?${i + 1}`))
      const handle = await take()
      try {
        return await bounded(
          options,
          () => handle.interrupt(),
          () => readRows(handle, statement, options.maxRows ?? DEFAULT_ROWS),
        )
      } catch (error) {
        throw error instanceof VerbatimError ? error : translate(error as Error, statement)
      } finally {
        give(handle)
      }
    },
    close: async () => {
      await Promise.all(opened.map(async handle => (await handle).close()))
    },
  }
}

/**
 * Rows as one JSON text: it crosses from the database's thread at once, where row objects would hold the event loop
 * for a millisecond a thousand. A left join with no rows of the query tells the columns even of an empty result.
 */
async function readRows(handle: ReadHandle, statement: Sql, maxRows: number): Promise<ReadResult> {
  const query = bracketed(statement)
  const [shape] = await handle.all(
    sql`select q.* from (select 1) left join (select * from (${query}\n) limit 0) as q on true`,
  )
  const columns = Object.keys(shape ?? {})
  const quoted = columns.map(name => `"${name.replaceAll('"', '""')}"`).join(', ')
  const [result] = await handle.all(
    sql`select json_group_array(json_array(${raw(quoted)})) as rows from (select * from (${query}\n) limit ${maxRows + 1})`,
  )
  const rows = JSON.parse(String(result?.rows ?? '[]')) as Value[][]
  return { columns, rows: rows.slice(0, maxRows), truncated: rows.length > maxRows }
}

function translate(error: Error, statement: Sql): Error {
  const message = error.message.replace(/^SQLITE_[A-Z]+: /, '')
  if (/too big|out of memory|SQLITE_NOMEM/i.test(error.message)) {
    const hint = 'Select fewer columns or rows, or aggregate.'
    return new LimitError('The result is too large to hold', { hint, cause: error })
  }
  // SQLite names the culprit: «near "foo": syntax error», «no such column: foo».
  const culprit =
    /near "(.+?)"|no such (?:column|table|function): ([\w.]+)|ambiguous column name: ([\w.]+)/.exec(message)
  const name = culprit?.slice(1).find(part => part !== undefined)
  const at = name === undefined ? -1 : statement.strings.join('?').indexOf(name)
  return queryError(message, at === -1 ? undefined : at, error)
}
