import { expect, it } from 'vitest'
import { makeEdit } from '../../server/mining/catalogue.ts'
import { extractNew } from '../../server/mining/extract-new.ts'
import { groupWaiting } from '../../server/mining/group-waiting.ts'
import { mine } from '../../server/mining/pipeline.ts'
import type { Database } from '../../server/store/database.ts'
import { sql } from '../../server/store/sql.ts'
import { eachDatabase } from '../support/databases.ts'

const now = '2026-11-01 00:00:00'
const by = { author: 'test', now }
const warranty = [
  'какая у вас гарантия',
  'а гарантия какая',
  'скажите какая гарантия',
  'гарантия у вас какая',
]
const parking = [
  'где можно припарковаться у офиса',
  'а парковка у офиса есть',
  'есть ли парковка у офиса',
  'у офиса парковка есть',
]

let revision = 0
/** A conversation a text, each of a client of its own unless `client` says otherwise. */
async function say(database: Database, texts: readonly string[], prefix: string): Promise<void> {
  revision++
  const conversations = texts.map((_, i) => ({
    client_id: `${prefix}${i}`,
    conversation_id: `k-${prefix}${i}`,
    kind: 'call',
    is_missed: 0,
    revision,
    day: '2026-10-01',
  }))
  await database.upsert(
    'conversations',
    ['client_id', 'conversation_id', 'kind', 'is_missed', 'revision', 'day'],
    conversations,
  )
  const turn = (i: number, n: number, speaker: string, text: string) => ({
    client_id: `${prefix}${i}`,
    conversation_id: `k-${prefix}${i}`,
    n,
    speaker,
    text,
  })
  await database.upsert(
    'utterances',
    ['client_id', 'conversation_id', 'n', 'speaker', 'text'],
    texts.flatMap((text, i) => [
      turn(i, 0, 'agent', 'добрый день чем могу помочь какая вас интересует доставка'),
      turn(i, 1, 'client', text),
    ]),
  )
}

const themes = (database: Database) =>
  database.query<{ theme_id: string; label: string; clients: number }>(
    sql`select t.theme_id, t.label, count(distinct m.client_id) as clients from themes t
      left join mentions m on m.theme_id = t.theme_id where t.kind = 'question' and t.alias_of is null
      group by t.theme_id, t.label order by t.theme_id`,
  )
const mentionsOf = (database: Database, prefix: string) =>
  database.query<{
    theme_id: string | null
    waits: string | null
    text: string
    span_from: number
    span_to: number
  }>(
    sql`select m.theme_id, m.waits, m.span_from, m.span_to, u.text from mentions m
      join utterances u on u.client_id = m.client_id and u.conversation_id = m.conversation_id and u.n = m.n
      where m.client_id like ${`${prefix}%`} and m.kind = 'question' order by m.client_id`,
  )

eachDatabase('mining', open => {
  it('takes the client’s words only, with their exact spans; agents ask nothing', async () => {
    const { database } = await open()
    await say(database, warranty, 'a')
    const report = await mine(database, { now })
    expect(report).toMatchObject({ conversations: 4, mentions: 4, assigned: 4, waiting: 0, newThemes: 1 })
    const mentions = await mentionsOf(database, 'a')
    for (const { text, span_from, span_to } of mentions)
      expect(text.slice(span_from, span_to)).toMatch(/гаранти/)
  })

  it('lets what few say wait, and says why, until enough say alike; ids given stay', async () => {
    const { database } = await open()
    await say(database, warranty, 'a')
    await say(database, parking.slice(0, 2), 'b')
    await mine(database, { now })
    expect((await mentionsOf(database, 'b')).map(row => [row.theme_id, row.waits])).toEqual([
      [null, 'few'],
      [null, 'few'],
    ])
    const before = await mentionsOf(database, 'a')
    await say(database, parking.slice(2), 'c')
    const report = await mine(database, { now })
    expect(report).toMatchObject({ conversations: 2, newThemes: 1, waiting: 0 })
    expect(new Set((await mentionsOf(database, 'b')).map(row => row.theme_id))).toEqual(new Set(['q-2']))
    expect(await mentionsOf(database, 'a')).toEqual(before)
    expect((await themes(database)).map(theme => [theme.theme_id, theme.clients])).toEqual([
      ['q-1', 4],
      ['q-2', 4],
    ])
  })

  it('joins new words to the theme that is there, and does nothing when nothing is new', async () => {
    const { database } = await open()
    await say(database, warranty, 'a')
    await mine(database, { now })
    await say(database, ['подскажите какая гарантия у вас'], 'd')
    expect(await mine(database, { now })).toMatchObject({ conversations: 1, newThemes: 0, waiting: 0 })
    expect((await mentionsOf(database, 'd'))[0]!.theme_id).toBe('q-1')
    const versions = await database.versions()
    expect(await mine(database, { now })).toMatchObject({ conversations: 0, newThemes: 0 })
    expect(await database.versions()).toEqual(versions)
  })

  it('keeps what people decided over everything that comes later', async () => {
    const { database } = await open()
    await say(database, [...warranty, ...parking], 'a')
    await mine(database, { now })
    await makeEdit(database, { action: 'merge', themes: ['q-1', 'q-2'] }, by)
    await makeEdit(database, { action: 'rename', theme: 'q-1', label: 'Гарантия и парковка' }, by)
    const moved = { client_id: 'a7', conversation_id: 'k-a7', n: 1, from: 0 }
    await makeEdit(
      database,
      { action: 'split', theme: 'q-1', label: 'Парковка отдельно', mentions: [moved] },
      by,
    )
    await say(database, ['а у офиса парковка найдётся', 'гарантия какая у вас'], 'e')
    // The same conversation once more, as another export would bring it.
    revision++
    await database.run(sql`update conversations set revision = ${revision} where conversation_id = 'k-a7'`)
    await mine(database, { now })
    expect((await themes(database)).map(theme => theme.label)).toEqual([
      'Гарантия и парковка',
      'Парковка отдельно',
    ])
    expect((await mentionsOf(database, 'a7'))[0]!.theme_id).toBe('q-3')
    expect((await mentionsOf(database, 'e')).every(row => ['q-1', 'q-3'].includes(row.theme_id ?? ''))).toBe(
      true,
    )
  })

  it('forgets what a changed conversation no longer says', async () => {
    const { database } = await open()
    await say(database, warranty, 'a')
    await mine(database, { now })
    revision++
    await database.run(sql`update conversations set revision = ${revision} where conversation_id = 'k-a0'`)
    await database.run(sql`update utterances set text = 'хорошо' where conversation_id = 'k-a0' and n = 1`)
    expect(await mine(database, { now })).toMatchObject({ conversations: 1, mentions: 3 })
  })

  it('places a few texts beside a large catalogue without comparing everything', async () => {
    const { database } = await open()
    await say(database, [...warranty, ...parking], 'a')
    await mine(database, { now })
    const before = await mentionsOf(database, 'a')
    const few = async (texts: readonly string[], prefix: string) => {
      await say(database, texts, prefix)
      await extractNew(database, { now })
      return groupWaiting(database, 'question', { now }, { known: 1, few: 1_000 })
    }
    const sills = ['подоконник белый бывает', 'а подоконник белый бывает', 'подоконник белый бывает у вас']
    expect(await few(['парковка у офиса есть', sills[0]!], 'b')).toBe(0)
    expect((await mentionsOf(database, 'b')).map(row => [row.theme_id, row.waits])).toEqual([
      ['q-2', null],
      [null, 'few'],
    ])
    expect(await few(sills.slice(1), 'c')).toBe(1)
    expect((await mentionsOf(database, 'c')).map(row => row.theme_id)).toEqual(['q-3', 'q-3'])
    expect((await mentionsOf(database, 'b')).map(row => row.theme_id)).toEqual(['q-2', 'q-3'])
    expect(await mentionsOf(database, 'a')).toEqual(before)
  })

  it('counts those who asked, and who still ask, out of all who got in touch', async () => {
    const { database } = await open()
    await database.upsert(
      'pages',
      ['page_id', 'kind', 'position', 'heading', 'text', 'published_at'],
      [
        {
          page_id: 'p1',
          kind: 'faq',
          position: 1,
          heading: 'Какая у вас гарантия?',
          text: 'Гарантия пять лет.',
          published_at: '2026-09-20',
        },
      ],
    )
    await say(database, [...warranty, 'гарантия какая', 'какая гарантия'], 'a')
    await mine(database, { now })
    const gaps = () => database.query(sql`select * from gaps`)
    expect(await gaps()).toMatchObject([{ page_id: 'p1', state: 'poor', clients: 6, asked_after: 6 }])
    // Many more get in touch and ask nothing: no mention is new, and those six are few among them.
    await say(
      database,
      Array.from({ length: 250 }, () => 'хорошо'),
      'z',
    )
    await mine(database, { now })
    expect(await gaps()).toMatchObject([{ page_id: 'p1', state: 'answered', clients: 6, asked_after: 6 }])
  })

  it('stops when asked to, and goes on from there', async () => {
    const { database } = await open()
    await say(database, warranty, 'a')
    await expect(mine(database, { now, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    })
    expect(await mine(database, { now })).toMatchObject({ mentions: 4, newThemes: 1 })
  })
})
