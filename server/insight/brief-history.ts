/** Where a client came from and when: ads and phrases, pages, talks. */
import { sql } from '../store/sql.ts'
import { type Query, rowsOf } from './query.ts'

export interface BriefTouch {
  at: string | null
  what: 'visit' | 'conversation' | 'deal'
  source: string | null
  medium: string | null
  campaign: string | null
  content: string | null
  keyword: string | null
  page: string | null
}

export interface PageSeen {
  url: string
  visits: number
}

export interface BriefTalk {
  conversation_id: string
  kind: string
  at: string | null
  direction: string | null
  manager: string | null
  missed: boolean
}

export interface History {
  touches: BriefTouch[]
  visits: number
  pages: PageSeen[]
  talks: BriefTalk[]
}

const TOUCHES = 20
const TALKS = 30

type TouchRow = BriefTouch

export async function readHistory(query: Query, client: string): Promise<History> {
  const [visits, talks, deals] = await Promise.all([
    rowsOf<TouchRow>(
      query,
      sql`select started_at as at, 'visit' as what, source, medium, campaign, content, keyword, landing_page as page
        from visits where client_id = ${client} order by started_at, visit_id`,
    ),
    rowsOf<TouchRow & BriefTalk & { is_missed: number }>(
      query,
      sql`select conversation_id, kind, started_at as at, direction, manager, is_missed, 'conversation' as what, source,
          medium, campaign, content, keyword, landing_page as page
        from conversations where client_id = ${client} order by started_at, conversation_id`,
    ),
    rowsOf<TouchRow>(
      query,
      sql`select created_at as at, 'deal' as what, source, medium, campaign, content, keyword, landing_page as page
        from deals where client_id = ${client} order by created_at, deal_id`,
    ),
  ])
  const pages = new Map<string, number>()
  for (const { page } of visits) if (page !== null) pages.set(page, (pages.get(page) ?? 0) + 1)
  return {
    touches: distinct([...visits, ...talks, ...deals]),
    visits: visits.length,
    pages: [...pages].map(([url, n]) => ({ url, visits: n })).sort((a, b) => b.visits - a.visits),
    talks: talks
      .map(({ conversation_id, kind, at, direction, manager, is_missed }) => ({
        conversation_id,
        kind,
        at,
        direction,
        manager,
        missed: is_missed === 1,
      }))
      .reverse()
      .slice(0, TALKS),
  }
}

/** In order of time; the same marks once, where they came first; what says nothing of where from is no touch. */
function distinct(rows: readonly TouchRow[]): BriefTouch[] {
  const seen = new Set<string>()
  const touches: BriefTouch[] = []
  for (const row of rows.toSorted((a, b) => ((a.at ?? '9') < (b.at ?? '9') ? -1 : 1))) {
    const { at, what, source, medium, campaign, content, keyword, page } = row
    const key = JSON.stringify([source, medium, campaign, content, keyword])
    if (source === null || seen.has(key)) continue
    seen.add(key)
    touches.push({ at, what, source, medium, campaign, content, keyword, page })
  }
  return touches.slice(0, TOUCHES)
}
