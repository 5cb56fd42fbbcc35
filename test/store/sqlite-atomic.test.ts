/** A process killed between the commits of app.db and facts.db: neither part may stand without the other. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type Arbitrary,
  array,
  assert,
  asyncProperty,
  constantFrom,
  integer,
  oneof,
  record,
} from 'fast-check'
import sqlite3 from 'sqlite3'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../server/lib/random.ts'
import { openDatabase } from '../../server/store/open.ts'
import { type TableName, tables } from '../../server/store/schema.ts'
import { raw, type Sql, sql, toText } from '../../server/store/sql.ts'
import { begin, commit, type Statements, versions, watchApp } from '../../server/store/sqlite-atomic.ts'

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'verbatim-atomic-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Every row of every table of both files, the log of undoing included. */
async function contents(folder: string): Promise<Record<string, unknown>> {
  const database = await openDatabase({ dataDir: folder })
  try {
    // Whoever begins next finds what was left.
    await database.transaction(async () => {})
    const found: Record<string, unknown> = {
      undo_log: await database.query(raw('select count(*) as n from app.undo_log')),
    }
    for (const name of Object.keys(tables) as TableName[]) {
      const schema = tables[name].area === 'app' ? 'app' : 'facts'
      found[name] = await database.query(raw(`select rowid, * from ${schema}.${name} order by rowid`))
    }
    return found
  } finally {
    await database.close()
  }
}

/** The writing process as the store opens it, until it is killed right after app.db was committed. */
async function killedBetween(folder: string, work: readonly Sql[]): Promise<void> {
  const facts = join(folder, 'facts.db')
  await copyFile(facts, `${facts}.before`)
  const handle = new sqlite3.Database(':memory:')
  const statements: Statements = {
    all: statement =>
      new Promise((resolve, reject) =>
        handle.all(
          toText(statement, i => `?${i + 1}`),
          [...statement.values],
          (error, rows) => (error ? reject(error) : resolve(rows as never)),
        ),
      ),
    change: statement =>
      // The one statement that comes after both commits.
      statement.strings[0]?.startsWith('delete from app.undo_log where')
        ? Promise.reject(new Error('killed'))
        : statements.all(statement).then(() => 0),
  }
  for (const schema of ['app', 'facts'])
    await statements.all(raw(`attach database '${join(folder, `${schema}.db`)}' as ${schema}`))
  await watchApp(statements)
  await begin(statements)
  for (const statement of work) await statements.all(statement)
  await commit(statements)
  const { app, facts: followed } = await versions(statements)
  expect(app).toBe(followed)
  await new Promise(resolve => handle.close(resolve))
  await copyFile(`${facts}.before`, facts)
}

const key = integer({ min: 0, max: 4 })
const word = constantFrom('a', 'Ольга’s', "d'Arc", 'строка\nвторая', '', '👩‍👧', '0')
const step: Arbitrary<Sql> = oneof(
  record({ key, word }).map(
    ({ key, word }) =>
      sql`insert into app.client_keys (key, client_id) values (${`k${key}`}, ${word}) on conflict (key) do update set client_id = excluded.client_id`,
  ),
  key.map(key => sql`delete from app.client_keys where key = ${`k${key}`}`),
  record({ key, word }).map(
    ({ key, word }) =>
      sql`update app.client_contacts set name = ${word}, phone = null where client_id = ${`c${key}`}`,
  ),
  record({ key, word }).map(
    ({ key, word }) =>
      sql`insert into app.client_contacts (client_id, name) values (${`c${key}`}, ${word}) on conflict (client_id) do nothing`,
  ),
  key.map(key => sql`update facts.clients set city = ${`город ${key}`} where client_id = 'c1'`),
)

describe('a transaction over both files', () => {
  it('leaves nothing when it is killed between them, and can be repeated', async () => {
    await assert(
      asyncProperty(
        array(step, { minLength: 1, maxLength: 12 }),
        array(step, { maxLength: 6 }),
        (work, earlier) =>
          inFolder(async folder => {
            const database = await openDatabase({ dataDir: folder })
            await database.upsert('clients', ['client_id', 'alias'], [{ client_id: 'c1', alias: 1 }])
            await database.upsert('client_keys', ['key', 'client_id'], [{ key: 'k1', client_id: 'c1' }])
            for (const statement of earlier) await database.run(statement)
            await database.close()
            const before = await contents(folder)
            await killedBetween(folder, work)
            expect(await contents(folder)).toEqual(before)
            const again = await openDatabase({ dataDir: folder })
            await again.transaction(async connection => {
              for (const statement of work) await connection.run(statement)
            })
            await again.close()
          }),
      ),
      { numRuns: 15, seed: 7 },
    )
  })

  it('keeps no old values once it is done', () =>
    inFolder(async folder => {
      const database = await openDatabase({ dataDir: folder })
      await database.upsert('client_contacts', ['client_id', 'name'], [{ client_id: 'c1', name: 'Ольга' }])
      await database.run(sql`delete from app.client_contacts`)
      expect(await database.query(raw('select * from app.undo_log'))).toEqual([])
      await database.close()
    }))

  it('is whole after being opened for the first time by processes that are killed', () =>
    inFolder(async folder => {
      const random = createRandom(11)
      const script = `import { openDatabase } from ${JSON.stringify(join(import.meta.dirname, '../../server/store/open.ts'))}
        process.stdout.write('opening'); await openDatabase({ dataDir: ${JSON.stringify(folder)} }); process.exit()`
      for (let i = 0; i < 8; i++) {
        const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
          stdio: ['ignore', 'pipe', 'ignore'],
        })
        const gone = once(child, 'exit')
        await Promise.race([once(child.stdout, 'data'), gone])
        await sleep(random.integer(40))
        child.kill('SIGKILL')
        await gone
      }
      const found = await contents(folder)
      expect(Object.values(found).flat()).toEqual([{ n: 0 }])
    }))
})
