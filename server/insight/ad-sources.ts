/** What ads may be made of: phrases that a persona's or segment's clients value, and their questions that a page answers. */
import type { Claim } from '../notebook/output.ts'
import { join, type Sql, sql } from '../store/sql.ts'
import type { Core } from './ad-core.ts'
import { questionCore, valueCore } from './ad-phrases.ts'
import { type Query, rowsOf } from './query.ts'
import { type QuoteRow, toQuote } from './quotes.ts'

/** Whose words: a persona, clients of deals with these marks, or all. Empty lists leave a mark open. */
export interface AdAudience {
  persona: string | null
  products: readonly string[]
  sources: readonly string[]
  cities: readonly string[]
  profiles: readonly string[]
}

/** One thing that clients say, in their commonest wording of it. */
export interface Phrase {
  core: Core
  text: string
  /** Of the themes that its mentions are in, the topic that most of them have. */
  topic: string
  /** The theme of most of them. */
  theme: string | null
  /** Distinct clients, of them those who bought, and those who lost a deal and bought nothing. */
  clients: ReadonlySet<string>
  won: number
  lost: number
  /** Clients who said it themselves, and not a manager of them. */
  spoken: number
  /** How many of these clients have deals of each product. */
  products: ReadonlyMap<string, number>
  quotes: Claim['quotes']
}

export interface Answer {
  phrase: Phrase
  heading: string
  /** The page's own words. */
  text: string
}

type MentionRow = QuoteRow & { theme_id: string | null; topic: string | null }

const MOST_MENTIONS = 50_000
const QUOTES = 2

/** Condition on `client_id` of the table of that alias. */
export function membersOf({ persona, products, sources, cities, profiles }: AdAudience, alias: string): Sql {
  const column: Sql = { strings: [`${alias}.client_id`], values: [] }
  const marks = [
    ...(products.length > 0 ? [sql`d.product in (${join(products)})`] : []),
    ...(sources.length > 0 ? [sql`d.source in (${join(sources)})`] : []),
    ...(cities.length > 0 ? [sql`d.city in (${join(cities)})`] : []),
    ...(profiles.length > 0 ? [sql`d.profile in (${join(profiles)})`] : []),
  ]
  const conditions = [
    sql`1 = 1`,
    ...(persona === null
      ? []
      : [sql`${column} in (select p.client_id from client_personas p where p.persona_id = ${persona})`]),
    ...(marks.length === 0
      ? []
      : [sql`${column} in (select d.client_id from deals d where ${join(marks, ' and ')})`]),
  ]
  return join(conditions, ' and ')
}

/** Clients who spoke at all: what shares are of. */
export async function countSpeakers(query: Query, audience: AdAudience): Promise<number> {
  const [row] = await rowsOf<{ n: number }>(
    query,
    sql`select count(distinct c.client_id) as n from conversations c where ${membersOf(audience, 'c')}`,
  )
  return row!.n
}

const mentionsOf = (query: Query, kind: 'value' | 'question', audience: AdAudience) =>
  rowsOf<MentionRow>(
    query,
    sql`select m.theme_id, t.topic, m.client_id, m.conversation_id, m.n, m.span_from, m.span_to, u.text, u.speaker,
        u.start_ms, k.alias, c.kind, c.started_at,
        (select max(d.status) from deals d where d.client_id = m.client_id) as deal_status
      from mentions m
      join utterances u on u.client_id = m.client_id and u.conversation_id = m.conversation_id and u.n = m.n
      join conversations c on c.client_id = m.client_id and c.conversation_id = m.conversation_id
      join clients k on k.client_id = m.client_id
      left join themes t on t.theme_id = m.theme_id
      where m.kind = ${kind} and (t.theme_id is null or (t.hidden = 0 and t.status <> 'dismissed'))
        and ${membersOf(audience, 'm')}
      order by m.client_id, m.conversation_id, m.n, m.span_from limit ${MOST_MENTIONS}`,
    MOST_MENTIONS,
  )

/** Phrases that clients value, by falling number of them. */
export async function readPhrases(query: Query, audience: AdAudience): Promise<Phrase[]> {
  const [rows, products] = await Promise.all([
    mentionsOf(query, 'value', audience),
    readProducts(query, audience),
  ])
  return toPhrases(rows, valueCore, products)
}

async function readProducts(query: Query, audience: AdAudience): Promise<Map<string, string[]>> {
  const rows = await rowsOf<{ client_id: string; product: string }>(
    query,
    sql`select distinct d.client_id, d.product from deals d
      where d.product is not null and ${membersOf(audience, 'd')} order by d.client_id, d.product`,
    MOST_MENTIONS,
  )
  const products = new Map<string, string[]>()
  for (const { client_id, product } of rows) {
    const own = products.get(client_id)
    if (own) own.push(product)
    else products.set(client_id, [product])
  }
  return products
}

/** Questions of theirs that a page answers, each with the page's words. Poor answers are none. */
export async function readAnswers(query: Query, audience: AdAudience): Promise<Answer[]> {
  const [rows, pages] = await Promise.all([
    mentionsOf(query, 'question', audience),
    rowsOf<{ theme_id: string; heading: string; text: string }>(
      query,
      sql`select g.theme_id, p.heading, p.text from gaps g join pages p on p.page_id = g.page_id
        where g.state = 'answered' and p.heading is not null`,
    ),
  ])
  const pageOf = new Map(pages.map(page => [page.theme_id, page]))
  const answered = rows.filter(row => row.theme_id !== null && pageOf.has(row.theme_id))
  const themes = Map.groupBy(answered, row => row.theme_id!)
  const answers = [...themes].flatMap(([theme, own]) => {
    const { heading, text } = pageOf.get(theme)!
    const asked = new Set(questionStems(heading))
    // Themes are of like questions, not of equal ones: the heading must ask for what this one does.
    const phrase = toPhrases(own, questionCore, new Map()).find(
      ({ core }) => core.stems.filter(stem => asked.has(stem)).length * 2 > core.stems.length,
    )
    return phrase ? [{ phrase, heading, text }] : []
  })
  return answers.sort((a, b) => b.phrase.clients.size - a.phrase.clients.size)
}

function questionStems(heading: string): string[] {
  return (questionCore(heading) ?? valueCore(heading))?.stems ?? []
}

interface Gathered {
  core: Core
  texts: Map<string, number>
  topics: Map<string, number>
  rows: MentionRow[]
}

function toPhrases(
  rows: readonly MentionRow[],
  coreOf: (text: string) => Core | null,
  products: ReadonlyMap<string, string[]>,
): Phrase[] {
  const cores = new Map<string, Core | null>()
  const gathered = new Map<string, Gathered>()
  for (const row of rows) {
    const said = row.text.slice(row.span_from, row.span_to)
    if (!cores.has(said)) cores.set(said, coreOf(said))
    const core = cores.get(said)
    if (!core) continue
    const known: Gathered = gathered.get(core.key) ?? { core, texts: new Map(), topics: new Map(), rows: [] }
    gathered.set(core.key, known)
    add(known.texts, core.text)
    add(known.topics, row.topic ?? 'other')
    known.rows.push(row)
  }
  return [...gathered.values()]
    .map(found => toPhrase(found, products))
    .sort((a, b) => b.clients.size - a.clients.size || b.won - a.won || (a.core.key < b.core.key ? -1 : 1))
}

function toPhrase({ core, texts, topics, rows }: Gathered, products: ReadonlyMap<string, string[]>): Phrase {
  const status = new Map(rows.map(row => [row.client_id, row.deal_status]))
  const clients = new Set(status.keys())
  const count = (wanted: string) => [...status.values()].filter(value => value === wanted).length
  const themes = new Map<string, number>()
  for (const { theme_id } of rows) if (theme_id !== null) add(themes, theme_id)
  const bought = new Map<string, number>()
  for (const client of clients) for (const product of products.get(client) ?? []) add(bought, product)
  return {
    core,
    text: wording(texts),
    topic: ranked(topics)[0]![0],
    theme: ranked(themes)[0]?.[0] ?? null,
    clients,
    won: count('won'),
    lost: count('lost'),
    spoken: new Set(rows.flatMap(row => (row.speaker === 'client' ? [row.client_id] : []))).size,
    products: bought,
    quotes: chooseQuotes(rows),
  }
}

/** What people said themselves before what a manager wrote of them, buyers before others, one quote a client. */
function chooseQuotes(rows: readonly MentionRow[]): Claim['quotes'] {
  const weight = (row: MentionRow) => Number(row.speaker === 'client') * 2 + Number(row.deal_status === 'won')
  const chosen = new Map<string, MentionRow>()
  for (const row of rows.toSorted((a, b) => weight(b) - weight(a)))
    if (chosen.size < QUOTES && !chosen.has(row.client_id)) chosen.set(row.client_id, row)
  return [...chosen.values()].map(toQuote)
}

/** The commonest wording; of those nearly as common, the one that spells ё and does not end in «было». */
function wording(texts: ReadonlyMap<string, number>): string {
  const all = ranked(texts)
  const most = all[0]![1]
  const care = (text: string) => Number(text.includes('ё')) - Number(/ бы(?:ло|ли|л|ла)$/.test(text))
  return all.filter(([, n]) => n * 2 >= most).toSorted(([a], [b]) => care(b) - care(a))[0]![0]
}

const add = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1)
const ranked = (counts: ReadonlyMap<string, number>) =>
  [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
