/** What one client asked, valued and objected to, each with the exact words. */
import type { Claim, ClaimKind, Quote } from '../notebook/output.ts'
import { sql } from '../store/sql.ts'
import { type Query, rowsOf } from './query.ts'
import { toQuote } from './quotes.ts'

export interface ClientWords {
  asked: Claim[]
  valued: Claim[]
  objected: Claim[]
  /** Question themes of the client to which the pages have no good answer. */
  open: ReadonlySet<string>
}

interface WordRow {
  conversation_id: string
  n: number
  span_from: number
  span_to: number
  kind: ClaimKind
  theme_id: string | null
  label: string | null
  topic: string | null
  text: string
  speaker: Quote['speaker']
  start_ms: number | null
  alias: number
  conversation_kind: string
  started_at: string | null
  gap: string | null
}

/** Quotes of one theme at most. */
const QUOTES = 3

/** Claims about this client alone, the latest first. */
export async function readWords(query: Query, client: string): Promise<ClientWords> {
  const rows = await rowsOf<WordRow>(
    query,
    sql`select m.conversation_id, m.n, m.span_from, m.span_to, m.kind, m.theme_id, t.label, t.topic, u.text, u.speaker,
        u.start_ms, k.alias, c.kind as conversation_kind, c.started_at, g.state as gap
      from mentions m
      join utterances u on u.client_id = m.client_id and u.conversation_id = m.conversation_id and u.n = m.n
      join conversations c on c.client_id = m.client_id and c.conversation_id = m.conversation_id
      join clients k on k.client_id = m.client_id
      left join themes t on t.theme_id = m.theme_id left join gaps g on g.theme_id = m.theme_id
      where m.client_id = ${client} and coalesce(t.hidden, 0) = 0
      order by c.started_at desc, m.conversation_id, m.n, m.span_from`,
  )
  const claims = new Map<string, Claim>()
  const open = new Set<string>()
  for (const row of rows) {
    const id = row.theme_id ?? `${row.conversation_id}:${row.n}:${row.span_from}`
    const text = row.text.slice(row.span_from, row.span_to)
    if (row.gap === 'missing' || row.gap === 'poor') open.add(id)
    const claim = claims.get(id) ?? {
      id,
      kind: row.kind,
      text: row.label ?? text,
      ...(row.topic !== null && { topic: row.topic }),
      clients: 1,
      // Of one client there is no share to speak of.
      of: 0,
      facts: [],
      quotes: [],
      weak: false,
    }
    claims.set(id, claim)
    if (claim.quotes.length < QUOTES)
      claim.quotes.push(
        toQuote({ ...row, client_id: client, kind: row.conversation_kind, deal_status: null }),
      )
  }
  for (const claim of claims.values()) claim.text = ownWords(claim)
  const of = (kind: ClaimKind) => [...claims.values()].filter(claim => claim.kind === kind)
  return { asked: of('question'), valued: of('value'), objected: of('objection'), open }
}

/** A brief speaks in this client's own words, unless they are too few to tell what was meant: then in the theme's. */
function ownWords({ text, quotes }: Claim): string {
  const [longest] = quotes.map(quote => quote.text).sort((a, b) => b.length - a.length)
  return longest !== undefined && longest.split(/\s+/).length >= 3 ? longest : text
}
