/** What the API does with a database, on each of them. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type {
  Conversation,
  ImportReport,
  RejectPage,
  RunMessage,
  RunStarted,
  Status,
} from '../../server/api/contract.ts'
import { createService } from '../../server/api/service.ts'
import { readConfig } from '../../server/config.ts'
import { eachDatabase } from '../support/databases.ts'
import { loadFacts } from '../support/facts.ts'
import { readEvents } from '../support/service.ts'

eachDatabase('the API', (open, dialect) => {
  it('loads a file in a thread, says so, runs a notebook over it and shows a conversation', async () => {
    const { database, settings } = await open()
    await loadFacts(database)
    const config = readConfig({ VERBATIM_DATA: settings.dataDir, VERBATIM_DATABASE: settings.database })
    const service = createService(config, database)
    const ask = async <T>(path: string, init?: RequestInit): Promise<T> =>
      (await service.app.request(`/api${path}`, init)).json() as Promise<T>

    const body = new FormData()
    body.set(
      'file',
      new Blob([
        'deal_id,client_id,amount,created_at,status\n1,new,100,2026-07-01,won\n2,new,1,nonsense,won\n',
      ]),
      'd.csv',
    )
    const report = await ask<ImportReport>('/imports', { method: 'POST', body })
    expect(report).toMatchObject({ rowsNew: 1, rowsRejected: 1 })
    expect(await ask<RejectPage>('/rejects')).toMatchObject({
      total: 1,
      rejects: [{ line: 3, source: 'd.csv' }],
    })
    expect(await ask<Status>('/status')).toMatchObject({
      database: dialect,
      today: '2026-07-01',
      empty: false,
    })

    await mkdir(join(settings.dataDir, 'notebooks'))
    await writeFile(
      join(settings.dataDir, 'notebooks/n.md'),
      '```sql n\nselect count(*) as n from deals\n```\n',
    )
    for (const state of ['fresh', 'cached']) {
      const { run } = await ask<RunStarted>('/runs', {
        method: 'POST',
        body: JSON.stringify({ notebook: 'n' }),
        headers: { 'content-type': 'application/json' },
      })
      const events = await readEvents<RunMessage>(await service.app.request(`/api/runs/${run}/events`))
      const done = events.flatMap(({ message }) => (message.type === 'block-done' ? message : []))
      expect(done.map(message => [message.state, message.result.table?.rows])).toEqual([[state, [[49]]]])
    }
    const conversation = await ask<Conversation>('/conversations/crm%3A000/call%3A0')
    expect(conversation.turns[1]!.marks).toHaveLength(1)
    await service.close()
  })
})
