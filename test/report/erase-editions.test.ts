/** Editions without one client: page, what files are made of, and what is compared. */
import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import type { Output } from '../../server/notebook/output.ts'
import { createScrub } from '../../server/privacy/client-words.ts'
import { eraseFromEditions } from '../../server/report/erase-pages.ts'
import { pack } from '../../server/report/publish.ts'
import { packSnapshot, type Snapshot, unpackSnapshot } from '../../server/report/snapshot.ts'
import {
  insertEdition,
  readEdition,
  readEditionPage,
  readEditionSnapshot,
} from '../../server/store/editions.ts'
import { eachDatabase } from '../support/databases.ts'
import { sampleEdition } from '../support/sample-edition.ts'

const quote = (alias: number, text: string) => ({
  ref: { client_id: '', conversation_id: '', n: 0, from: 0, to: text.length },
  text,
  speaker: 'client' as const,
  alias,
  conversation_kind: 'call',
  at: null,
  offset_ms: null,
  deal_status: null,
})

const output: Output = {
  type: 'insight',
  title: '',
  claims: [
    {
      id: 'q',
      kind: 'question',
      text: 'сколько стоит кактус в горшке',
      clients: 2,
      of: 9,
      facts: [],
      quotes: [quote(7, 'коротко'), quote(8, 'нужна дверь')],
      weak: false,
    },
  ],
}

eachDatabase('erasing a client from editions', open => {
  it('leaves tombstones on the page and in what files are made of, and deletes what was about the client', async () => {
    const { database } = await open()
    const snapshot: Snapshot = {
      notebook: { title: 't', description: '', language: 'ru', inputs: [], blocks: [] },
      inputs: {},
      choices: {},
      outcomes: [['q', { state: 'fresh', result: { outputs: [output], table: null }, tableHash: '' }]],
      currency: 'RUB',
      generatedAt: '2026-06-28 12:00:00',
      dataTo: '2026-06-28',
      sources: [],
    }
    const html = `<html lang="ru"><meta http-equiv="Content-Security-Policy" content="default-src 'none'"><figure class="vb-quote"><blockquote>«коротко»</blockquote><figcaption><span class="vb-quote__who">Клиент 7</span></figcaption></figure></html>`
    const { etag, policy, gzip, brotli } = await pack(html)
    const add = async (number: number, inputs: string) => {
      const { edition, page } = sampleEdition(number, {
        etag,
        policy,
        inputs,
        figures: '{"themes":[{"label":"сколько стоит кактус в горшке"}]}',
      })
      const packed = {
        ...page,
        gzip: gzip.toString('base64'),
        brotli: brotli.toString('base64'),
        snapshot: await packSnapshot(snapshot),
      }
      await insertEdition(database, edition, packed, async () => {})
    }
    await add(1, '{}')
    await add(2, '{"deal":"crm:1"}')
    const scrub = createScrub({
      alias: 7,
      names: [],
      emails: [],
      phones: [],
      said: ['сколько стоит кактус в горшке'],
    })
    const counts = await eraseFromEditions(database, 7, scrub, new Set(['crm:1']))
    expect(counts).toMatchObject({ editions: 1 })
    expect(await readEdition(database, 'e2')).toBeNull()
    const page = gunzipSync(Buffer.from((await readEditionPage(database, 'e1'))!.gzip, 'base64')).toString()
    expect(page).toContain('[удалено по просьбе клиента]')
    expect(page).not.toContain('коротко')
    const kept = JSON.stringify(await unpackSnapshot((await readEditionSnapshot(database, 'e1'))!))
    expect(kept).not.toMatch(/коротко|кактус/)
    expect(kept).toContain('нужна дверь')
    const edition = (await readEdition(database, 'e1'))!
    expect(edition.figures).not.toContain('кактус')
    expect(edition.etag).not.toBe(etag)
  })
})
