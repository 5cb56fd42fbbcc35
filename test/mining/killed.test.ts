import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeDemo } from '../../data/demo/generator/main.ts'
import { createRandom } from '../../server/lib/random.ts'
import { mine } from '../../server/mining/pipeline.ts'
import { importFile } from '../../server/sources/ingest.ts'
import { openInput } from '../../server/sources/recognise.ts'
import type { Connection, Database } from '../../server/store/database.ts'
import { openDatabase } from '../../server/store/open.ts'
import { raw } from '../../server/store/sql.ts'

const now = '2026-11-01 00:00:00'
const settings = { timeZone: 'Europe/Moscow', currency: 'RUB' }
/** About as many operations as a whole run takes here. */
const OPERATIONS = 90
let root: string

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'verbatim-killed-'))
  await writeDemo({ clients: 40, seed: 4, language: 'ru' }, root)
  const database = await openDatabase({ dataDir: join(root, 'loaded') })
  for (const name of ['01-contacts.csv', '02-deals.csv', '07-chats.jsonl', '14-faq.json'])
    await importFile(database, await openInput(join(root, 'ru', name)), settings)
  await database.close()
})
afterAll(() => rm(root, { recursive: true, force: true }))

async function copy(name: string): Promise<Database> {
  await cp(join(root, 'loaded'), join(root, name), { recursive: true })
  return openDatabase({ dataDir: join(root, name) })
}

/** The same database, whose `steps`-th operation never comes back: what was in a transaction is rolled back. */
function dying(database: Database, steps: number): Database {
  let left = steps
  const step = () => {
    if (left-- <= 0) throw new Error('killed')
  }
  const wrap = (connection: Connection): Connection => ({
    dialect: connection.dialect,
    query: statement => {
      step()
      return connection.query(statement)
    },
    run: statement => {
      step()
      return connection.run(statement)
    },
    upsert: async (table, columns, rows) => {
      step()
      const done = await connection.upsert(table, columns, rows)
      step()
      return done
    },
  })
  return {
    ...database,
    ...wrap(database),
    transaction: work => database.transaction(connection => work(wrap(connection))),
  }
}

/** All that mining wrote. */
async function outcome(database: Database): Promise<unknown> {
  const tables = ['mentions', 'themes', 'gaps']
  const keys: Record<string, string> = {
    mentions: 'client_id, conversation_id, n, span_from, kind',
    themes: 'theme_id',
    gaps: 'theme_id',
  }
  return Promise.all(
    tables.map(table => database.query(raw(`select * from ${table} order by ${keys[table]}`))),
  )
}

describe('mining that is killed', () => {
  it('fifty times anywhere ends as an uninterrupted run', async () => {
    const whole = await copy('whole')
    await mine(whole, { now })
    const expected = await outcome(whole)
    await whole.close()
    expect((expected as unknown[][])[0]!.length).toBeGreaterThan(50)
    const random = createRandom(5)
    let kills = 0
    for (let round = 0; kills < 50; round++) {
      const database = await copy(`killed-${round}`)
      for (let attempt = 0; attempt < 6; attempt++) {
        const died = await mine(dying(database, random.integer(OPERATIONS)), { now }).then(
          () => false,
          error => (error as Error).message === 'killed',
        )
        if (died) kills++
      }
      await mine(database, { now })
      expect(await outcome(database), `round ${round}`).toEqual(expected)
      await database.close()
    }
  })
})
