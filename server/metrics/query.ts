import type { ReadOptions, ReadResult } from '../store/database.ts'
import { join, type Sql, sql } from '../store/sql.ts'

/** What metrics need: a read-only query. */
export type Query = (statement: Sql, options?: ReadOptions) => Promise<ReadResult>

export interface Period {
  from: string
  to: string
}

export interface Filter {
  period: Period
  /** Sources to keep; none: all. */
  sources: readonly string[]
}

/** Rows of a query as objects. */
export async function rowsOf<T>(query: Query, statement: Sql): Promise<T[]> {
  const { columns, rows } = await query(statement, { maxRows: 200_000 })
  return rows.map(row => Object.fromEntries(columns.map((name, i) => [name, row[i]])) as T)
}

/** Conditions on a dated table with a source, by its alias. */
export function matching({ period, sources }: Filter, alias: string): Sql {
  const column = (name: string): Sql => ({ strings: [`${alias}.${name}`], values: [] })
  const conditions = [sql`${column('day')} between ${period.from} and ${period.to}`]
  if (sources.length > 0) conditions.push(sql`${column('source')} in (${join(sources)})`)
  return join(conditions, ' and ')
}

/** Money as whole kopecks (cents): sums of these are exact. */
export function toMinor(amount: number | null): number {
  return Math.round((amount ?? 0) * 100)
}
