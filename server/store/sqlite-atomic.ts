/**
 * One transaction over facts.db and app.db. In WAL mode SQLite commits attached files one after the other, so a process
 * killed between them would leave half. Here app.db goes first and carries how to undo its part (SQLite's “automatic
 * undo/redo using triggers”, https://www.sqlite.org/undoredo.html); `user_version` of both files tells whether facts.db
 * followed. Whoever begins next takes back what stands alone.
 */
import { raw, type Sql, sql } from './sql.ts'

export interface Statements {
  all<R extends object>(statement: Sql): Promise<R[]>
  change(statement: Sql): Promise<number>
}

/** What can be made again, and is too large to be kept twice. */
const DISPOSABLE = new Set(['cell_cache', 'embeddings', 'undo_log', 'migrations'])

/** Makes the log where it is not yet. */
export async function createLog({ change }: Statements): Promise<void> {
  await change(
    raw(
      'create table if not exists app.undo_log (n integer primary key autoincrement, statement text not null)',
    ),
  )
}

/** Makes triggers, of this connection alone, that fill the log. Call once, when the tables are there. */
export async function watchApp({ all, change }: Statements): Promise<void> {
  const tables = await all<{ name: string }>(
    raw(`select name from app.sqlite_master where type = 'table' and name not like 'sqlite%'`),
  )
  for (const { name } of tables.filter(table => !DISPOSABLE.has(table.name))) {
    const columns = (
      await all<{ name: string }>(sql`select name from pragma_table_info(${name}, 'app')`)
    ).map(column => column.name)
    const old = columns.map(column => `quote(old.${column})`).join(` || ', ' || `)
    const sets = columns.map(column => `'${column} = ' || quote(old.${column})`).join(` || ', ' || `)
    const undo = {
      insert: `'delete from app.${name} where rowid = ' || new.rowid`,
      delete: `'insert into app.${name} (rowid, ${columns.join(', ')}) values (' || old.rowid || ', ' || ${old} || ')'`,
      update: `'update app.${name} set ' || ${sets} || ' where rowid = ' || old.rowid`,
    }
    for (const [event, statement] of Object.entries(undo)) {
      // Spend put aside is a million rows; without its facts it is of no use, so its removal needs no undoing.
      if (name === 'spend_staging' && event === 'delete') continue
      await change(
        raw(`create temp trigger undo_${name}_${event} after ${event} on app.${name}
          begin insert into undo_log (statement) values (${statement}); end`),
      )
    }
  }
}

/**
 * Begins a transaction that holds both files, having taken back what a killed process left of app.db's part. `schema`
 * is what the connection calls facts.db.
 */
export async function begin(statements: Statements, schema = 'facts'): Promise<void> {
  const { change } = statements
  while (true) {
    await change(raw('begin immediate'))
    const { app, facts } = await versions(statements, schema)
    if (app <= facts) break
    await takeBack(statements, facts)
    await change(raw('commit'))
  }
  await change(raw('delete from app.undo_log'))
}

/** Commits: app.db, then facts.db. What undoes the former is removed when both stand. */
export async function commit(statements: Statements): Promise<void> {
  const { all, change } = statements
  const [log] = await all<{ last: number | null }>(raw('select max(n) as last from app.undo_log'))
  if (log!.last !== null) {
    const { facts } = await versions(statements)
    await change(raw(`pragma app.user_version = ${facts + 1}`))
    await change(raw(`pragma facts.user_version = ${facts + 1}`))
  }
  await change(raw('commit'))
  if (log!.last === null) return
  // Old values may be personal data. Rows of a later transaction stay: it may still need them. What can't be removed
  // now, since another process writes, the next transaction removes.
  await change(sql`delete from app.undo_log where n <= ${log!.last}`).catch(() => {})
}

async function takeBack(statements: Statements, version: number): Promise<void> {
  const { all, change } = statements
  const rows = await all<{ statement: string }>(raw('select statement from app.undo_log order by n desc'))
  for (const { statement } of rows) await change(raw(statement))
  await change(raw('delete from app.undo_log'))
  await change(raw(`pragma app.user_version = ${version}`))
}

/** How many transactions over both files each of them has seen. */
export async function versions(
  { all }: Statements,
  schema = 'facts',
): Promise<{ app: number; facts: number }> {
  const [app] = await all<{ user_version: number }>(raw('pragma app.user_version'))
  const [facts] = await all<{ user_version: number }>(raw(`pragma ${schema}.user_version`))
  return { app: app!.user_version, facts: facts!.user_version }
}
