/** Runs a suite on every database that Verbatim knows, each test on a fresh one. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, describe, inject } from 'vitest'
import type { Database, Dialect } from '../../server/store/database.ts'
import { type DatabaseSettings, openDatabase } from '../../server/store/open.ts'

export interface Fresh {
  database: Database
  /** How to open it once more, as another process would. */
  settings: DatabaseSettings
}

/** Makes fresh databases of one dialect and removes them after each test. Call inside a describe. */
export function freshDatabases(dialect: Dialect): () => Promise<Fresh> {
  const cleanups: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const clean of cleanups.splice(0).reverse()) await clean()
  })
  return async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'verbatim-test-'))
    cleanups.push(() => rm(dataDir, { recursive: true, force: true }))
    const settings: DatabaseSettings = { dataDir }
    if (dialect === 'postgres') {
      const url = inject('postgresUrl')
      const name = `t_${randomBytes(8).toString('hex')}`
      await administer(url, `create database ${name}`)
      cleanups.push(() => administer(url, `drop database ${name} with (force)`))
      settings.database = url.replace(/\/postgres$/, `/${name}`)
    }
    const database = await openDatabase(settings)
    cleanups.push(() => database.close())
    return { database, settings }
  }
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** describe() once a database: `eachDatabase('imports', open => { it('…', async () => { const { database } = await open() }) })`. */
export function eachDatabase(
  name: string,
  suite: (open: () => Promise<Fresh>, dialect: Dialect) => void,
): void {
  for (const dialect of ['sqlite', 'postgres'] as const) {
    describe(`${name} (${dialect})`, () => suite(freshDatabases(dialect), dialect))
  }
}
