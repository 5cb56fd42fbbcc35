/** An import killed at any moment: what was reported as taken is there, nothing stands half, and once more mends all. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRandom } from '../../server/lib/random.ts'
import { raw } from '../../server/store/sql.ts'
import { eachDatabase } from '../support/databases.ts'
import { dump, runImport } from './run-import.ts'

const ROWS = 6000
const KILLS = 4
const main = join(import.meta.dirname, '../../server/main.ts')

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verbatim-killed-'))
  const random = createRandom(3)
  const deals = Array.from({ length: ROWS }, (_, i) => {
    const client = random.integer(ROWS / 2)
    return `${i};Замер;${random.integer(90) + 10} 000,5;0${1 + (i % 9)}.03.2026;"балкон, т${i % 5}";${client};8 900 ${1_000_000 + client};торопится ${i};${i % 3 === 0 ? 'нет даты' : ''}`
  })
  const header = 'ID;Этап;Бюджет;Дата создания;Теги;ID контакта;Телефон;Примечание;Дата закрытия'
  await writeFile(join(folder, 'deals.csv'), `${header}\n${deals.join('\n')}\n`)
  const spend = Array.from({ length: ROWS }, (_, i) => `0${1 + (i % 9)}.03.2026;к${i % 500};${i};1,5`)
  await writeFile(join(folder, 'spend.csv'), `Дата;Кампания;Показы;Расход\n${spend.join('\n')}\n`)
})
afterAll(() => rm(folder, { recursive: true }))

/** Facts in which a key never stands without what it belongs to. */
const HALVES = [
  'select count(*) as n from deals where client_id not in (select client_id from clients)',
  `select count(*) as n from deals where deal_id not in (select deal_id from conversations)`,
  'select count(*) as n from deals where deal_id not in (select deal_id from deal_tags)',
  'select count(*) as n from conversations where conversation_id not in (select conversation_id from utterances)',
  'select count(*) as n from utterances where conversation_id not in (select conversation_id from conversations)',
  'select count(*) as n from clients where client_id not in (select client_id from app.client_keys)',
]

eachDatabase('a killed import', (open, dialect) => {
  it('loses nothing that was reported as taken, leaves no half row, and is whole when repeated', async () => {
    const { database, settings } = await open()
    // Hashes of phones are alike only under one secret.
    const secret = [{ name: 'identity_secret', value: 'one secret' }]
    await database.upsert('settings', ['name', 'value'], secret)
    const random = createRandom(dialect === 'sqlite' ? 5 : 6)
    const environment = {
      ...process.env,
      VERBATIM_DATA: settings.dataDir,
      VERBATIM_DATABASE: settings.database ?? '',
    }
    let killed = 0
    for (let i = 0; i < KILLS; i++) {
      const child = spawn(process.execPath, [main, 'import', join(folder, 'deals.csv')], {
        env: environment,
        stdio: 'ignore',
      })
      const gone = once(child, 'exit')
      // Not before it has begun to store: there the moments are that matter.
      const begun = () => database.query<{ n: number }>(raw('select count(*) as n from imports'))
      while (child.exitCode === null && (await begun())[0]!.n <= i) await sleep(5)
      await sleep(random.integer(250))
      child.kill('SIGKILL')
      const [, signal] = await gone
      if (signal === 'SIGKILL') killed++
      // In one statement: a server may be committing still what the killed process asked of it.
      const [row] = await database.query<Record<'taken' | 'deals' | 'rejected' | 'rejects', number>>(
        raw(`select sum(rows_new) as taken, (select count(*) from deals) as deals, max(rows_rejected) as rejected,
          (select count(*) from rejects) as rejects from imports`),
      )
      expect(row!.deals).toBe(row!.taken)
      expect(row!.rejects).toBe(row!.rejected)
      for (const half of HALVES) expect([half, await database.query(raw(half))]).toEqual([half, [{ n: 0 }]])
    }
    expect(killed).toBeGreaterThan(0)
    const again = await runImport(settings, join(folder, 'deals.csv'))
    expect(again.summaries).toMatchObject([{ rowsRead: ROWS, rowsRejected: ROWS / 3 }])

    const other = await open()
    await other.database.upsert('settings', ['name', 'value'], secret)
    await runImport(other.settings, join(folder, 'deals.csv'))
    expect(await dump(database)).toEqual(await dump(other.database))
  })

  it('spend is there whole or not at all', async () => {
    const { database, settings } = await open()
    const child = spawn(process.execPath, [main, 'import', join(folder, 'spend.csv')], {
      env: { ...process.env, VERBATIM_DATA: settings.dataDir, VERBATIM_DATABASE: settings.database ?? '' },
      stdio: 'ignore',
    })
    const gone = once(child, 'exit')
    const aside = () => database.query<{ n: number }>(raw('select count(*) as n from app.spend_staging'))
    while (child.exitCode === null && (await aside())[0]!.n === 0) await sleep(1)
    child.kill('SIGKILL')
    await gone
    const count = async () =>
      (await database.query<{ n: number }>(raw('select count(*) as n from spend')))[0]!.n
    expect([0, ROWS * 0.75]).toContain(await count())
    await runImport(settings, join(folder, 'spend.csv'))
    const [sums] = await database.query(
      raw('select count(*) as n, sum(impressions) as shown, sum(cost) as cost from spend'),
    )
    expect(sums).toEqual({ n: 4500, shown: (ROWS * (ROWS - 1)) / 2, cost: ROWS * 1.5 })
  })
})
