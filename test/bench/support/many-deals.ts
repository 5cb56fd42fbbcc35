/**
 * A company of any size for benchmarks: seeded rows without a word said, written straight into the tables by the fastest
 * way there is. Shapes and shares are like the demo's: eight sources, keywords, a tenth of clients come back.
 */
import { addDays, calendarOf } from '../../../server/lib/dates.ts'
import { createOrigins } from '../../../server/lib/origin.ts'
import { createRandom, type Random } from '../../../server/lib/random.ts'
import { type DealFacts, type DerivedDeal, deriveDeals, type Talk } from '../../../server/sources/derived.ts'
import { buildBlocks } from '../../../server/store/blocks.ts'
import type { Database } from '../../../server/store/database.ts'
import { type Row, type TableName, tables } from '../../../server/store/schema.ts'

export const FIRST_DAY = '2025-08-01'
export const DAYS = 457

const sources = ['yandex', 'vk', 'google', 'avito', 'organic', 'рекомендация', 'листовки', 'выставка']
const paid: Record<string, number> = { yandex: 6, vk: 4, google: 4, avito: 3 }
const cities = [
  'Самара',
  'Тольятти',
  'Казань',
  'Саратов',
  'Ульяновск',
  'Пенза',
  'Уфа',
  'Пермь',
  'Ижевск',
  'Киров',
]
const profiles = ['новостройка', 'вторичка', 'частный дом', 'бизнес и офис', 'управляющая компания']
const products = [
  'Окна в квартиру',
  'Остекление балкона',
  'Лоджия с утеплением',
  'Панорамное остекление',
  'Веранда',
  'Окна в дом',
]
const managers = [
  'Анна Белова',
  'Дмитрий Чернов',
  'Ольга Серова',
  'Игорь Краснов',
  'Марина Зимина',
  'Павел Лугов',
]
const reasons = ['дорого', 'выбрали других', 'передумали', 'Спам', 'Ошиблись номером', 'долго ждать']
const kinds = ['call', 'call', 'call', 'chat', 'form']
const KEYWORDS = 25
const THEMES = 45
const themeKinds = ['question', 'value', 'objection']

const clock = (random: Random) =>
  `${String(9 + random.integer(10)).padStart(2, '0')}:${String(random.integer(60)).padStart(2, '0')}:00`

/** Fills an empty database with so many deals and all that belongs to them. */
export async function fillCompany(database: Database, deals: number, seed = 1): Promise<void> {
  const random = createRandom(seed)
  const writer = createWriter(database)
  const { idOf, rows: origins } = createOrigins()
  let made = 0
  for (let alias = 1; made < deals; alias++) {
    const client = makeClient(random, alias)
    const start = Math.floor((made / deals) * DAYS)
    const count = random.next() < 0.12 ? 2 + random.integer(2) : 1
    const own: Row<'deals'>[] = []
    for (let n = 0, at = start; n < count && at < DAYS && made < deals; n++, at += 20 + random.integer(120)) {
      own.push(makeDeal(random, client, made++, at))
    }
    const talks = own.map(deal => makeTalk(random, deal))
    const derived = new Map(
      deriveDeals(client, own as DealFacts[], talks as Talk[], idOf).map(row => [
        row.deal_id,
        row as DerivedDeal,
      ]),
    )
    writer.add('clients', client)
    for (const [i, deal] of own.entries()) {
      writer.add('deals', { ...deal, ...derived.get(deal.deal_id)! })
      writer.add('conversations', {
        ...talks[i]!,
        is_lost: talks[i]!.is_missed && random.next() < 0.3 ? 1 : 0,
      })
      if (deal.medium === 'cpc' || deal.medium === 'organic') {
        writer.add('visits', makeVisit(random, deal, 0, idOf(deal)))
        if (random.next() < 0.5) writer.add('visits', makeVisit(random, deal, 1, idOf(deal)))
      }
      if (random.next() < 0.4)
        writer.add('deal_tags', {
          client_id: deal.client_id,
          deal_id: deal.deal_id,
          tag: random.pick(['горячий', 'замер', 'думает']),
        })
      if (random.next() < 0.5) writer.add('mentions', makeMention(random, talks[i]!))
    }
    await writer.flushWhenFull()
  }
  for (const row of themeRows()) writer.add('themes', row)
  for (const row of origins) writer.add('origins', row)
  for (const row of spendRows(random, deals)) writer.add('spend', row)
  for (const row of targetRows(deals)) writer.add('targets', row)
  await writer.flush()
  await buildBlocks(database)
}

function makeClient(random: Random, alias: number): Row<'clients'> {
  return {
    client_id: `crm:${alias}`,
    alias,
    kind: random.next() < 0.2 ? 'company' : 'person',
    city: cities[Math.floor(random.next() ** 2 * cities.length)]!,
    region: null,
    profile: random.pick(profiles),
    consent: 1,
    first_seen_at: null,
    day: null,
    week: null,
    month: null,
  }
}

function makeDeal(random: Random, client: Row<'clients'>, n: number, at: number): Row<'deals'> {
  const day = addDays(FIRST_DAY, at)
  const source = sources[Math.floor(random.next() ** 1.5 * sources.length)]!
  const isPaid = source in paid
  const campaign = isPaid ? `${source}_${random.integer(paid[source]!)}` : null
  const chance = source === 'vk' ? 0.08 : source === 'листовки' ? 0.01 : 0.22
  const won = random.next() < chance
  const open = !won && at > DAYS - 40 && random.next() < 0.5
  const qualified = won || random.next() < 0.55
  const closed = at + 5 + random.integer(35)
  const status = won && closed < DAYS ? 'won' : open || closed >= DAYS ? 'open' : 'lost'
  const created_at = `${day} ${clock(random)}`
  return {
    client_id: client.client_id,
    deal_id: `crm:${n}`,
    title: `Сделка ${n}`,
    product: random.pick(products),
    pipeline: 'Продажи',
    stage: status === 'won' ? 'Выполнено' : status === 'lost' ? 'Закрыто' : 'Замер',
    status,
    amount: status === 'lost' && !qualified ? null : Math.round(60_000 * Math.exp(random.normal() * 0.6)),
    currency: 'RUB',
    manager: random.pick(managers),
    source,
    medium: isPaid ? 'cpc' : source === 'organic' ? 'organic' : null,
    campaign,
    content: isPaid ? `ad${random.integer(3)}` : null,
    keyword: source === 'yandex' || source === 'google' ? `запрос ${random.integer(KEYWORDS)}` : null,
    landing_page: isPaid ? `https://example.com/p${random.integer(6)}` : null,
    created_at,
    qualified_at: qualified ? `${addDays(day, random.integer(3))} 20:00:00` : null,
    closed_at: status === 'open' ? null : `${addDays(FIRST_DAY, closed)} 18:00:00`,
    loss_reason: status === 'lost' ? random.pick(reasons) : null,
    ...calendarOf(day),
  } as Row<'deals'>
}

function makeTalk(random: Random, deal: Row<'deals'>): Row<'conversations'> {
  const missed = random.next() < 0.08
  return {
    client_id: deal.client_id,
    conversation_id: `${deal.deal_id}/1`,
    deal_id: deal.deal_id,
    kind: missed ? 'call' : random.pick(kinds),
    direction: 'in',
    started_at: deal.created_at,
    duration_s: missed ? 0 : 120,
    wait_s: random.integer(40),
    manager: deal.manager,
    is_missed: missed ? 1 : 0,
    recording: null,
    source: deal.source,
    medium: deal.medium,
    campaign: deal.campaign,
    content: deal.content,
    keyword: deal.keyword,
    landing_page: null,
    day: deal.day,
    week: deal.week,
    month: deal.month,
    revision: 1,
    is_lost: 0,
  }
}

function makeVisit(random: Random, deal: Row<'deals'>, n: number, origin_id: number): Row<'visits'> {
  const day = addDays(deal.day!, -n * (1 + random.integer(5)))
  return {
    client_id: deal.client_id,
    visit_id: `${deal.deal_id}/${n}`,
    started_at: `${day} 08:00:00`,
    source: deal.source,
    medium: deal.medium,
    campaign: deal.campaign,
    content: deal.content,
    keyword: deal.keyword,
    landing_page: deal.landing_page,
    pages: 1 + random.integer(5),
    goals: n === 0 ? random.pick(['Калькулятор', 'Звонок', 'Калькулятор, Звонок']) : null,
    ...calendarOf(day),
    origin_id,
  }
}

function makeMention(random: Random, talk: Row<'conversations'>): Row<'mentions'> {
  const theme = random.integer(THEMES)
  return {
    client_id: talk.client_id,
    conversation_id: talk.conversation_id,
    n: 0,
    span_from: 0,
    span_to: 10,
    kind: themeKinds[theme % 3]!,
    theme_id: `t${theme}`,
    machine_theme_id: `t${theme}`,
    waits: null,
    exemplar: null,
    score: 1,
    deal_id: talk.deal_id,
    source: talk.source,
    conversation_kind: talk.kind,
    day: talk.day,
    week: talk.week,
    month: talk.month,
  }
}

function* themeRows(): Iterable<Row<'themes'>> {
  for (let theme = 0; theme < THEMES; theme++)
    yield {
      theme_id: `t${theme}`,
      kind: themeKinds[theme % 3]!,
      label: `тема ${theme}`,
      machine_label: `тема ${theme}`,
      machine_topic: 'other',
      topic: 'other',
      status: 'new',
      hidden: 0,
      alias_of: null,
      created_at: null,
      engine: null,
    } as Row<'themes'>
}

function* spendRows(random: Random, deals: number): Iterable<Row<'spend'>> {
  const perDay = deals / DAYS / sources.length
  for (let at = 0; at < DAYS; at++) {
    const day = addDays(FIRST_DAY, at)
    for (const [source, campaigns] of Object.entries(paid)) {
      for (let campaign = 0; campaign < campaigns; campaign++) {
        const words = source === 'yandex' || source === 'google' ? KEYWORDS : 1
        for (let word = 0; word < words; word++) {
          const clicks = Math.max(
            1,
            Math.round(((perDay * 30) / campaigns / words) * (0.7 + random.next() * 0.6)),
          )
          yield {
            row_id: `${at}/${source}/${campaign}/${word}`,
            source,
            medium: 'cpc',
            campaign: `${source}_${campaign}`,
            content: null,
            keyword: words > 1 ? `запрос ${word}` : null,
            ...calendarOf(day),
            impressions: clicks * 30,
            reach: source === 'vk' ? clicks * 20 : null,
            clicks,
            cost: Math.round(clicks * (source === 'vk' ? 15 : 60) * 100) / 100,
            currency: 'RUB',
          }
        }
      }
    }
  }
  for (let month = 0; month < 15; month++) {
    const day = addDays(FIRST_DAY, month * 30 + 9)
    yield {
      row_id: `leaflets/${month}`,
      source: 'листовки',
      medium: null,
      campaign: 'Листовки по подъездам',
      content: null,
      keyword: null,
      ...calendarOf(day),
      impressions: null,
      reach: null,
      clicks: null,
      cost: 900 * perDay * 30,
      currency: 'RUB',
    }
  }
}

function* targetRows(deals: number): Iterable<Row<'targets'>> {
  for (let at = 0; at < DAYS; at += 31) {
    const month = addDays(FIRST_DAY, at).slice(0, 7)
    yield { month, manager: '', metric: 'leads', value: deals / 15 }
    for (const manager of managers) yield { month, manager, metric: 'revenue', value: (deals / 90) * 12_000 }
  }
}

/** Gathers rows by table and writes them many at a time. */
function createWriter(database: Database) {
  const waiting = new Map<TableName, object[]>()
  let count = 0
  const flush = async () => {
    await database.transaction(async connection => {
      for (const [table, rows] of waiting) {
        const columns = Object.keys(tables[table].columns) as never[]
        await connection.upsert(table, columns, rows as never[])
      }
    })
    waiting.clear()
    count = 0
  }
  return {
    add<T extends TableName>(table: T, row: Row<T>) {
      const rows = waiting.get(table)
      if (rows) rows.push(row)
      else waiting.set(table, [row])
      count++
    },
    flush,
    flushWhenFull: async () => {
      if (count >= 100_000) await flush()
    },
  }
}
