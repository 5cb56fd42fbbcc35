/** What clients of the same persona who bought said; from counts that are kept ready, with a few words of theirs. */
import { wilson } from '../lib/statistics.ts'
import type { Claim, ClaimKind, Quote } from '../notebook/output.ts'
import { join, sql } from '../store/sql.ts'
import { type Query, rowsOf } from './query.ts'
import { type QuoteRow, toQuote } from './quotes.ts'
import { LEAST_CLIENTS } from './themes.ts'

export interface Similar {
  /** Clients of the persona who bought and of whom words are known. */
  clients: number
  /** What they valued, by falling number of clients. */
  valued: Claim[]
}

const THEMES = 4
const QUOTES = 2
/** Mentions of a theme that are looked through for words of buyers of the persona. */
const LATEST = 100

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
        and t.kind = 'value' and t.hidden = 0 and t.alias_of is null
      group by t.theme_id, t.kind, t.label, t.topic order by clients desc, t.theme_id`,
  )
  const clients = rows[0]?.known ?? 0
  if (clients === 0) return null
  const chosen = rows.filter(row => row.clients > 0).slice(0, THEMES)
  const valued = await Promise.all(
    chosen.map(async row => toClaim(row, await readWonQuotes(query, row.theme_id, persona, but))),
  )
  return { clients, valued }
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

type Place = Pick<QuoteRow, 'client_id' | 'conversation_id' | 'n' | 'span_from' | 'span_to'>

/**
 * The latest words of other buyers of the persona, among the latest mentions of the theme. In small steps, each by a key:
 * in one statement a planner may begin with all clients of the persona.
 */
async function readWonQuotes(query: Query, theme: string, persona: string, but: string): Promise<Quote[]> {
  const places = await rowsOf<Place>(
    query,
    sql`select client_id, conversation_id, n, span_from, span_to from mentions
      where theme_id = ${theme} order by day desc, client_id desc, conversation_id desc, n desc limit ${LATEST}`,
  )
  if (places.length === 0) return []
  const members = await rowsOf<{ client_id: string; persona_id: string; won: number }>(
    query,
    sql`select p.client_id, p.persona_id,
        case when exists (select 1 from deals d where d.client_id = p.client_id and d.status = 'won') then 1 else 0 end as won
      from client_personas p where p.client_id in (${join([...new Set(places.map(place => place.client_id))])})`,
  )
  const buyers = new Set(
    members.flatMap(row => (row.persona_id === persona && row.won === 1 ? row.client_id : [])),
  )
  buyers.delete(but)
  const quotes: Quote[] = []
  for (const place of places) {
    if (quotes.length === QUOTES) break
    if (!buyers.has(place.client_id)) continue
    const quote = await readQuote(query, place)
    if (quote?.speaker !== 'client') continue
    buyers.delete(place.client_id)
    quotes.push(quote)
  }
  return quotes
}

async function readQuote(query: Query, place: Place): Promise<Quote | null> {
  const [row] = await rowsOf<Omit<QuoteRow, keyof Place | 'deal_status'>>(
    query,
    sql`select u.text, u.speaker, u.start_ms, k.alias, c.kind, c.started_at from utterances u
      join conversations c on c.client_id = u.client_id and c.conversation_id = u.conversation_id
      join clients k on k.client_id = u.client_id
      where u.client_id = ${place.client_id} and u.conversation_id = ${place.conversation_id} and u.n = ${place.n}`,
  )
  return row ? toQuote({ ...place, ...row, deal_status: 'won' }) : null
}

/** Clients of the persona by the hour at which they get in touch. */
export const readHours = (query: Query, persona: string) =>
  rowsOf<{ hour: number; clients: number; known: number }>(
    query,
    sql`select cast(x.value as integer) as hour, sum(x.clients) as clients, sum(x.known) as known
      from persona_traits x join personas a on a.persona_id = x.persona_id
      where x.field = 'hour' and coalesce(a.alias_of, a.persona_id) = ${persona} group by x.value order by 1`,
  )
