import type { Connection } from './database.ts'
import { type Sql, sql } from './sql.ts'

/** A list for `in`: `where id in ${inList(connection, ids)}`; one parameter whatever its length. */
export function inList(connection: Pick<Connection, 'dialect'>, values: readonly string[]): Sql {
  const json = JSON.stringify(values)
  return connection.dialect === 'sqlite'
    ? sql`(select value from json_each(${json}))`
    : sql`(select json_array_elements_text(${json}::json))`
}
