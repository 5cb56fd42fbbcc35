/** What the landing page and FAQ leave open: question themes by the state that mining gave them, with quotes. */
import { wilson } from '../lib/statistics.ts'
import type { Claim, Quote } from '../notebook/output.ts'
import { join, sql } from '../store/sql.ts'
import { type Query, rowsOf } from './query.ts'
import { readQuotes } from './quotes.ts'
import { LEAST_CLIENTS } from './themes.ts'

export type GapState = 'answered' | 'poor' | 'missing' | 'unsure'

export interface Gap {
  state: GapState
  claim: Claim
  /** The nearest section of a page: its heading, or its address where it has none. */
  section: string | null
  /** The day from which visitors saw it. */
  published: string | null
  /** Shares of clients asking in equal spans before and after that day, with their intervals. */
  change: { before: Share; after: Share; faded: boolean } | null
}

export interface Share {
  clients: number
  of: number
  interval: [number, number]
}

export interface GapFilter {
  states: readonly GapState[]
  topics: readonly string[]
  limit: number
}

export interface Gaps {
  /** Of each state at most `limit`, by falling number of clients. */
  gaps: Gap[]
  /** The same of the states in which a section answers, at most CHANGES each, without quotes: for what a page changed. */
  answered: Gap[]
  /** Themes in each state, all of them. */
  counts: Record<GapState, number>
  /** Sections of pages that questions were compared with. */
  sections: number
}

interface GapRow {
  theme_id: string
  label: string
  topic: string
  state: GapState
  clients: number
  asked_after: number
  before_clients: number | null
  before_of: number | null
  after_clients: number | null
  after_of: number | null
  faded: number
  heading: string | null
  url: string | null
  published_at: string | null
}

const CHANGES = 200
const everywhere = { period: null, sources: [] }

/** Gaps with their evidence, from the table that mining keeps. */
export async function readGaps(query: Query, filter: GapFilter): Promise<Gaps> {
  const topics = filter.topics.length > 0 ? sql`and t.topic in (${join(filter.topics)})` : sql``
  const [rows, [spoke], [pages]] = await Promise.all([
    rowsOf<GapRow>(
      query,
      sql`select g.theme_id, t.label, t.topic, g.state, g.clients, g.asked_after, g.before_clients, g.before_of,
          g.after_clients, g.after_of, g.faded, p.heading, p.url, p.published_at
        from gaps g join themes t on t.theme_id = g.theme_id left join pages p on p.page_id = g.page_id
        where t.hidden = 0 and t.status <> 'dismissed' ${topics} order by g.clients desc, g.theme_id`,
    ),
    rowsOf<{ n: number }>(query, sql`select count(distinct client_id) as n from conversations`),
    rowsOf<{ n: number }>(query, sql`select count(*) as n from pages`),
  ])
  const counts: Record<GapState, number> = { answered: 0, poor: 0, missing: 0, unsure: 0 }
  for (const row of rows) counts[row.state]++
  const most = (states: readonly GapState[], limit: number) =>
    states.flatMap(state => rows.filter(row => row.state === state).slice(0, limit))
  const shown = most(filter.states, filter.limit)
  const ids = shown.map(row => row.theme_id)
  const quotes = ids.length === 0 ? new Map<string, Quote[]>() : await readQuotes(query, everywhere, ids)
  return {
    counts,
    sections: pages!.n,
    gaps: shown.map(row => toGap(row, spoke!.n, quotes.get(row.theme_id) ?? [])),
    answered: most(['answered', 'poor'], CHANGES).map(row => toGap(row, spoke!.n, [])),
  }
}

function toGap(row: GapRow, of: number, quotes: Quote[]): Gap {
  const section = row.heading ?? row.url
  return {
    state: row.state,
    section,
    published: row.published_at,
    change: changeOf(row),
    claim: {
      id: row.theme_id,
      kind: 'question',
      text: row.label,
      topic: row.topic,
      clients: row.clients,
      of,
      interval: wilson(row.clients, of),
      facts: row.state === 'missing' ? [] : [{ label: 'section', value: section, format: 'text' }],
      quotes,
      weak: row.clients < LEAST_CLIENTS,
    },
  }
}

function changeOf(row: GapRow): Gap['change'] {
  const { before_clients, before_of, after_clients, after_of } = row
  if (before_clients === null || !before_of || after_clients === null || !after_of) return null
  const share = (clients: number, of: number): Share => ({ clients, of, interval: wilson(clients, of) })
  return {
    before: share(before_clients, before_of),
    after: share(after_clients, after_of),
    faded: row.faded === 1,
  }
}
