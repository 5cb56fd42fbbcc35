/** A whole table, page after page in the order of its key, so that memory holds a page only. */
import type { Reader } from './database.ts'
import { type TableName, tables } from './schema.ts'
import { join, raw, sql, type Value } from './sql.ts'

const PAGE = 5_000

/** Pages of rows in the order of the columns of schema.ts. */
export async function* exportTable(
  reader: Reader,
  table: TableName,
  signal?: AbortSignal,
): AsyncIterable<Value[][]> {
  const columns = Object.keys(tables[table].columns)
  const key: readonly string[] = tables[table].key
  const [list, order] = [columns, key].map(names => raw(names.join(', ')))
  let last: Value[] | null = null
  for (;;) {
    const after = last === null ? sql`` : sql`where (${order!}) > (${join(last)})`
    const { rows } = await reader.read(
      sql`select ${list!} from ${raw(table)} ${after} order by ${order!} limit ${PAGE}`,
      { maxRows: PAGE, ...(signal && { signal }) },
    )
    if (rows.length > 0) yield rows
    if (rows.length < PAGE) return
    last = key.map(name => rows.at(-1)![columns.indexOf(name)] ?? null)
  }
}
