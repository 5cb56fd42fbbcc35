import { expect, it } from 'vitest'
import { readDays } from '../../server/mining/askers.ts'
import { findPageChanges, readAbout, writePageChanges } from '../../server/mining/page-changes.ts'
import type { Row } from '../../server/store/schema.ts'
import { raw } from '../../server/store/sql.ts'
import { eachDatabase } from '../support/databases.ts'

const DAY = '2026-04-15'
const page = (page_id: string, published_at: string | null) =>
  ({ page_id, published_at, kind: 'faq', position: 1, heading: page_id, text: '', url: null }) as Row<'pages'>
const near = (page: string, score: number, about: string[]) => ({ page, score, about })

eachDatabase('what a section changed', open => {
  it('counts each client once for all its themes, before its day and since', async () => {
    const { database } = await open()
    // Forty clients each month got in touch; in February ten asked q-1 and q-2 both, in June one asked q-2.
    const talks = Array.from({ length: 240 }, (_, i) => ({
      client_id: `c${i}`,
      conversation_id: `t${i}`,
      kind: 'call',
      is_missed: 0,
      revision: 1,
      day: `2026-0${1 + Math.floor(i / 40)}-${i % 2 === 0 ? '14' : '16'}`,
    }))
    await database.upsert(
      'conversations',
      ['client_id', 'conversation_id', 'kind', 'is_missed', 'revision', 'day'],
      talks,
    )
    const asked = [
      ...talks.slice(40, 50).flatMap(talk => ['q-1', 'q-2'].map(theme_id => ({ ...talk, theme_id }))),
      { ...talks.at(-1)!, theme_id: 'q-2' },
      { ...talks.at(-2)!, theme_id: 'q-3' },
    ]
    await database.upsert(
      'mentions',
      ['client_id', 'conversation_id', 'n', 'span_from', 'span_to', 'kind', 'theme_id', 'day'],
      asked.map(({ client_id, conversation_id, theme_id, day }) => ({
        client_id,
        conversation_id,
        theme_id,
        day,
        n: Number(theme_id.slice(2)),
        span_from: 0,
        span_to: 1,
        kind: 'question',
      })),
    )
    const nearest = new Map([
      ['q-1', near('price', 0.7, ['price'])],
      // Nearer to another section, and about this one as well.
      ['q-2', near('net', 0.8, ['price'])],
      ['q-3', near('net', 0.9, ['later'])],
    ])
    const pages = [
      page('price', DAY),
      page('net', '2020-01-01'),
      page('undated', null),
      page('later', '2027-01-01'),
    ]
    const days = await readDays(
      database,
      pages.map(({ published_at }) => published_at),
    )
    const found = await findPageChanges(database, pages, nearest, days)
    expect(found.changes).toEqual([
      {
        page_id: 'price',
        day: DAY,
        before_clients: 10,
        before_of: 100,
        after_clients: 1,
        after_of: 100,
        faded: 1,
      },
    ])
    for (let i = 0; i < 2; i++) await database.transaction(connection => writePageChanges(connection, found))
    expect(await readAbout(database)).toEqual(
      new Map([
        ['q-1', ['price']],
        ['q-2', ['price']],
        // Calls since its day are still to come.
        ['q-3', ['later']],
      ]),
    )
    const kept = await database.query(
      raw('select page_id, theme_id, n from page_change_themes order by page_id desc, n'),
    )
    expect(kept).toEqual([
      { page_id: 'price', theme_id: 'q-2', n: 0 },
      { page_id: 'price', theme_id: 'q-1', n: 1 },
      { page_id: 'later', theme_id: 'q-3', n: 0 },
    ])
  })
})
