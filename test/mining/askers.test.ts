import { expect, it } from 'vitest'
import { countAskers, countContacts, readSpans } from '../../server/mining/askers.ts'
import { eachDatabase } from '../support/databases.ts'

/** Client -> days of getting in touch; an asker asks each time. */
const contacts: [client: string, asks: boolean, days: string[]][] = [
  ['a', true, ['2026-05-01', '2026-05-20']],
  ['b', true, ['2026-05-10']],
  ['c', false, ['2026-05-10', '2026-05-11', '2026-05-12']],
  ['d', true, ['2026-05-21', '2026-05-21']],
  ['e', false, ['2026-05-22']],
]
const days = ['2026-05-12', null, '2026-04-01', '2026-05-20', '2026-06-01']

eachDatabase('who asked and who got in touch', open => {
  it('are counted once a client, since a day and in equal spans around it', async () => {
    const { database } = await open()
    const talks = contacts.flatMap(([client_id, asks, on]) =>
      on.map((day, i) => ({ client_id, conversation_id: `${client_id}${i}`, day, asks })),
    )
    await database.upsert(
      'conversations',
      ['client_id', 'conversation_id', 'kind', 'is_missed', 'revision', 'day'],
      talks.map(({ asks, ...talk }) => ({ ...talk, kind: 'call', is_missed: 0, revision: 1 })),
    )
    await database.upsert(
      'mentions',
      ['client_id', 'conversation_id', 'n', 'span_from', 'span_to', 'kind', 'theme_id', 'day'],
      talks
        .filter(({ asks }) => asks)
        .map(({ asks, ...talk }) => ({
          ...talk,
          n: 0,
          span_from: 0,
          span_to: 1,
          kind: 'question',
          theme_id: 'q-1',
        })),
    )
    const spans = await readSpans(database, days)
    // Eleven days from the first contact to the day; too few, or none, for the other days.
    expect([...spans]).toEqual([
      ['2026-05-12', { before: ['2026-05-01', '2026-05-11'], after: ['2026-05-12', '2026-05-22'] }],
    ])
    const touched = await countContacts(database, days, spans)
    const none = { before: null, after: null }
    expect(touched.get('2026-05-12')).toEqual({ all: 5, since: 4, before: 3, after: 4 })
    expect(touched.get(null)).toEqual({ all: 5, since: 5, ...none })
    expect(touched.get('2026-04-01')).toEqual({ all: 5, since: 5, ...none })
    expect(touched.get('2026-05-20')).toEqual({ all: 5, since: 3, ...none })
    expect(touched.get('2026-06-01')).toEqual({ all: 5, since: 0, ...none })
    const asked = await countAskers(database, ['q-1', 'q-2'], '2026-05-12', spans.get('2026-05-12'))
    expect([...asked]).toEqual([['q-1', { all: 3, since: 2, before: 2, after: 2 }]])
    expect((await countAskers(database, ['q-1'], null, undefined)).get('q-1')).toEqual({
      all: 3,
      since: 3,
      ...none,
    })
  })

  it('of nobody are nobody', async () => {
    const { database } = await open()
    const spans = await readSpans(database, ['2026-05-12'])
    expect(spans.size).toBe(0)
    expect((await countContacts(database, ['2026-05-12'], spans)).get('2026-05-12')).toEqual({
      all: 0,
      since: 0,
      before: null,
      after: null,
    })
  })
})
