/** The Russian company's files, as its CRM, call tracker, ad systems and accountant export them. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Demo } from '../generate.ts'
import type { ClientRows, ConversationRow, SpendRow } from '../rows.ts'
import { bareId, createTable, decimalComma, russianDate } from './csv.ts'
import { createTextFile } from './text-file.ts'
import { createSingles } from './transcripts.ts'
import { writeXlsx } from './xlsx.ts'

/** From this day the call tracker gives transcripts through its API; before, as a table. */
const API_SINCE = '2026-09-15'

const yes = (flag: 0 | 1) => (flag ? 'да' : 'нет')

/** Writes all files into a folder that exists. Names begin with the order in which they are imported. */
export async function writeRussian(demo: Demo, folder: string): Promise<void> {
  const path = (name: string) => join(folder, name)
  const clients = createTable(path('01-contacts.csv'), 'win1251', ';', [
    'ID контакта',
    'Основной контакт',
    'Компания',
    'Тип клиента',
    'Телефон',
    'Email',
    'Город',
    'Регион',
    'Сегмент',
    'Тип дома',
    'Согласие на рассылку',
    'Дата создания',
  ])
  const deals = createTable(path('02-deals.csv'), 'utf8-bom', ';', [
    'ID',
    'Название сделки',
    'ID контакта',
    'Ответственный',
    'Воронка',
    'Этап сделки',
    'Бюджет',
    'Товар',
    'Дата создания',
    'Дата квалификации',
    'Дата закрытия',
    'Причина отказа',
    'Теги сделки',
    'utm_source',
    'utm_medium',
    'utm_campaign',
    'utm_content',
    'utm_term',
    'Посадочная страница',
    'Примечание 1',
    'Примечание 2',
  ])
  const stages = createTable(path('03-stages.csv'), 'win1251', ';', [
    'ID сделки',
    'Этап сделки',
    'Дата перехода',
  ])
  const calls = createTable(path('04-calls.csv'), 'win1251', ';', [
    'ID сессии звонка',
    'Дата и время звонка',
    'Направление',
    'Номер абонента',
    'Сотрудник',
    'Длительность разговора',
    'Время ожидания',
    'Потерянный',
    'utm_source',
    'utm_medium',
    'utm_campaign',
    'utm_content',
    'utm_term',
    'Страница входа',
  ])
  const table = createTable(path('05-transcripts.csv'), 'win1251', ';', [
    'ID сессии звонка',
    'Реплика',
    'Кто',
    'Секунда',
    'Текст',
  ])
  const lines = createTextFile(path('06-transcripts.jsonl'), 'utf8')
  const singles = createSingles(folder)
  const chats = createTextFile(path('07-chats.jsonl'), 'utf8')
  const visits = createTable(path('08-visits.csv'), 'utf8', ',', [
    'visitor_session_id',
    'visitor_id',
    'contact_phone_number',
    'date_time',
    'utm_source',
    'utm_medium',
    'utm_campaign',
    'utm_content',
    'utm_term',
    'entrance_page',
    'page_views',
    'goals',
  ])
  const writeCall = (row: ConversationRow, phone: string) => {
    calls.row([
      bareId(row.conversation_id),
      russianDate(row.started_at),
      row.direction === 'in' ? 'входящий' : 'исходящий',
      phone.slice(1),
      row.manager,
      row.duration_s,
      row.wait_s,
      yes(row.is_missed),
      row.source,
      row.medium,
      row.campaign,
      row.content,
      row.keyword,
      row.landing_page,
    ])
    if (row.utterances.length === 0 || (row.started_at >= API_SINCE && singles.take(row))) return
    const id = bareId(row.conversation_id)
    if (row.started_at < API_SINCE) {
      for (const { n, speaker, start_ms, text } of row.utterances)
        table.row([
          id,
          n,
          speaker === 'agent' ? 'оператор' : 'клиент',
          decimalComma(start_ms! / 1000, 1),
          text,
        ])
    } else {
      const turns = row.utterances.map(({ speaker, start_ms, text }) => ({
        speaker: speaker === 'agent' ? 'operator' : 'client',
        start: start_ms! / 1000,
        text,
      }))
      lines.write(`${JSON.stringify({ call_session_id: Number(id), communication_type: 'call', turns })}\n`)
    }
  }
  const writeChat = (row: ConversationRow, phone: string) => {
    const said = {
      chat_id: Number(bareId(row.conversation_id)),
      communication_type: row.kind,
      direction: row.direction,
      date_time: row.started_at,
      contact_phone_number: phone.slice(1),
      employee: row.manager,
      utm_source: row.source,
      utm_medium: row.medium,
      utm_campaign: row.campaign,
      utm_content: row.content,
      utm_term: row.keyword,
      entrance_page: row.landing_page,
      messages: row.utterances.map(({ speaker, text }) => ({
        source: speaker === 'agent' ? 'operator' : 'visitor',
        text,
      })),
    }
    const told = Object.entries(said).filter(([, value]) => value !== null)
    chats.write(`${JSON.stringify(Object.fromEntries(told))}\n`)
  }
  const writeClient = ({ client, deals: own, stages: moves, conversations, visits: seen }: ClientRows) => {
    clients.row([
      bareId(client.client_id),
      client.name,
      client.company,
      client.kind === 'company' ? 'компания' : 'частное лицо',
      client.phone,
      client.email,
      client.city,
      client.region,
      client.profile,
      client.building,
      yes(client.consent),
      russianDate(client.first_seen_at),
    ])
    const notes = Object.groupBy(
      conversations.filter(row => row.kind === 'comment'),
      row => row.about,
    )
    for (const deal of own) {
      const [first, second] = (notes[deal.deal_id] ?? []).map(row => row.utterances[0]!.text)
      deals.row([
        bareId(deal.deal_id),
        deal.title,
        bareId(client.client_id),
        deal.manager,
        deal.pipeline,
        deal.stage,
        deal.amount,
        deal.product,
        russianDate(deal.created_at),
        russianDate(deal.qualified_at),
        russianDate(deal.closed_at),
        deal.loss_reason,
        deal.tags.join(', '),
        deal.source,
        deal.medium,
        deal.campaign,
        deal.content,
        deal.keyword,
        deal.landing_page,
        first ?? null,
        second ?? null,
      ])
    }
    for (const move of moves) stages.row([bareId(move.deal_id), move.stage, russianDate(move.entered_at)])
    for (const row of conversations) {
      if (row.kind === 'call') writeCall(row, client.phone)
      else if (row.kind !== 'comment') writeChat(row, client.phone)
    }
    for (const visit of seen) {
      visits.row([
        bareId(visit.visit_id),
        visit.visitor,
        client.phone.slice(1),
        visit.started_at,
        visit.source,
        visit.medium,
        visit.campaign,
        visit.content,
        visit.keyword,
        visit.landing_page,
        visit.pages,
        visit.goals.join(', '),
      ])
    }
  }
  for (const rows of demo.clients()) writeClient(rows)
  for (const file of [clients, deals, stages, calls, table, lines, chats, visits, singles]) file.close()
  await writeSpend([...demo.spend()], path)
  await writePlan(demo, path)
  writePages(demo, path)
}

async function writeSpend(rows: readonly SpendRow[], path: (name: string) => string): Promise<void> {
  const direct = createTable(
    path('09-direct.csv'),
    'win1251',
    ';',
    ['Дата', 'Кампания', 'Условие показа', 'Показы', 'Клики', 'CTR (%)', 'Расход (руб.)'],
    [
      'Отчёт «Расход по дням и условиям показа»',
      'Период: 01.08.2025 – 31.10.2026',
      'Клиент: vetrolad-demo, с НДС',
      '',
    ],
  )
  const total = { impressions: 0, clicks: 0, kopecks: 0 }
  for (const row of rows.filter(({ source }) => source === 'yandex')) {
    const clicks = row.clicks!
    total.impressions += row.impressions!
    total.clicks += clicks
    total.kopecks += Math.round(row.cost * 100)
    direct.row([
      russianDate(row.day),
      row.campaign,
      row.keyword ?? '—',
      row.impressions,
      clicks,
      decimalComma((clicks / row.impressions!) * 100),
      decimalComma(row.cost),
    ])
  }
  const { impressions, clicks, kopecks } = total
  direct.row([
    'Итого',
    '',
    '',
    impressions,
    clicks,
    decimalComma((clicks / impressions) * 100),
    decimalComma(kopecks / 100),
  ])
  direct.close()
  const header = ['Дата', 'Кампания', 'Название объявления', 'Показы', 'Охват', 'Клики', 'Потрачено всего, ₽']
  const social = rows
    .filter(({ source }) => source === 'vk')
    .map(row => [
      new Date(`${row.day}T00:00:00Z`),
      row.campaign,
      row.content,
      row.impressions,
      row.reach,
      row.clicks,
      row.cost,
    ])
  await writeXlsx(path('10-vk.xlsx'), 'Объявления', [header, ...social])
  const offline = createTable(path('11-offline.csv'), 'utf8', ';', ['Дата', 'Источник', 'Кампания', 'Расход'])
  for (const row of rows.filter(({ source }) => source !== 'yandex' && source !== 'vk'))
    offline.row([russianDate(row.day), row.source, row.campaign, decimalComma(row.cost)])
  offline.close()
}

async function writePlan(demo: Demo, path: (name: string) => string): Promise<void> {
  const names = { revenue: 'Выручка', leads: 'Лиды', won: 'Продажи' }
  const rows = demo.targets.map(({ month, manager, metric, value }) => [
    new Date(`${month}-01T00:00:00Z`),
    manager || null,
    names[metric],
    value,
  ])
  await writeXlsx(path('12-plan.xlsx'), 'План', [['Месяц', 'Менеджер', 'Показатель', 'План'], ...rows])
}

function writePages(demo: Demo, path: (name: string) => string): void {
  const write = (name: string, kind: 'landing' | 'faq') => {
    const rows = demo.pages
      .filter(page => page.kind === kind)
      .map(({ url, position, heading, text, published_at }) => ({
        url,
        type: kind,
        position,
        heading,
        text,
        published_at,
      }))
    writeFileSync(path(name), `${JSON.stringify(rows, null, 1)}\n`)
  }
  write('13-landing.json', 'landing')
  write('14-faq.json', 'faq')
}
