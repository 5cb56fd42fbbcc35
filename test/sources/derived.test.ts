import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { originId } from '../../server/lib/origin.ts'
import { type DealFacts, deriveDeals, findLost, type Talk } from '../../server/sources/derived.ts'
import { importFile } from '../../server/sources/ingest.ts'
import { sql } from '../../server/store/sql.ts'
import { eachDatabase } from '../support/databases.ts'

const nobody = { kind: null, city: null, region: null, profile: null }
const deal = (id: string, created: string | null, rest: Partial<DealFacts> = {}): DealFacts => ({
  client_id: 'c',
  deal_id: id,
  status: 'open',
  amount: null,
  source: null,
  medium: null,
  campaign: null,
  content: null,
  keyword: null,
  created_at: created,
  qualified_at: null,
  closed_at: null,
  loss_reason: null,
  day: created?.slice(0, 10) ?? null,
  ...rest,
})
const won = (id: string, created: string, closed: string, amount: number | null = 100) =>
  deal(id, created, { status: 'won', closed_at: closed, amount })
const talk = (id: string, at: string, rest: Partial<Talk> = {}): Talk => ({
  conversation_id: id,
  kind: 'call',
  direction: 'in',
  started_at: at,
  wait_s: null,
  is_missed: 0,
  source: null,
  medium: null,
  ...rest,
})
const derive = (deals: DealFacts[], talks: Talk[] = []) =>
  new Map(deriveDeals(nobody, deals, talks).map(row => [row.deal_id, row]))

describe('ready columns of deals', () => {
  it('know the client’s deal before and after, by time and not by id', () => {
    const rows = derive([
      deal('a', '2026-03-01 10:00:00'),
      deal('b', '2026-01-05 10:00:00'),
      deal('c', null),
      deal('d', '2026-02-01 10:00:00'),
    ])
    expect(['b', 'd', 'a', 'c'].map(id => [rows.get(id)!.previous_day, rows.get(id)!.next_day])).toEqual([
      [null, '2026-02-01'],
      ['2026-01-05', '2026-03-01'],
      ['2026-02-01', null],
      [null, null],
    ])
  })

  it('count purchases by their closing; money given back is none', () => {
    const rows = derive([
      won('late', '2026-01-01 10:00:00', '2026-05-01 10:00:00'),
      won('early', '2026-02-01 10:00:00', '2026-02-20 10:00:00'),
      won('refund', '2026-06-01 10:00:00', '2026-06-01 10:00:00', -50),
      won('unpriced', '2026-07-01 10:00:00', '2026-07-02 10:00:00', null),
    ])
    expect([...rows.values()].map(row => [row.deal_id, row.purchase_n, row.purchases_later])).toEqual([
      ['late', 2, 1],
      ['early', 1, 2],
      ['refund', null, null],
      ['unpriced', 3, 0],
    ])
  })

  it('measure the cycle of purchases; one won before it was created is below zero', () => {
    const rows = derive([
      won('ten', '2026-01-01 23:00:00', '2026-01-11 01:00:00'),
      won('same', '2026-01-01 10:00:00', '2026-01-01 09:00:00'),
      won('before', '2026-01-05 10:00:00', '2026-01-04 10:00:00'),
      deal('open', '2026-01-05 10:00:00'),
    ])
    expect(['ten', 'same', 'before', 'open'].map(id => rows.get(id)!.cycle_days)).toEqual([10, 0, -1, null])
  })

  it('take a lead for marketing’s until it is lost as no lead at all', () => {
    const lost = (reason: string | null, rest: Partial<DealFacts> = {}) =>
      derive([deal('d', '2026-01-01 10:00:00', { status: 'lost', loss_reason: reason, ...rest })]).get('d')!
    expect(
      [null, 'дорого', 'Спам', 'Ошиблись номером', 'Дубль заявки', 'Wrong number'].map(
        reason => lost(reason).is_mql,
      ),
    ).toEqual([1, 1, 0, 0, 0, 0])
    expect(lost('Дубль', { qualified_at: '2026-01-02 10:00:00' })).toMatchObject({ is_mql: 1, is_sql: 1 })
    expect(lost('Тест').is_mql).toBe(0)
    expect(lost('Протестировали у других').is_mql).toBe(1)
  })

  it('take what was won for qualified, though nobody noted it', () => {
    expect(derive([won('d', '2026-01-01 10:00:00', '2026-01-09 10:00:00')]).get('d')).toMatchObject({
      is_sql: 1,
      qualified_day: '2026-01-09',
      closed_day: '2026-01-09',
    })
  })

  it('find how the client got in touch, and the wait until somebody spoke with them', () => {
    const created = '2026-01-10 12:00:00'
    const of = (...talks: Talk[]) => {
      const { contact_kind, contact_s } = derive([deal('d', created)], talks).get('d')!
      return [contact_kind, contact_s]
    }
    expect(of()).toEqual([null, null])
    expect(of(talk('1', '2026-01-10 11:58:00', { wait_s: 12 }))).toEqual(['call', 12])
    const missed = talk('1', '2026-01-10 11:50:00', { is_missed: 1 })
    expect(of(missed)).toEqual(['call', null])
    expect(of(missed, talk('2', '2026-01-10 13:20:00', { direction: 'out' }))).toEqual(['call', 5400])
    const form = talk('1', created, { kind: 'form' })
    expect(of(form, talk('2', '2026-01-10 12:10:00', { direction: 'out' }))).toEqual(['form', 600])
    expect(of(talk('1', created, { kind: 'chat', source: 'WhatsApp' }))).toEqual(['messenger', 0])
    expect(of(talk('1', created, { kind: 'comment' }), talk('2', '2026-01-02 12:00:00'))).toEqual([
      null,
      null,
    ])
  })

  it('a talk belongs to the deal that it came before, not to the next one too', () => {
    const rows = derive(
      [deal('a', '2026-01-10 12:00:00'), deal('b', '2026-01-10 18:00:00')],
      [talk('1', '2026-01-10 11:59:00', { kind: 'chat' }), talk('2', '2026-01-10 17:59:00')],
    )
    expect(rows.get('a')!.contact_kind).toBe('chat')
    expect(rows.get('b')!.contact_kind).toBe('call')
  })

  it('number an origin by what it is', () => {
    const origin = { source: 'vk', medium: null, campaign: 'a', content: null, keyword: null }
    expect(originId(origin)).toBe(originId({ ...origin }))
    expect(originId(origin)).not.toBe(originId({ ...origin, campaign: null, content: 'a' }))
    expect(Number.isSafeInteger(originId(origin))).toBe(true)
  })

  it('a missed call is lost until somebody speaks with the client', () => {
    const missed = talk('m', '2026-01-10 12:00:00', { is_missed: 1 })
    const lost = (...talks: Talk[]) => findLost([missed, ...talks]).get('m')
    expect(lost()).toBe(1)
    expect(lost(talk('b', '2026-01-10 11:00:00'))).toBe(1)
    expect(lost(talk('a', '2026-01-11 11:00:00', { direction: 'out' }))).toBe(0)
    expect(lost(talk('a', '2026-01-11 11:00:00', { direction: 'out', is_missed: 1 }))).toBe(1)
    expect(findLost([{ ...missed, direction: 'out' }]).get('m')).toBe(0)
  })
})

const file = (name: string, text: string) => {
  const head = Buffer.from(text)
  return { name, head, size: head.length, open: () => Readable.from([head]) }
}

eachDatabase('ready columns after imports', open => {
  const settings = { timeZone: 'Europe/Moscow', currency: 'RUB' }

  it('follow whatever file comes, in any order, and importing again changes nothing', async () => {
    const { database } = await open()
    const deals = `ID;Этап сделки;Бюджет;Дата создания;Дата закрытия;ID контакта;Рабочий телефон;utm_source
1;Успешно реализовано;1000;01.03.2026 10:00;15.03.2026;7;+7 926 000-00-01;yandex
2;Успешно реализовано;500;01.04.2026 10:00;02.04.2026;7;+7 926 000-00-01;
`
    const calls = `ID звонка;Дата звонка;Направление;Потерянный;Номер абонента
90;01.03.2026 09:58;входящий;да;+7 926 000-00-01
91;01.03.2026 10:08;исходящий;нет;+7 926 000-00-01
`
    const clients = `ID клиента;Телефон;Город\n7;+7 926 000-00-01;Самара\n`
    for (const [name, text] of [
      ['deals.csv', deals],
      ['calls.csv', calls],
      ['clients.csv', clients],
    ] as const)
      await importFile(database, file(name, text), settings)
    const read = () =>
      database.query(
        sql`select city, previous_day, next_day, purchase_n, purchases_later, cycle_days, contact_kind, contact_s
          from deals order by created_at`,
      )
    const expected = [
      {
        city: 'Самара',
        previous_day: null,
        next_day: '2026-04-01',
        purchase_n: 1,
        purchases_later: 1,
        cycle_days: 14,
        contact_kind: 'call',
        contact_s: 600,
      },
      {
        city: 'Самара',
        previous_day: '2026-03-01',
        next_day: null,
        purchase_n: 2,
        purchases_later: 0,
        cycle_days: 1,
        contact_kind: null,
        contact_s: null,
      },
    ]
    expect(await read()).toEqual(expected)
    const before = await database.versions()
    await importFile(database, file('deals.csv', deals), settings)
    await importFile(database, file('calls.csv', calls), settings)
    const after = await database.versions()
    for (const table of ['deals', 'conversations', 'origins'] as const)
      expect(after.get(table)).toBe(before.get(table))
    expect(
      await database.query(
        sql`select o.source from deals d join origins o on o.origin_id = d.origin_id order by d.created_at`,
      ),
    ).toEqual([{ source: 'yandex' }, { source: null }])
    expect(
      await database.query(
        sql`select coalesce(is_lost, 0) as is_lost from conversations order by started_at`,
      ),
    ).toEqual([{ is_lost: 0 }, { is_lost: 0 }])
  })
})
