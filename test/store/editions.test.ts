/** Editions as rows: whole or not there, numbers given once, schedules claimed by one process. */
import { fork } from 'node:child_process'
import { expect, it } from 'vitest'
import {
  insertEdition,
  nextNumber,
  pruneEditions,
  readEditionPage,
  readEditions,
  readLatestEdition,
} from '../../server/store/editions.ts'
import { openDatabase } from '../../server/store/open.ts'
import {
  claimSchedule,
  endSchedule,
  readDueSchedules,
  readSchedules,
  writeSchedule,
} from '../../server/store/schedules.ts'
import { eachDatabase } from '../support/databases.ts'
import { sampleEdition } from '../support/sample-edition.ts'

const nothing = async () => {}

eachDatabase('editions as rows', open => {
  it('appear whole or not at all: when what belongs to one fails, and when its process is killed', async () => {
    const { database, settings } = await open()
    const { edition, page } = sampleEdition(1)
    await expect(
      insertEdition(database, edition, page, async () => {
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    expect(await readEditions(database, null)).toEqual([])
    expect(await insertEdition(database, edition, page, nothing)).toBe(true)
    const child = fork(new URL('../support/killed-edition.ts', import.meta.url), [JSON.stringify(settings)], {
      execArgv: [],
    })
    await new Promise(resolve => child.once('message', resolve))
    child.kill('SIGKILL')
    await new Promise(resolve => child.once('exit', resolve))
    expect((await readEditions(database, 'n')).map(row => row.number)).toEqual([1])
    expect(await readEditionPage(database, 'e2')).toBeNull()
    expect(await nextNumber(database, 'n')).toBe(2)
  })

  it('give each number once, also to two processes at the same time', async () => {
    const { database, settings } = await open()
    const other = await openDatabase(settings)
    try {
      const of = (id: string) => {
        const { edition, page } = sampleEdition(1)
        return [
          { ...edition, edition_id: id },
          { ...page, edition_id: id },
        ] as const
      }
      const taken = await Promise.all([
        insertEdition(database, ...of('a'), nothing),
        insertEdition(other, ...of('b'), nothing),
      ])
      expect(taken.toSorted()).toEqual([false, true])
      expect(await readEditions(database, null)).toHaveLength(1)
      expect(await nextNumber(database, 'n')).toBe(2)
    } finally {
      await other.close()
    }
  })

  it('are pruned by number and by age, each set of inputs by itself', async () => {
    const { database } = await open()
    for (let n = 1; n <= 6; n++) {
      const inputs = n % 2 === 0 ? '{}' : '{"source":"vk"}'
      const { edition, page } = sampleEdition(n, { inputs, approved_at: n === 2 ? 'x' : null })
      await insertEdition(database, edition, page, nothing)
    }
    const rule = { notebook: 'n', inputs: null, keepLast: null, before: 5 }
    // 5 and 6 are the latest of their inputs, 2 is the latest approved one.
    expect((await pruneEditions(database, rule, 100)).toSorted()).toEqual(['e1', 'e3', 'e4'])
    expect(await readLatestEdition(database, { notebook: 'n', inputs: '{}', approved: true })).toMatchObject({
      number: 2,
    })
    expect(await readEditionPage(database, 'e3')).toBeNull()
  })

  it('have schedules that one process claims at a time', async () => {
    const { database } = await open()
    await writeSchedule(database, {
      schedule_id: 's',
      notebook: 'n',
      inputs: '{}',
      cron: '0 9 * * 1',
      active: 1,
      approve: 0,
      keep_last: null,
      keep_days: null,
      exposed: '{}',
      recipients: '[]',
      made_at: 'x',
      made_by: null,
      next_ms: 1000,
      lease_ms: null,
      last_at: null,
      last_state: null,
      last_error: null,
    })
    expect(await readDueSchedules(database, 999)).toEqual([])
    const [due] = await readDueSchedules(database, 1000)
    expect(await Promise.all([1, 2].map(() => claimSchedule(database, due!, 1000, 2000)))).toEqual([
      true,
      false,
    ])
    expect(await readDueSchedules(database, 1500)).toEqual([])
    // Its holder died.
    expect(await readDueSchedules(database, 2001)).toHaveLength(1)
    await endSchedule(database, 's', { at: 'y', error: 'no', nextMs: 5000 })
    expect(await readSchedules(database, 'n')).toMatchObject([
      { last_state: 'failed', last_error: 'no', next_ms: 5000, lease_ms: null },
    ])
  })
})
