/** A backup holds all of one moment, comes back equal on either database, and never takes the place of data unasked. */
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sqlite3 from 'sqlite3'
import { create } from 'tar'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeArchive } from '../../server/jobs/archive.ts'
import { backUp, restore } from '../../server/jobs/backup.ts'
import { eraseClient } from '../../server/jobs/erase-client.ts'
import { findClient } from '../../server/jobs/find-client.ts'
import type { Database } from '../../server/store/database.ts'
import { statements } from '../../server/store/migrations/001-facts.ts'
import { qualified } from '../../server/store/rows.ts'
import { type TableName, tables } from '../../server/store/schema.ts'
import { raw, sql } from '../../server/store/sql.ts'
import { type Fresh, freshDatabases } from '../support/databases.ts'
import { loadFacts } from '../support/facts.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verbatim-backup-'))
})
afterAll(() => rm(folder, { recursive: true }))

const about = { version: '0.1.0', madeAt: '2026-06-28 12:00:00', force: false }
const partsOf = ({ database, settings }: Fresh) => ({
  database,
  notebooks: join(settings.dataDir, 'notebooks'),
})

/** Every row of every table, in an order of its own; what belongs to one database alone is left out. */
async function dump(database: Database): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {}
  for (const name of (Object.keys(tables) as TableName[]).filter(
    name => !['table_versions', 'blocks'].includes(name),
  )) {
    const rows = await database.query<Record<string, unknown>>(raw(`select * from ${qualified(name)}`))
    const columns = Object.keys(tables[name].columns)
    all[name] = rows
      .filter(row => row.name !== 'reader_password')
      .map(row => JSON.stringify(columns.map(column => row[column])))
      .sort()
  }
  return all
}

async function fill(fresh: Fresh): Promise<void> {
  const { database } = fresh
  await loadFacts(database)
  await database.upsert('settings', ['name', 'value'], [{ name: 'identity_secret', value: 'one' }])
  const people = await database.query<{ client_id: string }>(sql`select client_id from clients`)
  await database.upsert(
    'client_contacts',
    ['client_id', 'name', 'phone'],
    people.map(({ client_id }, i) => ({ client_id, name: `Имя ${i}`, phone: `+7900000${1000 + i}` })),
  )
  await database.upsert(
    'client_keys',
    ['key', 'client_id'],
    people.map(({ client_id }) => ({ key: client_id, client_id })),
  )
  const { notebooks } = partsOf(fresh)
  await mkdir(join(notebooks, '.history', 'own'), { recursive: true })
  await writeFile(join(notebooks, 'own.md'), '# Свой\n')
  await writeFile(join(notebooks, '.history', 'own', 'x.md'), '# Был\n')
}

/** The files as the first schema made them, with a client and a deal. */
async function makeEarliest(into: string): Promise<void> {
  const handle = new sqlite3.Database(join(into, 'facts.db'))
  const run = (text: string) =>
    new Promise<void>((resolve, reject) => handle.exec(text, error => (error ? reject(error) : resolve())))
  await run(`attach database '${join(into, 'app.db')}' as app`)
  for (const statement of statements) await run(statement.replaceAll('{app}', 'app'))
  await run(`create table app.migrations (name text not null primary key)`)
  await run(`insert into app.migrations (name) values ('001-facts')`)
  await run(`insert into clients (client_id, alias, city) values ('crm:1', 1, 'Тула')`)
  await run(`insert into app.client_contacts (client_id, email) values ('crm:1', 'ivan@example.com')`)
  await run(`insert into deals (client_id, deal_id, status) values ('crm:1', 'd1', 'won')`)
  await new Promise<void>((resolve, reject) => handle.close(error => (error ? reject(error) : resolve())))
}

describe('backup and restore', () => {
  const opens = { sqlite: freshDatabases('sqlite'), postgres: freshDatabases('postgres') }

  for (const from of ['sqlite', 'postgres'] as const) {
    for (const to of ['sqlite', 'postgres'] as const) {
      it(`brings every table and notebook from ${from} to ${to}`, async () => {
        const [source, target] = [await opens[from](), await opens[to]()]
        await fill(source)
        const file = join(folder, `${from}-${to}.tar.gz`)
        await backUp(partsOf(source), file, about)
        expect((await stat(file)).mode & 0o077).toBe(0)
        const { rows } = await restore(partsOf(target), file, { force: false, now: about.madeAt })
        const [before, after] = [await dump(source.database), await dump(target.database)]
        expect(after).toEqual(before)
        expect(rows).toBe(Object.values(before).reduce((sum, lines) => sum + lines.length, 0))
        const own = partsOf(target).notebooks
        expect(await readFile(join(own, 'own.md'), 'utf8')).toBe('# Свой\n')
        expect(await readdir(join(own, '.history', 'own'))).toEqual(['x.md'])
      })
    }
  }

  it('takes a backup of the earliest version, and brings it up to date', async () => {
    const [old, target] = [await mkdtemp(join(folder, 'old-')), await opens.sqlite()]
    await makeEarliest(old)
    const file = join(folder, 'earliest.tar.gz')
    await writeArchive(old, join(old, 'notebooks'), file, about)
    await restore(partsOf(target), file, { force: false, now: about.madeAt })
    expect(await target.database.query(sql`select client_id, alias, city from clients`)).toEqual([
      { client_id: 'crm:1', alias: 1, city: 'Тула' },
    ])
    expect(await target.database.query(sql`select deal_id, status, is_mql from deals`)).toEqual([
      { deal_id: 'd1', status: 'won', is_mql: null },
    ])
    expect(await findClient(target.database, 'ivan@example.com')).toEqual({ client_id: 'crm:1', alias: 1 })
    expect((await dump(target.database)).removals).toEqual([])
  })

  it('holds one moment of both files while others write', async () => {
    const [source, target] = [await opens.sqlite(), await opens.sqlite()]
    let done = false
    let n = 0
    const writing = (async () => {
      while (!done) {
        n++
        await source.database.transaction(async connection => {
          const client_id = `c${n}`
          await connection.upsert('clients', ['client_id', 'alias'], [{ client_id, alias: n }])
          await connection.upsert('client_keys', ['key', 'client_id'], [{ key: client_id, client_id }])
        })
      }
    })()
    const file = join(folder, 'moment.tar.gz')
    while (n < 20) await new Promise(resolve => setImmediate(resolve))
    await backUp(partsOf(source), file, about)
    done = true
    await writing
    await restore(partsOf(target), file, { force: false, now: about.madeAt })
    const ids = async (table: string) => {
      const rows = await target.database.query<{ client_id: string }>(
        raw(`select client_id from ${table} order by 1`),
      )
      return rows.map(row => row.client_id)
    }
    expect((await ids('clients')).length).toBeGreaterThan(0)
    expect(await ids('app.client_keys')).toEqual(await ids('clients'))
  })

  it('replaces what is there only when told to, all at once, and keeps the notebooks that were there', async () => {
    const [source, target] = [await opens.sqlite(), await opens.sqlite()]
    await fill(source)
    await fill(target)
    await target.database.run(sql`update clients set city = 'Другой'`)
    const file = join(folder, 'force.tar.gz')
    await backUp(partsOf(source), file, about)
    await expect(backUp(partsOf(source), file, about)).rejects.toThrow('there already')
    const versions = await target.database.versions()
    const ask = { force: false, now: about.madeAt }
    await expect(restore(partsOf(target), file, ask)).rejects.toThrow('data here already')
    const { notebooksBefore } = await restore(partsOf(target), file, { ...ask, force: true })
    expect(await dump(target.database)).toEqual(await dump(source.database))
    expect(await readdir(notebooksBefore!)).toContain('own.md')
    const later = await target.database.versions()
    for (const [name, version] of versions) expect(later.get(name)).toBeGreaterThan(version)
  })

  it('does not bring back who was erased since', async () => {
    const source = await opens.sqlite()
    await fill(source)
    const file = join(folder, 'erased.tar.gz')
    await backUp(partsOf(source), file, about)
    const parts = { ...partsOf(source), moment: () => about.madeAt }
    await eraseClient(parts, await findClient(source.database, '14'), null)
    const { erasedAgain } = await restore(partsOf(source), file, { force: true, now: about.madeAt })
    expect(erasedAgain).toBe(1)
    await expect(findClient(source.database, '14')).rejects.toThrow('no such client')
    expect(await source.database.query(sql`select * from utterances where client_id = 'crm:013'`)).toEqual([])
  })

  it('refuses what is no whole backup, and changes nothing', async () => {
    const source = await opens.sqlite()
    await fill(source)
    const whole = join(folder, 'whole.tar.gz')
    await backUp(partsOf(source), whole, about)
    const bytes = await readFile(whole)
    await writeFile(join(folder, 'cut.tar.gz'), bytes.subarray(0, bytes.length / 2))
    await writeFile(join(folder, 'text.tar.gz'), 'no archive at all')
    const evil = join(folder, 'evil')
    await mkdir(evil, { recursive: true })
    await writeFile(join(evil, 'manifest.json'), JSON.stringify({ format: 'verbatim backup 9' }))
    await create({ cwd: evil, file: join(folder, 'newer.tar.gz'), gzip: true }, ['manifest.json'])
    const target = await opens.sqlite()
    for (const name of ['cut.tar.gz', 'text.tar.gz', 'newer.tar.gz', 'none.tar.gz']) {
      const ask = restore(partsOf(target), join(folder, name), { force: false, now: about.madeAt })
      await expect(ask, name).rejects.toMatchObject({ code: 'bad_input' })
    }
    expect(await target.database.query(raw('select 1 as found from clients'))).toEqual([])
    expect((await readdir(target.settings.dataDir)).filter(entry => entry.startsWith('.verbatim-'))).toEqual(
      [],
    )
  })
})
