/** Refused rows put right: a row leaves the list only when it is stored, and what was said of columns is remembered. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { importFile } from '../../server/sources/ingest.ts'
import { inEnglish, type Message } from '../../server/sources/messages.ts'
import { openInput } from '../../server/sources/recognise.ts'
import { retryRejects } from '../../server/sources/retry.ts'
import type { Database } from '../../server/store/database.ts'
import { raw } from '../../server/store/sql.ts'
import { eachDatabase } from '../support/databases.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verbatim-retry-'))
})
afterAll(() => rm(folder, { recursive: true }))

const zone = { timeZone: 'Europe/Moscow', currency: 'RUB' }
const NOW = '2026-03-05 12:00:00'

async function load(database: Database, name: string, lines: string[], map: Record<string, string> = {}) {
  const path = join(folder, name)
  await writeFile(path, `${lines.join('\n')}\n`)
  return importFile(database, await openInput(path), { ...zone, map: new Map(Object.entries(map)) })
}

const rejectsOf = (database: Database) =>
  database.query<{ reject_id: string; line: number; reason: string; problem: string }>(
    raw('select reject_id, line, reason, problem from rejects order by line'),
  )

eachDatabase('refused rows', open => {
  it('are taken once a cell is put right, and stay with the new reason while they can’t be', async () => {
    const { database } = await open()
    const lines = [
      'ID;Этап;Бюджет;Дата создания;ID контакта',
      '1;Замер;100;01.03.2026;7',
      '2;Замер;1,234;31.02.2026;7',
    ]
    await load(database, 'deals.csv', lines)
    const [reject] = await rejectsOf(database)
    const why = JSON.parse(reject!.problem) as Message
    expect(why).toMatchObject({ code: 'not_value', values: { value: '31.02.2026', column: 'Дата создания' } })
    expect(inEnglish(why)).toBe(reject!.reason)
    const ids = [reject!.reject_id]
    const half = await retryRejects(database, { ids, cells: ['2', 'Замер', '1,234', '28.02.2026', '7'] }, NOW)
    expect(half).toMatchObject({
      taken: [],
      left: [{ id: ids[0], why: { values: { value: '1,234', what: 'money' } } }],
    })
    expect(await rejectsOf(database)).toHaveLength(1)
    const done = await retryRejects(database, { ids, cells: ['2', 'Замер', '1234', '28.02.2026', '7'] }, NOW)
    expect(done).toEqual({ taken: ids, left: [] })
    expect(await rejectsOf(database)).toEqual([])
    expect(await database.query(raw('select deal_id, amount, day from deals order by deal_id'))).toEqual([
      { deal_id: 'crm:1', amount: 100, day: '2026-03-01' },
      { deal_id: 'crm:2', amount: 1234, day: '2026-02-28' },
    ])
    expect(await database.query(raw('select rows_new, rows_rejected from imports'))).toEqual([
      { rows_new: 2, rows_rejected: 0 },
    ])
    await expect(retryRejects(database, { ids }, NOW)).rejects.toThrow('no such rows')
  })

  it('are taken together when a column is read as another field', async () => {
    const { database } = await open()
    const lines = [
      'ID;Этап;Дата создания;Бюджет',
      '1;Замер;01.03.2026;5',
      '2;Замер;01.03.2026;около 5',
      '3;Отказ;02.03.2026;скажем 7',
    ]
    await load(database, 'words.csv', lines)
    const ids = (await rejectsOf(database)).map(row => row.reject_id)
    expect(ids).toHaveLength(2)
    await expect(retryRejects(database, { ids, map: new Map([['Бюджет', 'nothing']]) }, NOW)).rejects.toThrow(
      'no field',
    )
    const { taken } = await retryRejects(database, { ids, map: new Map([['Бюджет', '']]) }, NOW)
    expect(taken.sort()).toEqual(ids.sort())
    const said = await database.query(
      raw(`select value from client_attributes where name = 'Бюджет' order by value`),
    )
    expect(said).toEqual([{ value: 'около 5' }, { value: 'скажем 7' }])
  })

  it('of spend are added to their day; of lines that were no rows they can be filled in', async () => {
    const { database } = await open()
    const lines = [
      'Дата;Кампания;Показы;Расход',
      '01.03.2026;к;10;1,5',
      '01.03.2026;к;10;много',
      '01.03.2026;к',
    ]
    await load(database, 'spend.csv', lines)
    const [first, second] = await rejectsOf(database)
    await retryRejects(database, { ids: [first!.reject_id], cells: ['01.03.2026', 'к', '10', '2,5'] }, NOW)
    await retryRejects(database, { ids: [second!.reject_id], cells: ['02.03.2026', 'к', '3', '1'] }, NOW)
    expect(await database.query(raw('select day, impressions, cost from spend order by day'))).toEqual([
      { day: '2026-03-01', impressions: 20, cost: 4 },
      { day: '2026-03-02', impressions: 3, cost: 1 },
    ])
    expect(await rejectsOf(database)).toEqual([])
  })

  it('need not be feared the next time: what was said of a header’s columns stands for the next file of it', async () => {
    const { database } = await open()
    const header = 'Номерок;Этап;Денежки;Дата создания'
    const first = await load(database, 'a.csv', [header, '1;Замер;100;01.03.2026'], {
      Номерок: 'deal_id',
      Денежки: 'amount',
    })
    expect(first.messages).toEqual([])
    const later = await load(database, 'b.csv', [
      'Этап;Номерок;Дата создания;Денежки',
      'Замер;2;01.03.2026;200',
    ])
    expect(later.messages).toEqual([{ code: 'remembered', values: {} }])
    expect(await database.query(raw('select deal_id, amount from deals order by deal_id'))).toEqual([
      { deal_id: 'crm:1', amount: 100 },
      { deal_id: 'crm:2', amount: 200 },
    ])
    const other = await load(database, 'c.csv', [`${header};ID`, '9;Замер;5;01.03.2026;3'])
    expect(other.messages).toEqual([])
  })
})
