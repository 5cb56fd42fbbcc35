/**
 * Question themes against the landing page and FAQ: answered, answered poorly, missing, or unsure. A theme is compared by
 * several of its clients' wordings, a section by its heading, its sentences and the wordings that people confirmed.
 */
import type { Connection, Database } from '../store/database.ts'
import type { Row, TableName } from '../store/schema.ts'
import { sql } from '../store/sql.ts'
import { type Counts, countAskers, type Day, type Days, readDays } from './askers.ts'
import { hasFaded } from './faded.ts'
import type { FaqEntry } from './match.ts'
import { type AskedTheme, type Nearest, nearestByWords, nearestSections } from './nearest-sections.ts'
import { findPageChanges, readAbout, writePageChanges } from './page-changes.ts'
import { readState, writeState } from './state.ts'

export type GapState = 'answered' | 'poor' | 'missing' | 'unsure'

/** A section at least this like the question answers it; one less like than NONE does not; between, we can't say. */
const ANSWERS = 0.5
const NONE = 0.3
/** Still asking: so many clients since the section was there, and so large a share of those who got in touch since. */
const STILL_CLIENTS = 5
const STILL_SHARE = 0.03
/** Wordings of a theme that are compared. */
const WORDINGS = 15
/** When more than this share of themes is new, all are compared anew. */
const NEW_SHARE = 0.05

/** Brings the table of gaps up to date; does nothing when no theme, mention, conversation or page changed. */
export async function findGaps(database: Database): Promise<void> {
  const versions = await database.versions()
  const stampOf = (names: readonly TableName[]) => names.map(name => versions.get(name) ?? 0).join(' ')
  const [all, pagesOnly] = [stampOf(['themes', 'mentions', 'conversations', ...PAGES]), stampOf(PAGES)]
  const before = await readState<{ all: string; pages: string }>(database, 'gaps')
  if (before?.all === all) return
  const pages = await database.query<Row<'pages'>>(sql`select * from pages order by page_id`)
  const themes = await readThemes(database)
  // Null: themes near to no section are counted without a day.
  const days = await readDays(database, [null, ...pages.map(page => page.published_at)])
  const nearest = await compare(database, themes, pages, before?.pages !== pagesOnly)
  const rows = await toRows(database, themes, pages, nearest, days)
  const changes = await findPageChanges(database, pages, nearest, days)
  await database.transaction(async connection => {
    await connection.run(sql`delete from gaps`)
    if (rows[0]) await connection.upsert('gaps', Object.keys(rows[0]) as (keyof Row<'gaps'>)[], rows)
    await writePageChanges(connection, changes)
    await writeState(connection, 'gaps', { all, pages: pagesOnly })
  })
}

const PAGES: readonly TableName[] = ['pages', 'page_phrasings']

/** What was compared before stands while the pages stand and few themes are new. */
async function compare(
  database: Database,
  themes: readonly AskedTheme[],
  pages: readonly Row<'pages'>[],
  changed: boolean,
): Promise<Map<string, Nearest>> {
  const sections = await toEntries(database, pages)
  const known = await database.query<Row<'gaps'>>(sql`select * from gaps`)
  const about = await readAbout(database)
  const kept = new Map<string, Nearest>(
    known.flatMap(({ theme_id, page_id, score }) =>
      page_id === null
        ? []
        : [[theme_id, { page: page_id, score: score ?? 0, about: about.get(theme_id) ?? [] }] as const],
    ),
  )
  const fresh = themes.filter(theme => !kept.has(theme.id))
  if (changed || fresh.length > NEW_SHARE * themes.length) {
    // Also those of whose day nothing can be said yet: calls of the days after come later.
    const watched = pages.filter(page => page.published_at !== null).map(page => page.page_id)
    return nearestSections(themes, sections, new Set(watched))
  }
  return new Map([...kept, ...nearestByWords(fresh, sections)])
}

async function toRows(
  database: Database,
  themes: readonly AskedTheme[],
  pages: readonly Row<'pages'>[],
  nearest: ReadonlyMap<string, Nearest>,
  { spans, contacts }: Days,
): Promise<Row<'gaps'>[]> {
  const published = new Map(pages.map(page => [page.page_id, page.published_at]))
  const dayOf = ({ id }: AskedTheme): Day => {
    const near = nearest.get(id)
    return near && near.score >= NONE ? (published.get(near.page) ?? null) : null
  }
  const byDay = Map.groupBy(themes, dayOf)
  const rows: Row<'gaps'>[] = []
  for (const [day, part] of byDay) {
    const ids = part.map(theme => theme.id)
    const asked = await countAskers(database, ids, day, spans.get(day))
    for (const id of ids)
      rows.push(toRow(id, nearest.get(id) ?? null, asked.get(id) ?? NOBODY, contacts.get(day)!))
  }
  return rows
}

const NOBODY: Counts = { all: 0, since: 0, before: 0, after: 0 }

function toRow(theme_id: string, near: Nearest | null, asked: Counts, contacts: Counts): Row<'gaps'> {
  const change =
    contacts.before === null || contacts.after === null
      ? null
      : {
          before_clients: asked.before ?? 0,
          before_of: contacts.before,
          after_clients: asked.after ?? 0,
          after_of: contacts.after,
        }
  const faded = change !== null && hasFaded(change)
  const answers = near !== null && near.score >= NONE
  const after = answers ? asked.since : 0
  const stillAsk = after >= STILL_CLIENTS && after >= STILL_SHARE * contacts.since
  const state: GapState = !answers
    ? 'missing'
    : near.score < ANSWERS
      ? 'unsure'
      : stillAsk && !faded
        ? 'poor'
        : 'answered'
  return {
    theme_id,
    state,
    page_id: near?.page ?? null,
    score: near === null ? null : Math.round(near.score * 1000) / 1000,
    clients: asked.all,
    asked_after: after,
    before_clients: change?.before_clients ?? null,
    before_of: change?.before_of ?? null,
    after_clients: change?.after_clients ?? null,
    after_of: change?.after_of ?? null,
    faded: faded ? 1 : 0,
  }
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

/** Themes that are shown, each with its label and most central wordings. */
async function readThemes(database: Connection): Promise<AskedTheme[]> {
  const themes = await database.query<{ theme_id: string; label: string }>(
    sql`select theme_id, label from themes where kind = 'question' and alias_of is null and hidden = 0 order by theme_id`,
  )
  const rows = await database.query<{ theme_id: string; text: string; span_from: number; span_to: number }>(
    sql`select m.theme_id, u.text, m.span_from, m.span_to from mentions m
      join utterances u on u.client_id = m.client_id and u.conversation_id = m.conversation_id and u.n = m.n
      where m.kind = 'question' and m.exemplar is not null and m.theme_id is not null
      order by m.theme_id, m.exemplar, m.client_id, m.conversation_id, m.n`,
  )
  const wordings = Map.groupBy(rows, row => row.theme_id)
  return themes.map(({ theme_id, label }) => ({
    id: theme_id,
    wordings: [
      label,
      ...(wordings.get(theme_id) ?? []).map(row => row.text.slice(row.span_from, row.span_to)),
    ].slice(0, WORDINGS),
  }))
}
