import { join } from 'node:path'
import { expect, it } from 'vitest'
import { raw } from '../../server/store/sql.ts'
import { eachDatabase } from '../support/databases.ts'
import { dump, rowCounts, runImport } from './run-import.ts'

const fixtures = join(import.meta.dirname, '../fixtures/import')

/** File -> its format, kind of data and rows. */
const files: [file: string, format: string, kind: string, rows: number][] = [
  ['tables/amocrm.csv', 'csv', 'deals', 3],
  ['tables/amocrm.xlsx', 'xlsx', 'deals', 3],
  ['tables/hubspot.csv', 'csv', 'deals', 2],
  ['tables/clients.tsv', 'csv', 'clients', 2],
  ['tables/stages.csv', 'csv', 'stages', 3],
  ['tables/visits.csv', 'csv', 'visits', 2],
  ['tables/targets.csv', 'csv', 'targets', 2],
  ['tables/direct.csv', 'csv', 'spend', 3],
  ['tables/vk.xlsx', 'xlsx', 'spend', 2],
  ['tables/google.csv', 'csv', 'spend', 2],
  ['tables/comagic-calls.json', 'json', 'conversations', 2],
  ['tables/chats.jsonl', 'json', 'conversations', 2],
  ['tables/messages.csv', 'csv', 'conversations', 5],
  ['tables/landing.html', 'sections', 'pages', 2],
  ['tables/faq.md', 'sections', 'pages', 2],
  ['transcripts/call.txt', 'plain', 'conversations', 1],
  ['transcripts/call.srt', 'srt', 'conversations', 1],
  ['transcripts/call.vtt', 'vtt', 'conversations', 1],
  ['transcripts/whisper.json', 'whisper', 'conversations', 1],
  ['transcripts/diarized.json', 'openai-diarized', 'conversations', 1],
  ['transcripts/speechkit-v2.json', 'speechkit-v2', 'conversations', 1],
  ['transcripts/speechkit-v3.jsonl', 'speechkit-v3', 'conversations', 1],
  ['transcripts/deepgram.json', 'deepgram', 'conversations', 1],
  ['transcripts/assemblyai.json', 'assemblyai', 'conversations', 1],
  ['transcripts/comagic-transcript.json', 'comagic-transcript', 'conversations', 1],
]

/** What an earlier file brought: the same deals, the deals' clients, the call that was said. */
const known = ['tables/amocrm.xlsx', 'tables/clients.tsv', 'transcripts/comagic-transcript.json']

eachDatabase('files of every format', open => {
  it('are taken once, and the second time nothing changes', async () => {
    const { database, settings } = await open()
    for (const [file, format, kind, rows] of files) {
      const path = join(fixtures, file)
      const fresh = known.includes(file) ? 0 : rows
      const first = await runImport(settings, path)
      expect([file, first.code, first.err]).toEqual([file, 0, ''])
      expect(first.summaries).toMatchObject([
        { format, kind, rowsRead: rows, rowsNew: fresh, rowsRejected: 0 },
      ])
      const before = await dump(database)
      const versions = await database.versions()
      const second = await runImport(settings, path)
      expect(second.summaries, file).toMatchObject([
        { rowsRead: rows, rowsNew: 0, rowsChanged: 0, rowsUnchanged: rows, rowsRejected: 0 },
      ])
      expect(await dump(database), file).toEqual(before)
      // Only that an import took place is new: no cached result grows stale.
      const risen = [...(await database.versions())].filter(
        ([name, version]) => versions.get(name) !== version,
      )
      expect(
        risen.map(([name]) => name),
        file,
      ).toEqual(['imports'])
    }
    expect(await rowCounts(database)).toMatchObject({
      deals: 5,
      deal_tags: 3,
      deal_stages: 3,
      spend: 7,
      targets: 2,
      pages: 4,
      visits: 2,
      clients: 18,
      utterances: 38,
    })
  })

  it('read in any order leave the same facts', async () => {
    const some = files
      .map(([file]) => file)
      .filter(file => /amocrm.csv|stages|visits|clients|calls/.test(file))
    const dumps = []
    for (const order of [some, some.toReversed()]) {
      const { database, settings } = await open()
      await database.upsert('settings', ['name', 'value'], [{ name: 'identity_secret', value: 'one secret' }])
      // One by one: several on one line are put in order first.
      for (const file of order) expect((await runImport(settings, join(fixtures, file))).code).toBe(0)
      const { deals, deal_stages, visits } = await dump(database)
      const people = await database.query(
        raw(`select replace(d.deal_id, 'amocrm:', 'crm:') as deal, c.city, a.phone, count(distinct v.visit_id) as visits,
          count(distinct s.n) as stages, count(distinct t.conversation_id) as talks
          from deals d join clients c on c.client_id = d.client_id
          left join app.client_contacts a on a.client_id = d.client_id
          left join visits v on v.client_id = d.client_id
          left join deal_stages s on s.client_id = d.client_id and s.deal_id = d.deal_id
          left join conversations t on t.client_id = d.client_id
          group by d.deal_id, c.city, a.phone order by 1`),
      )
      dumps.push({ counts: [deals!.length, deal_stages!.length, visits!.length], people })
    }
    expect(dumps[0]!.people).toEqual([
      { deal: 'crm:5001', city: 'Тула', phone: '+79005550101', visits: 2, stages: 2, talks: 3 },
      { deal: 'crm:5002', city: 'Калуга', phone: '+79005550102', visits: 0, stages: 1, talks: 0 },
      { deal: 'crm:5003', city: null, phone: '+79005550103', visits: 0, stages: 0, talks: 1 },
    ])
    expect(dumps[1]).toEqual(dumps[0])
  })
})
