/** Columns of deals and spend as blocks (blocks.ts). What stands is marked: the next import makes its blocks. */
import type { Dialect } from '../database.ts'

export const name = '008-number-blocks'

/** Statements that have every change of a table mark its month. */
function triggers(table: string): string[] {
  const mark = (row: 'new' | 'old') =>
    `insert into blocks (table_name, month, name, body) select '${table}', coalesce(substr(${row}.day, 1, 7), ''), '', ''
      where not exists (select 1 from blocks where table_name = '${table}'
        and month = coalesce(substr(${row}.day, 1, 7), '') and name = '');`
  const trigger = (event: string, rows: ('new' | 'old')[]) =>
    `create trigger ${table}_${event} after ${event} on ${table} begin ${rows.map(mark).join(' ')} end`
  return [trigger('insert', ['new']), trigger('update', ['old', 'new']), trigger('delete', ['old'])]
}

export const statements = (dialect: Dialect): readonly string[] => [
  `create table blocks (table_name text not null, month text not null, name text not null, body text not null,
    primary key (table_name, month, name))`,
  ...(dialect === 'sqlite'
    ? ['deals', 'spend'].flatMap(table => [
        `insert into blocks select distinct '${table}', coalesce(substr(day, 1, 7), ''), '', '' from ${table}`,
        ...triggers(table),
      ])
    : []),
]
