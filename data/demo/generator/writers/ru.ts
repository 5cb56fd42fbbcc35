/** The Russian company's files, as its CRM, call tracker, ad systems and accountant export them. */
import { join } from 'node:path'
import type { Demo } from '../generate.ts'
import type { ClientRows, ConversationRow } from '../rows.ts'
import { notesByDeal, originCells, originColumns, printChat, toTurns, visitCells } from './columns.ts'
import { bareId, createTable, decimalComma, russianDate } from './csv.ts'
import { writePages } from './pages.ts'
import { writeRussianMoney } from './ru-ads.ts'
import { createTextFile } from './text-file.ts'
import { createSingles } from './transcripts.ts'

/** From this day the call tracker gives transcripts through its API; before, as a table. */
const API_SINCE = '2026-10-14'
const SINGLES = ['srt', 'vtt', 'speechkit.jsonl', 'srt', 'vtt', 'speechkit.jsonl'] as const

const yes = (flag: 0 | 1) => (flag ? 'да' : 'нет')

/** Writes all files into a folder that exists. Names begin with the order in which they are imported. */
export async function writeRussian(demo: Demo, folder: string): Promise<void> {
  const path = (name: string) => join(folder, name)
  const crm = openCrm(path)
  const telephony = openTelephony(path, folder)
  for (const rows of demo.clients()) {
    crm.write(rows)
    telephony.write(rows)
  }
  crm.close()
  telephony.close()
  await writeRussianMoney(demo, path)
  writePages(demo, path('13-landing.json'), path('14-faq.json'))
}

/** amoCRM: contacts, deals with notes, moves in the funnel. */
function openCrm(path: (name: string) => string) {
  const contacts = createTable(path('01-contacts.csv'), 'win1251', ';', [
    ...['ID контакта', 'Основной контакт', 'Компания', 'Тип клиента', 'Телефон', 'Email', 'Город', 'Регион'],
    ...['Сегмент', 'Тип дома', 'Согласие на рассылку', 'Дата создания'],
  ])
  const deals = createTable(path('02-deals.csv'), 'utf8-bom', ';', [
    ...['ID', 'Название сделки', 'ID контакта', 'Ответственный', 'Воронка', 'Этап сделки', 'Бюджет', 'Товар'],
    ...['Дата создания', 'Дата квалификации', 'Дата закрытия', 'Причина отказа', 'Теги сделки'],
    ...[...originColumns, 'Посадочная страница', 'Примечание 1', 'Примечание 2'],
  ])
  const header = ['ID сделки', 'Этап сделки', 'Дата перехода']
  const stages = createTable(path('03-stages.csv'), 'win1251', ';', header)
  return {
    write: ({ client, deals: own, stages: moves, conversations }: ClientRows) => {
      contacts.row([
        ...[bareId(client.client_id), client.name, client.company],
        ...[client.kind === 'company' ? 'компания' : 'частное лицо', client.phone, client.email],
        ...[client.city, client.region, client.profile, client.building, yes(client.consent)],
        russianDate(client.first_seen_at),
      ])
      const notes = notesByDeal(conversations)
      for (const deal of own) {
        const [first, second] = notes.get(deal.deal_id) ?? []
        deals.row([
          ...[bareId(deal.deal_id), deal.title, bareId(client.client_id), deal.manager, deal.pipeline],
          ...[deal.stage, deal.amount, deal.product, russianDate(deal.created_at)],
          ...[russianDate(deal.qualified_at), russianDate(deal.closed_at), deal.loss_reason],
          ...[deal.tags.join(', '), ...originCells(deal), deal.landing_page, first ?? null, second ?? null],
        ])
      }
      for (const move of moves) stages.row([bareId(move.deal_id), move.stage, russianDate(move.entered_at)])
    },
    close: () => {
      for (const table of [contacts, deals, stages]) table.close()
    },
  }
}

/** CoMagic: calls, their transcripts in two forms, chats and forms, sessions on the site. */
function openTelephony(path: (name: string) => string, folder: string) {
  const calls = createTable(path('04-calls.csv'), 'win1251', ';', [
    ...['ID сессии звонка', 'Дата и время звонка', 'Направление', 'Номер абонента', 'Сотрудник'],
    ...['Длительность разговора', 'Время ожидания', 'Потерянный', ...originColumns],
  ])
  const header = ['ID сессии звонка', '№ реплики', 'Кто', 'Секунда', 'Текст']
  const table = createTable(path('05-transcripts.csv'), 'win1251', ';', header)
  const lines = createTextFile(path('06-transcripts.jsonl'), 'utf8')
  const chats = createTextFile(path('07-chats.jsonl'), 'utf8')
  const visits = createTable(path('08-visits.csv'), 'win1251', ',', [
    ...['visitor_session_id', 'visitor_id', 'contact_phone_number', 'date_time', ...originColumns],
    ...['entrance_page', 'page_views', 'goals'],
  ])
  const single = createSingles(folder, SINGLES, { agent: 'Оператор', client: 'Клиент' })
  const writeCall = (row: ConversationRow, phone: string) => {
    const id = bareId(row.conversation_id)
    calls.row([
      ...[id, russianDate(row.started_at), row.direction === 'in' ? 'входящий' : 'исходящий', phone],
      ...[row.manager, row.duration_s, row.wait_s, yes(row.is_missed), ...originCells(row)],
    ])
    if (row.utterances.length === 0) return
    if (row.started_at < API_SINCE) {
      for (const { n, speaker, start_ms, text } of row.utterances)
        table.row([
          id,
          n,
          speaker === 'agent' ? 'оператор' : 'клиент',
          decimalComma(start_ms! / 1000, 1),
          text,
        ])
    } else if (!single(row)) {
      const turns = toTurns(row.utterances, 'operator', 'client')
      lines.write(`${JSON.stringify({ call_session_id: Number(id), communication_type: 'call', turns })}\n`)
    }
  }
  const writeChat = (row: ConversationRow, phone: string) => {
    const fields = {
      communication_type: row.kind,
      direction: row.direction,
      date_time: row.started_at,
      contact_phone_number: phone,
      employee: row.manager,
    }
    chats.write(printChat(row, fields, { agent: 'operator' }))
  }
  return {
    write: ({ client, conversations, visits: seen }: ClientRows) => {
      // The tracker writes numbers without their plus.
      const phone = client.phone.slice(1)
      for (const row of conversations) {
        if (row.kind === 'call') writeCall(row, phone)
        else if (row.kind !== 'comment') writeChat(row, phone)
      }
      for (const visit of seen)
        visits.row([bareId(visit.visit_id), visit.visitor, phone, ...visitCells(visit)])
    },
    close: () => {
      for (const file of [calls, table, lines, chats, visits]) file.close()
    },
  }
}
