/** What insights need of a database: a read-only query, and the conditions that all of them share. */
import type { ReadOptions, ReadResult } from '../store/database.ts'
import { toObjects } from '../store/objects.ts'
import { join, type Sql, sql } from '../store/sql.ts'

export type Query = (statement: Sql, options?: ReadOptions) => Promise<ReadResult>

/** When and from where: no period and no sources mean all. */
export interface Span {
  period: { from: string; to: string } | null
  sources: readonly string[]
}

/** Rows of a query as objects. */
export async function rowsOf<T>(query: Query, statement: Sql, maxRows = 100_000): Promise<T[]> {
  return toObjects(await query(statement, { maxRows }))
}

/** Conditions on a dated table; what has no date belongs to every period. */
export function within(filter: Span, alias: string): Sql {
  const column = (name: string): Sql => ({ strings: [`${alias}.${name}`], values: [] })
  const conditions: Sql[] = [sql`1 = 1`]
  if (filter.period) {
    conditions.push(
      sql`(${column('day')} between ${filter.period.from} and ${filter.period.to} or ${column('day')} is null)`,
    )
  }
  if (filter.sources.length > 0) conditions.push(sql`${column('source')} in (${join(filter.sources)})`)
  return join(conditions, ' and ')
}
