/** What is over goes, words and contacts alone; what is counted stays counted. */
import { expect, it } from 'vitest'
import {
  applyDaily,
  applyRetention,
  previewRetention,
  type Retention,
  readRetention,
  writeRetention,
} from '../../server/privacy/retention.ts'
import type { Database } from '../../server/store/database.ts'
import { raw } from '../../server/store/sql.ts'
import { eachDatabase } from '../support/databases.ts'
import { LAST_DAY, loadFacts } from '../support/facts.ts'

const NONE: Retention = {
  recordings: null,
  calls: null,
  chats: null,
  visits: null,
  contacts: null,
  rejects: null,
}
const moment = `${LAST_DAY} 03:00:00`
const count = async (database: Database, rest: string) =>
  (await database.query<{ n: number }>(raw(`select count(*) as n from ${rest}`)))[0]!.n

eachDatabase('retention', open => {
  it('removes what is older than its kind is kept, says so beforehand, and leaves numbers and newer words', async () => {
    const { database } = await open()
    await loadFacts(database)
    expect(await readRetention(database)).toEqual(NONE)
    await database.run(raw(`update conversations set recording = 'a.mp3'`))
    const people = await database.query<{ client_id: string }>(raw('select client_id from clients'))
    await database.upsert(
      'client_contacts',
      ['client_id', 'name'],
      people.map(({ client_id }) => ({ client_id, name: 'Имя' })),
    )
    const before = { mentions: await count(database, 'mentions'), deals: await count(database, 'deals') }
    const cut = `(select conversation_id from conversations where day < '2026-03-30'`
    const words = (kind: string) => `utterances where conversation_id in ${cut} and kind ${kind} 'call')`
    const expected = {
      recordings: await count(database, `conversations where day < '2026-03-30'`),
      calls: await count(database, words('=')),
      chats: 0,
      visits: await count(database, `visits where day < '2026-03-30'`),
      contacts: await count(database, `clients where day < '2026-03-30'`),
      rejects: 0,
    }
    expect(expected.calls).toBeGreaterThan(0)
    // 2026-03-30 is 90 days before the last day of the facts.
    const days: Retention = { ...NONE, recordings: 90, calls: 90, visits: 90, contacts: 90 }
    const { chats: _, rejects: __, ...over } = expected
    expect(await previewRetention(database, days, LAST_DAY)).toEqual(over)
    await writeRetention(database, days)
    const chats = await count(database, words('<>'))
    expect(await applyRetention(database, { moment, author: 'Анна' })).toEqual(over)
    expect(await count(database, words('='))).toBe(0)
    expect(await count(database, words('<>'))).toBe(chats)
    expect(await count(database, 'utterances')).toBeGreaterThan(chats)
    expect({ mentions: await count(database, 'mentions'), deals: await count(database, 'deals') }).toEqual(
      before,
    )
    expect(await database.query(raw('select kind, state, author, counts from app.removals'))).toEqual([
      { kind: 'retention', state: 'done', author: 'Анна', counts: JSON.stringify(over) },
    ])
    expect(await applyRetention(database, { moment, author: null })).toEqual({})
  })

  it('is done once a day, and never without a limit', async () => {
    const { database } = await open()
    await loadFacts(database)
    expect(await applyDaily(database, moment)).toBeNull()
    await writeRetention(database, { ...NONE, visits: 7 })
    expect(await applyDaily(database, moment)).toMatchObject({ visits: expect.any(Number) })
    expect(await applyDaily(database, moment)).toBeNull()
    expect(await applyDaily(database, '2026-06-29 03:00:00')).not.toBeNull()
  })
})
