/** What clients of the same persona who bought said; from counts that are kept ready, with a few words of theirs. */
import { wilson } from '../lib/statistics.ts'
import type { Claim, ClaimKind, Quote } from '../notebook/output.ts'
import { sql } from '../store/sql.ts'
import { type Query, rowsOf } from './query.ts'
import { LEAST_CLIENTS } from './themes.ts'

export interface Similar {
  /** Clients of the persona who bought and of whom words are known. */
  clients: number
  /** What they valued and asked, by falling number of clients. */
  valued: Claim[]
  asked: Claim[]
}

const THEMES = 4
const QUOTES = 2
/** Mentions of a theme that are looked through for words of buyers of the persona. */
const LATEST = 400

interface ThemeRow {
  theme_id: string
  kind: ClaimKind
  label: string
  topic: string
  clients: number
  known: number
}

/** Null when none of them bought and spoke. `but` is the client for whom this is. */
export async function readSimilar(query: Query, persona: string, but: string): Promise<Similar | null> {
  const rows = await rowsOf<ThemeRow>(
    query,
    sql`select t.theme_id, t.kind, t.label, t.topic, sum(x.clients) as clients, sum(x.known) as known
      from persona_traits x join personas a on a.persona_id = x.persona_id join themes t on t.theme_id = x.value
      where x.field = 'won:theme' and coalesce(a.alias_of, a.persona_id) = ${persona}
        and t.hidden = 0 and t.alias_of is null
      group by t.theme_id, t.kind, t.label, t.topic order by clients desc, t.theme_id`,
  )
  const clients = rows[0]?.known ?? 0
  if (clients === 0) return null
  const chosen = (kind: ClaimKind) =>
    rows.filter(row => row.kind === kind && row.clients > 0).slice(0, THEMES)
  const claims = (list: readonly ThemeRow[]) =>
    Promise.all(list.map(async row => toClaim(row, await readWonQuotes(query, row.theme_id, persona, but))))
  const [valued, asked] = await Promise.all([claims(chosen('value')), claims(chosen('question'))])
  return { clients, valued, asked }
}

function toClaim({ theme_id, kind, label, topic, clients, known }: ThemeRow, quotes: Quote[]): Claim {
  return {
    id: theme_id,
    kind,
    text: label,
    topic,
    clients,
    of: known,
    interval: wilson(clients, known),
    facts: [],
    quotes,
    weak: clients < LEAST_CLIENTS || quotes.length === 0,
  }
}

interface QuoteRow {
  client_id: string
  conversation_id: string
  n: number
  span_from: number
  span_to: number
  text: string
  speaker: Quote['speaker']
  start_ms: number | null
  alias: number
  kind: string
  started_at: string | null
}

/** The latest words of other buyers, among the latest mentions of the theme: its index is walked from the end and left. */
async function readWonQuotes(query: Query, theme: string, persona: string, but: string): Promise<Quote[]> {
  const rows = await rowsOf<QuoteRow>(
    query,
    sql`select m.client_id, m.conversation_id, m.n, m.span_from, m.span_to, u.text, u.speaker, u.start_ms, k.alias,
        c.kind, c.started_at
      from (select client_id, conversation_id, n, span_from, span_to, day from mentions
        where theme_id = ${theme} order by day desc, client_id desc limit ${LATEST}) m
      join client_personas p on p.client_id = m.client_id
      join utterances u on u.client_id = m.client_id and u.conversation_id = m.conversation_id and u.n = m.n
      join conversations c on c.client_id = m.client_id and c.conversation_id = m.conversation_id
      join clients k on k.client_id = m.client_id
      where p.persona_id = ${persona} and m.client_id <> ${but} and u.speaker = 'client'
        and exists (select 1 from deals d where d.client_id = m.client_id and d.status = 'won')
      order by m.day desc, m.client_id desc, m.conversation_id, m.n limit ${QUOTES}`,
  )
  return rows.map(row => ({
    ref: {
      client_id: row.client_id,
      conversation_id: row.conversation_id,
      n: row.n,
      from: row.span_from,
      to: row.span_to,
    },
    text: row.text.slice(row.span_from, row.span_to),
    speaker: row.speaker,
    alias: row.alias,
    conversation_kind: row.kind,
    at: row.started_at,
    offset_ms: row.start_ms,
    deal_status: 'won',
  }))
}

/** Clients of the persona by the hour at which they get in touch. */
export const readHours = (query: Query, persona: string) =>
  rowsOf<{ hour: number; clients: number; known: number }>(
    query,
    sql`select cast(x.value as integer) as hour, sum(x.clients) as clients, sum(x.known) as known
      from persona_traits x join personas a on a.persona_id = x.persona_id
      where x.field = 'hour' and coalesce(a.alias_of, a.persona_id) = ${persona} group by x.value order by 1`,
  )
