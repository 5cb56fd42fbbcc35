import type { Connection } from './database.ts'
import * as facts from './migrations/001-facts.ts'
import * as imports from './migrations/002-import.ts'
import * as ready from './migrations/003-ready-columns.ts'
import * as outcomes from './migrations/004-outcomes.ts'
import * as shares from './migrations/005-shares.ts'
import * as personas from './migrations/006-personas.ts'
import * as briefs from './migrations/007-briefs.ts'
import { raw, sql } from './sql.ts'

/** In the order in which they are applied; never reordered, never edited once released. */
const migrations = [facts, imports, ready, outcomes, shares, personas, briefs]

/** Applies what the database does not have yet. Call inside a transaction that no other process shares. */
export async function migrate(connection: Connection): Promise<void> {
  await connection.run(sql`create table if not exists app.migrations (name text not null primary key)`)
  const done = await connection.query<{ name: string }>(sql`select name from app.migrations`)
  const applied = new Set(done.map(row => row.name))
  for (const { name, statements } of migrations.filter(migration => !applied.has(migration.name))) {
    // A few differ by what each database can do.
    const list = typeof statements === 'function' ? statements(connection.dialect) : statements
    for (const statement of list) await connection.run(raw(statement.replaceAll('{app}', 'app')))
    await connection.run(sql`insert into app.migrations (name) values (${name})`)
  }
}
