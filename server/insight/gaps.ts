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
  /** What came of the theme with that day. */
  change: Change | null
}

/** Shares of clients asking in equal spans before and after a section's day, with their intervals. */
export interface Change {
  before: Share
  after: Share
  /** Fell beyond chance. */
  faded: boolean
}

/** A section against all the themes that it is about, taken together. */
export interface SectionChange extends Change {
  section: string
  published: string
  /** Names of its themes, nearest first. */
  themes: string[]
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
  /** What sections changed that came while clients were asking. */
  changes: SectionChange[]
  /** Themes in each state, all of them. */
  counts: Record<GapState, number>
  /** Sections of pages that questions were compared with. */
  sections: number
}

interface ChangeRow {
  before_clients: number | null
  before_of: number | null
  after_clients: number | null
  after_of: number | null
  faded: number
}

interface GapRow extends ChangeRow {
  theme_id: string
  label: string
  topic: string
  state: GapState
  clients: number
  asked_after: number
  heading: string | null
  url: string | null
  published_at: string | null
}

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
    changes: await readChanges(query),
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

/** Only of themes that are shown; a section none of whose themes is shown says nothing. */
async function readChanges(query: Query): Promise<SectionChange[]> {
  const rows = await rowsOf<ChangeRow & { page_id: string; section: string; day: string; label: string }>(
    query,
    sql`select c.page_id, coalesce(p.heading, p.url, '') as section, c.day, c.before_clients, c.before_of,
        c.after_clients, c.after_of, c.faded, t.label
      from page_changes c join pages p on p.page_id = c.page_id
        join page_change_themes a on a.page_id = c.page_id join themes t on t.theme_id = a.theme_id
      where t.hidden = 0 order by c.day desc, c.page_id, a.n`,
  )
  return [...Map.groupBy(rows, row => row.page_id).values()].flatMap(same => {
    const change = changeOf(same[0]!)
    const { section, day } = same[0]!
    return change ? [{ section, published: day, ...change, themes: same.map(row => row.label) }] : []
  })
}

function changeOf(row: ChangeRow): Change | null {
  const { before_clients, before_of, after_clients, after_of } = row
  if (before_clients === null || !before_of || after_clients === null || !after_of) return null
  const share = (clients: number, of: number): Share => ({ clients, of, interval: wilson(clients, of) })
  return {
    before: share(before_clients, before_of),
    after: share(after_clients, after_of),
    faded: row.faded === 1,
  }
}
