/** An erasure killed at any moment is finished by whoever opens the database next. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { finishErasures } from '../../server/jobs/erase-client.ts'
import { createRandom } from '../../server/lib/random.ts'
import { openDatabase } from '../../server/store/open.ts'
import { raw, sql } from '../../server/store/sql.ts'
import { freshDatabases } from '../support/databases.ts'
import { loadFacts } from '../support/facts.ts'

const main = join(import.meta.dirname, '../../server/main.ts')
const KILLS = 6

describe('an erasure that is killed', () => {
  const open = freshDatabases('sqlite')

  it('leaves a client whole or is finished at the next start, never half', async () => {
    const { database, settings } = await open()
    await loadFacts(database)
    const random = createRandom(11)
    for (let n = 1; n <= KILLS; n++) {
      const child = spawn(process.execPath, [main, 'erase', String(n), '--yes', '--data', settings.dataDir], {
        stdio: 'ignore',
      })
      const gone = once(child, 'exit')
      const noted = () => database.query<{ n: number }>(raw('select count(*) as n from app.removals'))
      while (child.exitCode === null && (await noted())[0]!.n < n) await sleep(2)
      await sleep(n === 1 ? 0 : random.integer(60))
      child.kill('SIGKILL')
      await gone
      const next = await openDatabase(settings)
      const parts = {
        database: next,
        notebooks: join(settings.dataDir, 'notebooks'),
        moment: () => '2026-06-28 12:00:00',
      }
      await finishErasures(parts)
      const client = `crm:${String(n - 1).padStart(3, '0')}`
      for (const table of ['clients', 'deals', 'conversations', 'utterances', 'mentions', 'visits']) {
        const left = await next.query(sql`select 1 as found from ${raw(table)} where client_id = ${client}`)
        expect([n, table, left]).toEqual([n, table, []])
      }
      await next.close()
    }
    const counts = await database.query<{ state: string; counts: string }>(
      raw('select state, counts from app.removals'),
    )
    expect(counts.map(row => [row.state, JSON.parse(row.counts).clients])).toEqual(
      Array(KILLS).fill(['done', 1]),
    )
  })
})
