import type { Dialect, ReadOptions, ReadResult } from '../store/database.ts'
import { toObjects } from '../store/objects.ts'
import { join, raw, type Sql, sql } from '../store/sql.ts'

/** What metrics need of the world: a read-only query. A cell's context is one. */
export interface Facts {
  readonly dialect: Dialect
  query(statement: Sql, options?: ReadOptions): Promise<ReadResult>
}

/** Days, both included. */
export interface Period {
  from: string
  to: string
}

/** The part of a period that lies in a month, `YYYY-MM`. */
export function withinMonth({ from, to }: Period, month: string): Period {
  const [first, last] = [`${month}-01`, `${month}-31`]
  return { from: from > first ? from : first, to: to < last ? to : last }
}

export interface Filter {
  period: Period
  /** Sources to keep; none: all. */
  sources: readonly string[]
}

/** Rows of a query as objects. For small results: see groups.ts for large ones. */
export async function rowsOf<T>(facts: Facts, statement: Sql): Promise<T[]> {
  return toObjects(await facts.query(statement, { maxRows: 200_000 }))
}

/** Keeps rows of the sources chosen, by the table's alias. */
export function ofSources({ sources }: Pick<Filter, 'sources'>, alias: string): Sql[] {
  return sources.length > 0 ? [sql`${raw(`${alias}.source`)} in (${join(sources)})`] : []
}

/** Conditions as one; true when there are none. */
export function allOf(conditions: readonly Sql[]): Sql {
  return conditions.length > 0 ? join(conditions, ' and ') : raw('1 = 1')
}
