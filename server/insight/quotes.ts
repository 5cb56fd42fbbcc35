/** Quotes: a theme's mentions in their clients' words, cut from the stored utterances. */

import { stemWords } from '../language/stem-words.ts'
import type { Quote } from '../notebook/output.ts'
import { join, type Sql, sql } from '../store/sql.ts'
import { type Query, rowsOf, type Span, within } from './query.ts'

const QUOTES = 4
const CANDIDATES = 40

/** A mention with the utterance that it is in: what a quote is cut from. */
export interface QuoteRow {
  client_id: string
  conversation_id: string
  n: number
  span_from: number
  span_to: number
  text: string
  speaker: 'client' | 'agent' | 'note'
  start_ms: number | null
  alias: number
  kind: string
  started_at: string | null
  deal_status: string | null
}

/** The quote of a mention, cut from its utterance. */
export function toQuote(row: QuoteRow): Quote {
  const { client_id, conversation_id, n, span_from: from, span_to: to } = row
  return {
    ref: { client_id, conversation_id, n, from, to },
    text: row.text.slice(from, to),
    speaker: row.speaker,
    alias: row.alias,
    conversation_kind: row.kind,
    at: row.started_at,
    offset_ms: row.start_ms,
    deal_status: row.deal_status,
  }
}

/**
 * Quotes of each theme: of different clients, told apart by their words, short but whole, first those that share a word
 * with the theme's name. Cut from the source here.
 * `where` is one more condition on the mentions `m`, such as whose they are.
 */
export async function readQuotes(
  query: Query,
  filter: Span,
  ids: readonly string[],
  where: Sql = sql`1 = 1`,
): Promise<Map<string, Quote[]>> {
  const rows = await rowsOf<QuoteRow & { theme_id: string; label: string }>(
    query,
    sql`select r.theme_id, t.label, r.client_id, r.conversation_id, r.n, r.span_from, r.span_to, u.text, u.speaker, u.start_ms,
        k.alias, c.kind, c.started_at,
        (select max(d.status) from deals d where d.client_id = r.client_id) as deal_status
      from (select m.*, row_number() over (partition by m.theme_id order by m.score desc, m.client_id, m.conversation_id, m.n) as place
        from mentions m where m.theme_id in (${join(ids)}) and ${within(filter, 'm')} and ${where}) r
      join themes t on t.theme_id = r.theme_id
      join utterances u on u.client_id = r.client_id and u.conversation_id = r.conversation_id and u.n = r.n
      join conversations c on c.client_id = r.client_id and c.conversation_id = r.conversation_id
      join clients k on k.client_id = r.client_id
      where r.place <= ${CANDIDATES} order by r.theme_id, r.place`,
  )
  const quotes = new Map<string, Quote[]>()
  for (const id of ids) quotes.set(id, chooseQuotes(rows.filter(row => row.theme_id === id)))
  return quotes
}

function chooseQuotes(rows: readonly (QuoteRow & { label: string })[]): Quote[] {
  if (!rows[0]) return []
  const clients = new Set<string>()
  const texts = new Set<string>()
  const chosen: Quote[] = []
  const name = stemsOf(rows[0].label)
  const said = new Map(rows.map(row => [row, row.text.slice(row.span_from, row.span_to)]))
  const rank = (row: (typeof rows)[number]) => {
    const text = said.get(row)!
    const length = text.split(/\s+/).length
    // Whole thoughts in clients' own speech first: a quote of two words says little, one of forty is a story.
    const whole = length >= 4 && length <= 25
    const near = [...stemsOf(text)].some(stemmed => name.has(stemmed))
    return (near ? 4 : 0) + (whole ? 2 : 0) + (row.speaker === 'client' ? 1 : 0)
  }
  const ranks = new Map(rows.map(row => [row, rank(row)]))
  for (const row of rows.toSorted((a, b) => ranks.get(b)! - ranks.get(a)!)) {
    const words = said.get(row)!.toLowerCase()
    if (clients.has(row.client_id) || texts.has(words)) continue
    clients.add(row.client_id)
    texts.add(words)
    chosen.push(toQuote(row))
    if (chosen.length === QUOTES) break
  }
  return chosen
}

/** Stems of the words that say what about: short ones mostly don't. */
const stemsOf = (text: string) => new Set(stemWords(text, norm => norm.length > 3))
