import type { Connection } from './database.ts'
import { type Sql, sql } from './sql.ts'

/** A list for `in`: `where id in ${inList(connection, ids)}`; one parameter whatever its length. */
export function inList(connection: Pick<Connection, 'dialect'>, values: readonly string[]): Sql {
  const json = JSON.stringify(values)
  return connection.dialect === 'sqlite'
    ? sql`(select value from json_each(${json}))`
    : sql`(select json_array_elements_text(${json}::json))`
}

/** Pairs as a table with columns `a` and `b`: `from ${pairTable(connection, rows)} as p`; one parameter. */
export function pairTable(
  connection: Pick<Connection, 'dialect'>,
  rows: readonly (readonly [string, string])[],
): Sql {
  const json = JSON.stringify(rows)
  return connection.dialect === 'sqlite'
    ? sql`(select value ->> 0 as a, value ->> 1 as b from json_each(${json}))`
    : sql`(select value ->> 0 as a, value ->> 1 as b from json_array_elements(${json}::json))`
}
