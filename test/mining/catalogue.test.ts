import { expect, it } from 'vitest'
import { createRandom } from '../../server/lib/random.ts'
import { makeEdit, nextThemeId, readLog, undoEdit } from '../../server/mining/catalogue.ts'
import { type Edit, replay, themeOf } from '../../server/mining/edits.ts'
import type { Database } from '../../server/store/database.ts'
import { sql } from '../../server/store/sql.ts'
import { eachDatabase } from '../support/databases.ts'

const by = { author: 'test', now: '2026-10-01 10:00:00' }
const place = (i: number) => ({ client_id: `c${i % 5}`, conversation_id: `k${i % 5}`, n: i, from: 0 })

/** `themes` question themes with six mentions each, by turns. */
async function fill(database: Database, themes: number): Promise<void> {
  const ids = Array.from({ length: themes }, (_, i) => `q-${i + 1}`)
  await database.upsert(
    'themes',
    ['theme_id', 'kind', 'label', 'machine_label', 'topic', 'machine_topic', 'status', 'hidden'],
    ids.map(theme_id => ({
      theme_id,
      kind: 'question',
      label: theme_id,
      machine_label: theme_id,
      topic: 'other',
      machine_topic: 'other',
      status: 'new',
      hidden: 0,
    })),
  )
  await database.upsert(
    'mentions',
    ['client_id', 'conversation_id', 'n', 'span_from', 'span_to', 'kind', 'theme_id', 'machine_theme_id'],
    Array.from({ length: themes * 6 }, (_, i) => {
      const { client_id, conversation_id, n, from } = place(i)
      const theme = ids[i % themes]!
      return {
        client_id,
        conversation_id,
        n,
        span_from: from,
        span_to: 5,
        kind: 'question',
        theme_id: theme,
        machine_theme_id: theme,
      }
    }),
  )
}

const placed = async (database: Database) => {
  const rows = await database.query<{ n: number; theme_id: string; machine_theme_id: string }>(
    sql`select n, theme_id, machine_theme_id from mentions order by n`,
  )
  return rows
}

eachDatabase('the catalogue', open => {
  it('renames, sets topic and status, hides; undo brings back the machine’s words', async () => {
    const { database } = await open()
    await fill(database, 2)
    const first = await makeEdit(database, { action: 'rename', theme: 'q-1', label: 'Есть ли рассрочка' }, by)
    await makeEdit(database, { action: 'topic', theme: 'q-1', topic: 'price' }, by)
    await makeEdit(database, { action: 'status', theme: 'q-1', status: 'in_work' }, by)
    await makeEdit(database, { action: 'hide', theme: 'q-1', hidden: true }, by)
    const read = () =>
      database.query(sql`select label, topic, status, hidden from themes where theme_id = 'q-1'`)
    expect(await read()).toEqual([
      { label: 'Есть ли рассрочка', topic: 'price', status: 'in_work', hidden: 1 },
    ])
    await undoEdit(database, first)
    expect(await read()).toEqual([{ label: 'q-1', topic: 'price', status: 'in_work', hidden: 1 }])
    await expect(undoEdit(database, first)).rejects.toThrow('undone already')
    expect((await readLog(database)).map(entry => entry.undone)).toEqual([true, false, false, false])
  })

  it('merges into the older id, and parts them on undo with every mention where it was', async () => {
    const { database } = await open()
    await fill(database, 3)
    const before = await placed(database)
    const id = await makeEdit(database, { action: 'merge', themes: ['q-3', 'q-2'] }, by)
    expect(new Set((await placed(database)).map(row => row.theme_id))).toEqual(new Set(['q-1', 'q-2']))
    expect(await database.query(sql`select alias_of from themes where theme_id = 'q-3'`)).toEqual([
      { alias_of: 'q-2' },
    ])
    await undoEdit(database, id)
    expect(await placed(database)).toEqual(before)
    expect(await database.query(sql`select alias_of from themes where theme_id = 'q-3'`)).toEqual([
      { alias_of: null },
    ])
  })

  it('splits into a new id that is never given again', async () => {
    const { database } = await open()
    await fill(database, 2)
    const split: Edit = { action: 'split', theme: 'q-1', label: 'Срок', mentions: [place(0), place(2)] }
    const id = await makeEdit(database, split, by)
    expect((await placed(database)).filter(row => row.theme_id === 'q-3').map(row => row.n)).toEqual([0, 2])
    await undoEdit(database, id)
    expect((await placed(database)).filter(row => row.theme_id === 'q-1')).toHaveLength(6)
    expect(await nextThemeId(database, 'question')).toBe('q-4')
  })

  it('refuses what is not there or of another kind, and changes nothing', async () => {
    const { database } = await open()
    await fill(database, 2)
    await expect(makeEdit(database, { action: 'rename', theme: 'q-9', label: 'x' }, by)).rejects.toThrow(
      'no theme q-9',
    )
    const far = { client_id: 'c0', conversation_id: 'k0', n: 999, from: 0 }
    await expect(
      makeEdit(database, { action: 'move', mention: far, from: 'q-1', to: 'q-2' }, by),
    ).rejects.toThrow('no question at that place')
    expect(await readLog(database)).toEqual([])
  })

  it('after any edits and undos, what is stored equals a replay of the log from the machine’s state', async () => {
    const { database } = await open()
    await fill(database, 6)
    const random = createRandom(7)
    const any = () => `q-${1 + random.integer(6)}`
    for (let step = 0; step < 40; step++) {
      const log = await readLog(database)
      const open = log.filter(entry => !entry.undone)
      const choice = random.integer(4)
      if (choice === 0 && open.length > 0) await undoEdit(database, random.pick(open).id)
      else if (choice === 1) {
        const pair = [any(), any()]
        if (pair[0] !== pair[1]) await makeEdit(database, { action: 'merge', themes: pair }, by)
      } else if (choice === 2) {
        const mention = place(random.integer(36))
        await makeEdit(database, { action: 'move', mention, from: any(), to: any() }, by)
      } else {
        const mentions = [place(random.integer(36)), place(random.integer(36))]
        await makeEdit(database, { action: 'split', theme: any(), label: `part ${step}`, mentions }, by)
      }
    }
    const corrections = replay(await readLog(database))
    for (const row of await placed(database))
      expect(row.theme_id, String(row.n)).toBe(
        themeOf('question', place(row.n), row.machine_theme_id, corrections),
      )
  })
})
