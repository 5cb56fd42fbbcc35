/**
 * The tables, as data: one place from which row types are inferred and bulk writes take their column types.
 * Dialect-free. `migrations/` creates them; a test compares the real databases with this file.
 *
 * - `area` facts: what notebooks read; app: the application's own state and personal data, invisible to them.
 * - `large`: grows with the clients; `client_id` leads its key (the distribution column on a cluster).
 * - Moments are text `YYYY-MM-DD HH:MM:SS` in the company's time zone, days text; see lib/dates.ts.
 * - Flags are integers 0 or 1, since a boolean is not written alike in both databases.
 */
import type { Column } from './tables/columns.ts'
import { facts } from './tables/facts.ts'
import { findings } from './tables/findings.ts'
import { ownState } from './tables/own-state.ts'
import { people } from './tables/people.ts'
import { reports } from './tables/reports.ts'

export const tables = { ...facts, ...findings, ...ownState, ...reports, ...people } as const

export type TableName = keyof typeof tables
type TypeOf<C extends Column> = C['type'] extends 'text' ? string : number
export const originColumns = Object.keys(tables.origins.columns) as (keyof Row<'origins'>)[]

/** A complete row of a table. */
export type Row<T extends TableName> = {
  -readonly [C in keyof (typeof tables)[T]['columns']]: (typeof tables)[T]['columns'][C] extends infer D extends
    Column
    ? D['nullable'] extends true
      ? TypeOf<D> | null
      : TypeOf<D>
    : never
}

/** Tables that a notebook may read. */
export const readableTables: readonly TableName[] = (Object.keys(tables) as TableName[]).filter(
  name => tables[name].area === 'facts',
)
