/** Named queries on themes and mentions: the catalogue as people go through it. */
import type { Connection } from './database.ts'
import type { Row } from './schema.ts'
import { join, sql } from './sql.ts'

export interface ThemeFilter {
  kind?: string | undefined
  topic?: string | undefined
  status?: string | undefined
  /** Hidden ones and aliases too. */
  all?: boolean
  /** At most; 1,000 by default. */
  limit?: number
}

export type ThemeLine = Pick<
  Row<'themes'>,
  'theme_id' | 'kind' | 'label' | 'machine_label' | 'topic' | 'status' | 'hidden' | 'alias_of'
> & {
  /** Distinct clients. */
  clients: number
  mentions: number
  first_day: string | null
  last_day: string | null
}

/** Themes by falling number of clients. */
export async function listThemes(connection: Connection, filter: ThemeFilter = {}): Promise<ThemeLine[]> {
  const conditions = [sql`1 = 1`]
  if (filter.kind !== undefined) conditions.push(sql`t.kind = ${filter.kind}`)
  if (filter.topic !== undefined) conditions.push(sql`t.topic = ${filter.topic}`)
  if (filter.status !== undefined) conditions.push(sql`t.status = ${filter.status}`)
  if (!filter.all) conditions.push(sql`t.hidden = 0 and t.alias_of is null`)
  return connection.query<ThemeLine>(
    sql`select t.theme_id, t.kind, t.label, t.machine_label, t.topic, t.status, t.hidden, t.alias_of,
        coalesce(c.clients, 0) as clients, coalesce(c.mentions, 0) as mentions, c.first_day, c.last_day
      from themes t left join (
        select theme_id, count(distinct client_id) as clients, count(*) as mentions, min(day) as first_day, max(day) as last_day
        from mentions where theme_id is not null group by theme_id) c on c.theme_id = t.theme_id
      where ${join(conditions, ' and ')}
      order by clients desc, mentions desc, t.theme_id limit ${filter.limit ?? 1_000}`,
  )
}

export interface ThemeMention {
  client_id: string
  conversation_id: string
  n: number
  span_from: number
  span_to: number
  day: string | null
  score: number | null
  /** Cut from the utterance. */
  text: string
  speaker: 'client' | 'agent' | 'note'
  start_ms: number | null
  /** The client's number. */
  alias: number
  conversation_kind: string
  started_at: string | null
  /** won before open before lost, of all the client's deals; null without any. */
  deal_status: string | null
}

export interface MentionFilter {
  limit?: number
  offset?: number
  /** Words all of which a mention holds; whatever their case. */
  search?: string | undefined
}

/** Mentions of one theme that a search goes through. */
const SEARCHED = 20_000

/** A theme's mentions, the most central first; `theme` null: those of a kind that wait. */
export async function listMentions(
  connection: Connection,
  kind: string,
  theme: string | null,
  { limit = 100, offset = 0, search }: MentionFilter = {},
): Promise<ThemeMention[]> {
  const which = theme === null ? sql`m.theme_id is null` : sql`m.theme_id = ${theme}`
  const words = plain(search ?? '')
    .split(/\s+/)
    .filter(Boolean)
  const page = words.length === 0 ? { limit, offset } : { limit: SEARCHED, offset: 0 }
  const rows = await connection.query<ThemeMention>(
    sql`select m.client_id, m.conversation_id, m.n, m.span_from, m.span_to, m.day, m.score, u.text, u.speaker, u.start_ms,
        k.alias, c.kind as conversation_kind, c.started_at,
        (select max(d.status) from deals d where d.client_id = m.client_id) as deal_status
      from mentions m join utterances u on u.client_id = m.client_id and u.conversation_id = m.conversation_id and u.n = m.n
      join conversations c on c.client_id = m.client_id and c.conversation_id = m.conversation_id
      join clients k on k.client_id = m.client_id
      where m.kind = ${kind} and ${which}
      order by m.score desc, m.client_id, m.conversation_id, m.n, m.span_from limit ${page.limit} offset ${page.offset}`,
  )
  const cut = rows.map(row => ({ ...row, text: row.text.slice(row.span_from, row.span_to) }))
  if (words.length === 0) return cut
  // Compared here: databases differ in what they know of Cyrillic letters.
  return cut.filter(row => words.every(word => plain(row.text).includes(word))).slice(offset, offset + limit)
}

const plain = (text: string) => text.toLowerCase().replaceAll('ё', 'е')

export interface Coverage {
  kind: string
  mentions: number
  assigned: number
  waiting: number
  /** Of those that wait: said by too few clients alike so far. */
  few: number
  /** Of those that wait: without a word that means something. */
  bare: number
}

/** How much of what clients said stands in themes, by kind. */
export function readCoverage(connection: Connection): Promise<Coverage[]> {
  return connection.query<Coverage>(
    sql`select kind, count(*) as mentions, count(theme_id) as assigned, count(*) - count(theme_id) as waiting,
        count(case when theme_id is null and waits = 'few' then 1 end) as few,
        count(case when theme_id is null and waits = 'bare' then 1 end) as bare
      from mentions group by kind order by kind`,
  )
}
