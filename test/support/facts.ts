/**
 * A small set of facts, the same each time: 48 clients of a window company over half a year, with deals, spend, visits,
 * conversations, and themes with their mentions as mining would leave them. Written straight into the tables, so that
 * what is tested on it depends on neither import nor mining.
 */
import { addDays, calendarOf } from '../../server/lib/dates.ts'
import { deriveAll } from '../../server/sources/write-deals.ts'
import type { Connection, Database } from '../../server/store/database.ts'
import type { Row, TableName } from '../../server/store/schema.ts'

const FIRST = '2026-01-05'
/** The last day of the facts. */
export const LAST_DAY = '2026-06-28'

const sources = ['yandex', 'vk', 'google', null] as const
const cities = ['Тула', 'Орёл', 'Калуга'] as const
const products = ['окна', 'балкон'] as const
const managers = ['Анна', 'Игорь'] as const

/** Said by clients, with the part that is a question, value or objection; 😀 and ё keep offsets honest. */
const said = [
  {
    theme: 'q-1',
    text: 'алло здравствуйте а монтаж входит в цену или отдельно',
    part: 'а монтаж входит в цену или отдельно',
  },
  { theme: 'q-1', text: 'Скажите, монтаж уже в цене? И ещё вопрос.', part: 'монтаж уже в цене?' },
  { theme: 'q-2', text: '😀 ну и можно ли в рассрочку', part: 'можно ли в рассрочку' },
  { theme: 'q-3', text: 'на сайте не нашёл сколько ждать доставку', part: 'сколько ждать доставку' },
  {
    theme: 'v-1',
    text: 'нам важно чтобы было тихо, у нас проспект под окном',
    part: 'важно чтобы было тихо',
  },
  { theme: 'o-1', text: 'дорого конечно, мы ещё подумаем', part: 'дорого конечно' },
] as const

/** So that no two quotes of a theme are the same words. */
const endings = ['', ' скажите', ' пожалуйста', ' ну вот', ' всё-таки', ' интересно']

const themes: Row<'themes'>[] = [
  ['q-1', 'question', 'монтаж входит в цену?', 'price'],
  ['q-2', 'question', 'можно ли в рассрочку', 'terms'],
  ['q-3', 'question', 'сколько ждать доставку', 'landing'],
  ['v-1', 'value', 'чтобы было тихо', 'product'],
  ['o-1', 'objection', 'дорого', 'price'],
].map(([theme_id, kind, label, topic]) => ({
  theme_id: theme_id!,
  kind: kind!,
  label: label!,
  machine_label: label!,
  topic: topic!,
  machine_topic: topic!,
  status: 'new',
  hidden: 0,
  alias_of: null,
  created_at: `${LAST_DAY} 12:00:00`,
  engine: 'test',
}))

const origin = (i: number) => ({
  source: sources[i % 4]!,
  medium: sources[i % 4] ? 'cpc' : null,
  campaign: sources[i % 4] ? `${sources[i % 4]}-${products[i % 2]}` : null,
  content: null,
  keyword: null,
})

interface Facts {
  clients: Row<'clients'>[]
  deals: Partial<Row<'deals'>>[]
  spend: Row<'spend'>[]
  visits: Row<'visits'>[]
  conversations: Partial<Row<'conversations'>>[]
  utterances: Row<'utterances'>[]
  mentions: Partial<Row<'mentions'>>[]
  themes: Row<'themes'>[]
  targets: Row<'targets'>[]
}

/** All rows by table. */
export function makeFacts(): Facts {
  const facts: Facts = {
    clients: [],
    deals: [],
    spend: [],
    visits: [],
    conversations: [],
    utterances: [],
    mentions: [],
    themes,
    targets: [{ month: '2026-06', manager: '', metric: 'revenue', value: 900_000 }],
  }
  for (let i = 0; i < 48; i++) addClient(facts, i)
  for (let day = FIRST, i = 0; day <= LAST_DAY; day = addDays(day, 7), i++) {
    for (const at of [0, 1, 2]) {
      facts.spend.push({
        row_id: `s${i}-${at}`,
        ...origin(at),
        ...calendarOf(day),
        impressions: 1000 * (at + 1),
        reach: 800,
        clicks: 40 + at,
        cost: 2000 + 500 * at,
        currency: 'RUB',
      })
    }
  }
  return facts
}

function addClient(facts: Facts, i: number): void {
  const client_id = `crm:${String(i).padStart(3, '0')}`
  const day = i === 47 ? LAST_DAY : addDays(FIRST, (i * 37) % 170)
  const moment = `${day} 1${i % 8}:15:00`
  const when = calendarOf(day)
  const status = i % 3 === 0 ? 'won' : i % 3 === 1 ? 'lost' : 'open'
  facts.clients.push({
    client_id,
    alias: i + 1,
    kind: i % 5 === 0 ? 'company' : 'person',
    city: cities[i % 3]!,
    region: null,
    profile: null,
    consent: i % 2,
    first_seen_at: moment,
    ...when,
  })
  facts.deals.push({
    client_id,
    deal_id: `crm:d${i}`,
    title: `Сделка ${i}`,
    product: products[i % 2]!,
    pipeline: null,
    stage: status === 'open' ? 'замер' : status,
    status,
    amount: 50_000 + 1_000 * (i % 7),
    currency: 'RUB',
    manager: managers[i % 2]!,
    ...origin(i),
    landing_page: null,
    created_at: moment,
    qualified_at: i % 2 === 0 ? moment : null,
    closed_at: status === 'open' ? null : `${addDays(day, 5)} 12:00:00`,
    loss_reason: status === 'lost' ? 'дорого' : null,
    ...when,
  })
  facts.visits.push({
    client_id,
    visit_id: `v${i}`,
    started_at: moment,
    ...origin(i),
    landing_page: '/okna',
    pages: 1 + (i % 4),
    goals: null,
    ...when,
    origin_id: null,
  })
  const conversation_id = `call:${i}`
  const line = said[i % said.length]!
  facts.conversations.push({
    client_id,
    conversation_id,
    deal_id: `crm:d${i}`,
    kind: i % 4 === 3 ? 'chat' : 'call',
    direction: 'in',
    started_at: moment,
    duration_s: 60 + i,
    wait_s: 5,
    manager: managers[i % 2]!,
    is_missed: 0,
    recording: null,
    ...origin(i),
    landing_page: null,
    ...when,
    revision: 1,
  })
  const part = line.part + endings[Math.floor(i / said.length) % endings.length]
  const text = line.text.replace(line.part, part)
  const turns = ['Добрый день, чем помочь?', text, 'Сейчас всё расскажу.']
  for (const [n, turn] of turns.entries()) {
    const speaker = n === 1 ? 'client' : 'agent'
    facts.utterances.push({
      client_id,
      conversation_id,
      n,
      speaker,
      start_ms: n * 4000,
      end_ms: null,
      text: turn,
    })
  }
  const from = text.indexOf(part)
  facts.mentions.push({
    client_id,
    conversation_id,
    n: 1,
    span_from: from,
    span_to: from + part.length,
    kind: { q: 'question', v: 'value', o: 'objection' }[line.theme[0]!]!,
    theme_id: line.theme,
    machine_theme_id: line.theme,
    score: 0.9,
    deal_id: `crm:d${i}`,
    source: sources[i % 4]!,
    conversation_kind: i % 4 === 3 ? 'chat' : 'call',
    ...when,
  })
}

/** Writes them, in one transaction, and what follows from them. */
export async function loadFacts(database: Database): Promise<void> {
  await database.transaction(async connection => {
    for (const [table, rows] of Object.entries(makeFacts()))
      await writeTable(connection, table as TableName, rows)
  })
  await deriveAll(database)
}

async function writeTable(connection: Connection, table: TableName, rows: readonly object[]): Promise<void> {
  const columns = Object.keys(rows[0]!) as never[]
  await connection.upsert(table, columns, rows as never[])
}
