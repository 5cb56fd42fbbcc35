import type { Connection, Dialect } from './database.ts'
import * as facts from './migrations/001-facts.ts'
import * as imports from './migrations/002-import.ts'
import * as ready from './migrations/003-ready-columns.ts'
import * as outcomes from './migrations/004-outcomes.ts'
import * as shares from './migrations/005-shares.ts'
import * as personas from './migrations/006-personas.ts'
import * as briefs from './migrations/007-briefs.ts'
import * as numbers from './migrations/008-faster-numbers.ts'
import * as blocks from './migrations/008-number-blocks.ts'
import * as contacts from './migrations/009-contacts.ts'
import * as models from './migrations/010-models.ts'
import * as faq from './migrations/011-faq.ts'
import * as accounts from './migrations/013-accounts.ts'
import * as editions from './migrations/014-editions.ts'
import * as care from './migrations/015-care.ts'
import * as pageChanges from './migrations/016-page-changes.ts'
import { raw, sql } from './sql.ts'

interface Migration {
  name: string
  /** A few differ by what each database can do. */
  statements: readonly string[] | ((dialect: Dialect) => readonly string[])
  /** Makes of the facts that stand what SQL alone can't. */
  fill?(connection: Connection): Promise<void>
}

/** In the order in which they are applied; never reordered, never edited once released. */
const migrations: readonly Migration[] = [
  facts,
  imports,
  ready,
  outcomes,
  shares,
  personas,
  briefs,
  numbers,
  blocks,
  contacts,
  models,
  faq,
  accounts,
  editions,
  care,
  pageChanges,
]

/** Applies what the database does not have yet. Call inside a transaction that no other process shares. */
export async function migrate(connection: Connection): Promise<void> {
  for (const migration of await pendingMigrations(connection)) await applyMigration(connection, migration)
}

/** What the database does not have yet, in order. */
export async function pendingMigrations(connection: Connection): Promise<Migration[]> {
  await connection.run(sql`create table if not exists app.migrations (name text not null primary key)`)
  const done = await connection.query<{ name: string }>(sql`select name from app.migrations`)
  const applied = new Set(done.map(row => row.name))
  return migrations.filter(migration => !applied.has(migration.name))
}

/** Applies one migration; with `factsDone` only what of it is the application's. */
export async function applyMigration(
  connection: Connection,
  { name, statements, fill }: Migration,
  factsDone = false,
): Promise<void> {
  const list = typeof statements === 'function' ? statements(connection.dialect) : statements
  for (const statement of list) {
    if (factsDone && !statement.includes('{app}')) continue
    await connection.run(raw(statement.replaceAll('{app}', 'app')))
  }
  if (!factsDone) await fill?.(connection)
  await connection.run(sql`insert into app.migrations (name) values (${name})`)
}
