/**
 * Question themes against the landing page and FAQ: answered, answered poorly, missing, or unsure. A theme is compared by
 * several of its clients' wordings, a section by its heading, its sentences and the wordings that people confirmed.
 */
import { addDays, daysBetween } from '../lib/dates.ts'
import { compareShares } from '../lib/statistics.ts'
import type { Connection, Database } from '../store/database.ts'
import type { Row } from '../store/schema.ts'
import { sql } from '../store/sql.ts'
import { createMatcher, type FaqEntry } from './match.ts'

export type GapState = 'answered' | 'poor' | 'missing' | 'unsure'

/** A section at least this like the question answers it; one less like than NONE does not; between, we can't say. */
const ANSWERS = 0.3
const NONE = 0.2
/** So many clients asking after the section was there are not chance. */
const STILL_ASKING = 5
/** The span on each side of a section's day, at most. */
const SPAN_DAYS = 90
/** Wordings of a theme that are compared. */
const WORDINGS = 15

interface Asked {
  client_id: string
  day: string | null
}

/** Recomputes the table of gaps; returns how many themes stand in each state. */
export async function findGaps(database: Database): Promise<Record<GapState, number>> {
  const counts: Record<GapState, number> = { answered: 0, poor: 0, missing: 0, unsure: 0 }
  const pages = await database.query<Row<'pages'>>(sql`select * from pages order by page_id`)
  const match = createMatcher(await toEntries(database, pages))
  const byId = new Map(pages.map(page => [page.page_id, page]))
  const themes = await database.query<{ theme_id: string; label: string }>(
    sql`select theme_id, label from themes where kind = 'question' and alias_of is null and hidden = 0 order by theme_id`,
  )
  const [wordings, askers, span] = [
    await readWordings(database),
    await readAsked(database),
    await readSpan(database),
  ]
  const rows: Row<'gaps'>[] = []
  for (const { theme_id, label } of themes) {
    const texts = [label, ...(wordings.get(theme_id) ?? [])]
    const nearest = nearestSection(texts.map(text => match(text, pages.length).ranked))
    const asked = askers.get(theme_id) ?? []
    const page = nearest && nearest.score >= NONE ? byId.get(nearest.answer)! : null
    const change =
      page?.published_at && span ? await compareAround(database, asked, page.published_at, span) : null
    const after = page === null ? 0 : clientsSince(asked, page.published_at)
    const faded = change !== null && hasFaded(change)
    const state: GapState =
      pages.length === 0 || nearest === null || nearest.score < NONE
        ? 'missing'
        : nearest.score < ANSWERS
          ? 'unsure'
          : after >= STILL_ASKING && !faded
            ? 'poor'
            : 'answered'
    counts[state]++
    rows.push({
      theme_id,
      state,
      page_id: nearest?.answer ?? null,
      score: nearest === null ? null : Math.round(nearest.score * 1000) / 1000,
      clients: new Set(asked.map(row => row.client_id)).size,
      asked_after: after,
      before_clients: change?.before_clients ?? null,
      before_of: change?.before_of ?? null,
      after_clients: change?.after_clients ?? null,
      after_of: change?.after_of ?? null,
      faded: faded ? 1 : 0,
    })
  }
  await database.transaction(async connection => {
    await connection.run(sql`delete from gaps`)
    if (rows[0]) await connection.upsert('gaps', Object.keys(rows[0]) as (keyof Row<'gaps'>)[], rows)
  })
  return counts
}

async function toEntries(database: Connection, pages: readonly Row<'pages'>[]): Promise<FaqEntry[]> {
  const confirmed = await database.query<Row<'page_phrasings'>>(
    sql`select page_id, text from page_phrasings order by 1, 2`,
  )
  return pages.map(({ page_id, heading, text }) => ({
    id: page_id,
    text: heading ?? '',
    phrasings: [
      ...text.split(/(?<=[.!?])\s+|\n+/).filter(sentence => sentence.trim() !== ''),
      ...confirmed.filter(row => row.page_id === page_id).map(row => row.text),
    ],
  }))
}

/** The section with the highest mean likeness over a theme's wordings. */
export function nearestSection(
  rankings: readonly (readonly { answer: string; score: number }[])[],
): { answer: string; score: number } | null {
  const sums = new Map<string, number>()
  for (const ranking of rankings)
    for (const { answer, score } of ranking) sums.set(answer, (sums.get(answer) ?? 0) + score)
  const best = [...sums].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]
  return best ? { answer: best[0], score: best[1] / rankings.length } : null
}

/** The most central wordings of each theme. */
async function readWordings(database: Connection): Promise<Map<string, string[]>> {
  const rows = await database.query<{ theme_id: string; text: string; span_from: number; span_to: number }>(
    sql`select m.theme_id, u.text, m.span_from, m.span_to from (
        select theme_id, client_id, conversation_id, n, span_from, span_to, row_number() over
          (partition by theme_id order by score desc, client_id, conversation_id, n, span_from) as place
        from mentions where kind = 'question' and theme_id is not null) m
      join utterances u on u.client_id = m.client_id and u.conversation_id = m.conversation_id and u.n = m.n
      where m.place <= ${WORDINGS} order by m.theme_id, m.place`,
  )
  const wordings = new Map<string, string[]>()
  for (const { theme_id, text, span_from, span_to } of rows)
    wordings.set(theme_id, [...(wordings.get(theme_id) ?? []), text.slice(span_from, span_to)])
  return wordings
}

/** Who asked for each theme, and when. */
async function readAsked(database: Connection): Promise<Map<string, Asked[]>> {
  const rows = await database.query<Asked & { theme_id: string }>(
    sql`select distinct theme_id, client_id, day from mentions where kind = 'question' and theme_id is not null`,
  )
  return Map.groupBy(rows, row => row.theme_id)
}

/** Clients who asked on the section's day or later; all of them where its day is not known. */
function clientsSince(asked: readonly Asked[], published: string | null): number {
  const since = asked.filter(row => published === null || (row.day !== null && row.day >= published))
  return new Set(since.map(row => row.client_id)).size
}

/** First and last day of conversations. */
async function readSpan(database: Connection): Promise<{ first: string; last: string } | null> {
  const [row] = await database.query<{ first: string | null; last: string | null }>(
    sql`select min(day) as first, max(day) as last from conversations`,
  )
  return row?.first && row.last ? { first: row.first, last: row.last } : null
}

export interface Change {
  before_clients: number
  before_of: number
  after_clients: number
  after_of: number
}

/** Who asked and who got in touch, in equal spans before and after a day; null when a side has no days. */
async function compareAround(
  database: Connection,
  asked: readonly Asked[],
  day: string,
  { first, last }: { first: string; last: string },
): Promise<Change | null> {
  const days = Math.min(SPAN_DAYS, daysBetween(first, day), daysBetween(day, last) + 1)
  if (days < 7) return null
  const spans = [
    [addDays(day, -days), addDays(day, -1)],
    [day, addDays(day, days - 1)],
  ] as const
  const [before, after] = await Promise.all(
    spans.map(async ([from, to]) => {
      const [row] = await database.query<{ n: number }>(
        sql`select count(distinct client_id) as n from conversations where day between ${from} and ${to}`,
      )
      const clients = asked.filter(one => one.day !== null && one.day >= from && one.day <= to)
      return { clients: new Set(clients.map(one => one.client_id)).size, of: row!.n }
    }),
  )
  return {
    before_clients: before!.clients,
    before_of: before!.of,
    after_clients: after!.clients,
    after_of: after!.of,
  }
}

/** Whether the share of clients asking fell beyond chance (two-sided 5 %). */
export function hasFaded({ before_clients, before_of, after_clients, after_of }: Change): boolean {
  if (before_of === 0 || after_of === 0 || after_clients / after_of >= before_clients / before_of)
    return false
  return compareShares(before_clients, before_of, after_clients, after_of) < 0.05
}
