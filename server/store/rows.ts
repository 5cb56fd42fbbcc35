/** Shared by both drivers: the shape of an upsert. */
import { type Row, type TableName, tables } from './schema.ts'
import type { Sql, Value } from './sql.ts'

/** `app.client_keys` for the application's tables, the bare name for facts. */
export function qualified(table: TableName): string {
  return tables[table].area === 'app' ? `app.${table}` : table
}

/** Rows as lists of values in the order of `columns`; of rows with one key the last stands. Key columns must be there. */
export function toLists<T extends TableName, C extends keyof Row<T> & string>(
  table: T,
  columns: readonly C[],
  rows: readonly Pick<Row<T>, C>[],
): Value[][] {
  const key = tables[table].key.map(name => {
    const at = (columns as readonly string[]).indexOf(name)
    if (at === -1) throw new TypeError(`upsert into ${table} without its key column ${name}`)
    return at
  })
  const last = new Map<string, Value[]>()
  for (const row of rows) {
    const list = columns.map(column => (row[column] ?? null) as Value)
    last.set(key.length === 1 ? String(list[key[0]!]) : key.map(at => list[at]).join('\u0000'), list)
  }
  return [...last.values()]
}

/** `on conflict … do update set …`, touching only rows that differ; `differs` is the database's own null-safe ≠. */
export function onConflict(table: TableName, columns: readonly string[], differs: string): string {
  const key = tables[table].key as readonly string[]
  const rest = columns.filter(column => !key.includes(column))
  if (rest.length === 0) return `on conflict (${key.join(', ')}) do nothing`
  const set = rest.map(column => `${column} = excluded.${column}`).join(', ')
  const changed = rest.map(column => `${table}.${column} ${differs} excluded.${column}`).join(' or ')
  return `on conflict (${key.join(', ')}) do update set ${set} where ${changed}`
}

/** The facts table that a statement writes, if it writes one; versions rise by this. */
export function tableWritten(statement: Sql): TableName | null {
  const name = /^\s*(?:insert\s+into|update|delete\s+from)\s+([a-z_]+)/i.exec(statement.strings[0] ?? '')?.[1]
  return name !== undefined && name in tables && name !== 'table_versions' ? (name as TableName) : null
}

/** Runs tasks one after another, whatever becomes of each. */
export function createQueue(): <T>(task: () => Promise<T>) => Promise<T> {
  let tail: Promise<unknown> = Promise.resolve()
  return task => {
    const run = tail.then(task, task)
    tail = run.catch(() => {})
    return run
  }
}
