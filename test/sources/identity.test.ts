import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { raw } from '../../server/store/sql.ts'
import { eachDatabase } from '../support/databases.ts'
import { dump, runImport } from './run-import.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verbatim-identity-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function file(name: string, ...lines: string[]): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, `${lines.join('\n')}\n`)
  return path
}
const DEALS = raw('select deal_id, client_id, status, amount from deals order by deal_id')

eachDatabase('one thing stays one thing', open => {
  it('a renamed later export of a deal, with other columns, is the same deal, and the later content stands', async () => {
    const { database, settings } = await open()
    await runImport(
      settings,
      await file(
        'a.csv',
        'ID;Название сделки;Этап сделки;Бюджет;Теги сделки',
        '7;Окна;Замер;1 000;срочно, балкон',
        '8;Дверь;Замер;500;',
      ),
    )
    const later = await file(
      'b.csv',
      'ID сделки;Статус;Бюджет;Теги',
      '7;Успешно реализовано;1 200,5;балкон',
      '9;Замер;10;',
    )
    const { summaries } = await runImport(settings, later)
    expect(summaries).toMatchObject([{ rowsRead: 2, rowsNew: 1, rowsChanged: 1 }])
    expect(await database.query(DEALS)).toEqual([
      { deal_id: 'amocrm:7', client_id: 'amocrm:deal-7', status: 'won', amount: 1200.5 },
      { deal_id: 'amocrm:8', client_id: 'amocrm:deal-8', status: 'open', amount: 500 },
      { deal_id: 'amocrm:9', client_id: 'amocrm:deal-9', status: 'open', amount: 10 },
    ])
    // A column that the later file does not have keeps what it said; a tag that went is gone.
    const left = await database.query(
      raw(
        'select title, tag from deals d join deal_tags t on t.client_id = d.client_id and t.deal_id = d.deal_id',
      ),
    )
    expect(left).toEqual([{ title: 'Окна', tag: 'балкон' }])
  })

  it('a client is one by phone in any form, by e-mail and by the CRM’s id; phones never reach the facts', async () => {
    const { database, settings } = await open()
    const head = 'ID;Этап сделки;ID контакта;Рабочий телефон;Рабочий email'
    await runImport(
      settings,
      await file(
        'c.csv',
        head,
        '1;Замер;;8 (900) 555-12-34;',
        '2;Замер;;+7 900 555 12 34, 8 900 555 99 99;A@example.com',
        '3;Замер;77;;a@Example.com',
        '4;Замер;77;;',
        '5;Замер;;9005559999;',
        '6;Замер;;;другая почта',
      ),
    )
    const rows = await database.query<{ deal_id: string; client_id: string }>(DEALS)
    const clients = rows.map(row => row.client_id)
    expect(new Set(clients.slice(0, 5)).size).toBe(1)
    expect(clients[0]).toMatch(/^phone:[0-9a-f]{16}$/)
    expect(clients[5]).toBe('amocrm:deal-6')
    const { client_contacts: contacts, ...facts } = await dump(database)
    expect(contacts).toHaveLength(1)
    expect(JSON.stringify(facts)).not.toMatch(/9005551234|example\.com/i)
  })

  it('what was known by its deal alone moves to the client once the deal says whose it is', async () => {
    const { database, settings } = await open()
    await runImport(
      settings,
      await file('moves.csv', 'ID сделки;Этап;Дата перехода', '1;Замер;01.03.2026', '1;Договор;02.03.2026'),
    )
    expect(await database.query(raw('select client_id from clients'))).toEqual([{ client_id: 'crm:deal-1' }])
    await runImport(settings, await file('deals.csv', 'ID;Этап;ID контакта', '1;Договор;5'))
    expect(await database.query(raw('select client_id from clients'))).toEqual([{ client_id: 'crm:5' }])
    expect(await database.query(raw('select client_id, n, stage from deal_stages order by n'))).toEqual([
      { client_id: 'crm:5', n: 0, stage: 'Замер' },
      { client_id: 'crm:5', n: 1, stage: 'Договор' },
    ])
    // And stays there when the moves come again.
    await runImport(settings, join(folder, 'moves.csv'))
    expect(await database.query(raw('select count(*) as n from clients'))).toEqual([{ n: 1 }])
  })

  it('turns without a number keep their order, and a later file goes on with the talk', async () => {
    const { database, settings } = await open()
    const head = 'ID чата;Автор;Сообщение;Дата'
    const first = await file(
      'm1.csv',
      head,
      '1;клиент;да;01.03.2026',
      '1;оператор;так;01.03.2026',
      '1;клиент;да;01.03.2026',
    )
    const next = await file('m2.csv', head, '1;клиент;да;01.03.2026', '1;клиент;спасибо;02.03.2026')
    for (const path of [first, first, next, first, next]) await runImport(settings, path)
    expect(await database.query(raw('select n, speaker, text from utterances order by n'))).toEqual([
      { n: 0, speaker: 'client', text: 'да' },
      { n: 1, speaker: 'agent', text: 'так' },
      { n: 2, speaker: 'client', text: 'да' },
      { n: 3, speaker: 'client', text: 'спасибо' },
    ])
    expect(await database.query(raw('select started_at from conversations'))).toEqual([
      { started_at: '2026-03-01 00:00:00' },
    ])
  })

  it('a transcript that comes corrected and shorter stands whole in the place of the first', async () => {
    const { database, settings } = await open()
    const talk = (...texts: string[]) =>
      JSON.stringify({
        call_id: 'k1',
        phone: '+79005550000',
        turns: texts.map(text => ({ role: 'client', text })),
      })
    await runImport(settings, await file('t.jsonl', talk('раз', 'два', 'три')))
    const { summaries } = await runImport(settings, await file('t.jsonl', talk('раз', 'два!')))
    expect(summaries).toMatchObject([{ rowsNew: 0, rowsChanged: 1 }])
    expect(await database.query(raw('select n, text from utterances order by n'))).toEqual([
      { n: 0, text: 'раз' },
      { n: 1, text: 'два!' },
    ])
  })

  it('long numbers of ids keep their last digit', async () => {
    const { database, settings } = await open()
    await runImport(
      settings,
      await file('ids.jsonl', '{"deal_id":12345678901234567891,"stage":"Замер","amount":5}'),
    )
    expect(await database.query(DEALS)).toMatchObject([{ deal_id: 'crm:12345678901234567891' }])
  })

  it('clients with nothing but a name and an id are counted as new, then as they were', async () => {
    const { settings } = await open()
    const path = await file(
      'people.csv',
      'ID контакта;ФИО;Город',
      '1;Вымышленный Пётр;',
      '2;Вымышленная Анна;Тула',
    )
    expect((await runImport(settings, path)).summaries).toMatchObject([{ kind: 'clients', rowsNew: 2 }])
    expect((await runImport(settings, path)).summaries).toMatchObject([
      { rowsNew: 0, rowsChanged: 0, rowsUnchanged: 2 },
    ])
    const moved = await file(
      'people2.csv',
      'ID контакта;ФИО;Город',
      '1;Вымышленный Пётр;Тверь',
      '2;Вымышленная Анна;Тула',
      '3;Новый;',
    )
    expect((await runImport(settings, moved)).summaries).toMatchObject([
      { rowsNew: 1, rowsChanged: 1, rowsUnchanged: 1 },
    ])
  })
})
