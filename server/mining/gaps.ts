/**
 * Question themes against the landing page and FAQ: answered, answered poorly, missing, or unsure. A theme is compared by
 * several of its clients' wordings, a section by its heading, its sentences and the wordings that people confirmed.
 */
import { addDays, daysBetween } from '../lib/dates.ts'
import { compareShares } from '../lib/statistics.ts'
import type { Connection, Database } from '../store/database.ts'
import type { Row, TableName } from '../store/schema.ts'
import { sql } from '../store/sql.ts'
import type { FaqEntry } from './match.ts'
import { type AskedTheme, type Nearest, nearestByWords, nearestSections } from './nearest-sections.ts'
import { readState, writeState } from './state.ts'

export type GapState = 'answered' | 'poor' | 'missing' | 'unsure'

/** A section at least this like the question answers it; one less like than NONE does not; between, we can't say. */
const ANSWERS = 0.5
const NONE = 0.3
/** Still asking: so many clients since the section was there, and so large a share of those who got in touch since. */
const STILL_CLIENTS = 5
const STILL_SHARE = 0.03
/** The span on each side of a section's day, at most, and what says nothing yet. */
const SPAN_DAYS = 90
const LEAST_DAYS = 7
/** Wordings of a theme that are compared. */
const WORDINGS = 15
/** When more than this share of themes is new, all are compared anew. */
const NEW_SHARE = 0.05

interface Asked {
  client_id: string
  day: string | null
}

/** Brings the table of gaps up to date; does nothing when no theme, mention or page changed. */
export async function findGaps(database: Database): Promise<void> {
  const versions = await database.versions()
  const stampOf = (names: readonly TableName[]) => names.map(name => versions.get(name) ?? 0).join(' ')
  const [all, pagesOnly] = [stampOf(['themes', 'mentions', ...PAGES]), stampOf(PAGES)]
  const before = await readState<{ all: string; pages: string }>(database, 'gaps')
  if (before?.all === all) return
  const pages = await database.query<Row<'pages'>>(sql`select * from pages order by page_id`)
  const themes = await readThemes(database)
  const nearest = await compare(database, themes, pages, before?.pages !== pagesOnly)
  const rows = await toRows(database, themes, pages, nearest)
  await database.transaction(async connection => {
    await connection.run(sql`delete from gaps`)
    if (rows[0]) await connection.upsert('gaps', Object.keys(rows[0]) as (keyof Row<'gaps'>)[], rows)
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
  const kept = new Map(
    known.flatMap(row =>
      row.page_id === null ? [] : [[row.theme_id, { page: row.page_id, score: row.score ?? 0 }] as const],
    ),
  )
  const fresh = themes.filter(theme => !kept.has(theme.id))
  if (changed || fresh.length > NEW_SHARE * themes.length) return nearestSections(themes, sections)
  return new Map([...kept, ...nearestByWords(fresh, sections)])
}

async function toRows(
  database: Database,
  themes: readonly AskedTheme[],
  pages: readonly Row<'pages'>[],
  nearest: ReadonlyMap<string, Nearest>,
): Promise<Row<'gaps'>[]> {
  const byId = new Map(pages.map(page => [page.page_id, page]))
  const [askers, contacts] = [await readAsked(database), countContacts(await readContacts(database))]
  return themes.map(({ id }) => {
    const near = nearest.get(id) ?? null
    const asked = askers.get(id) ?? []
    const page = near && near.score >= NONE ? byId.get(near.page)! : null
    const change = page?.published_at ? compareAround(asked, contacts, page.published_at) : null
    const faded = change !== null && hasFaded(change)
    const after = page === null ? 0 : clientsSince(asked, page.published_at)
    const stillAsk =
      after >= STILL_CLIENTS && after >= STILL_SHARE * contacts.since(page?.published_at ?? null)
    const state: GapState =
      near === null || near.score < NONE
        ? 'missing'
        : near.score < ANSWERS
          ? 'unsure'
          : stillAsk && !faded
            ? 'poor'
            : 'answered'
    return {
      theme_id: id,
      state,
      page_id: near?.page ?? null,
      score: near === null ? null : Math.round(near.score * 1000) / 1000,
      clients: new Set(asked.map(row => row.client_id)).size,
      asked_after: after,
      before_clients: change?.before_clients ?? null,
      before_of: change?.before_of ?? null,
      after_clients: change?.after_clients ?? null,
      after_of: change?.after_of ?? null,
      faded: faded ? 1 : 0,
    }
  })
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

/** Who got in touch, and on which days. */
const readContacts = (database: Connection) =>
  database.query<Asked>(sql`select distinct client_id, day from conversations where day is not null`)

export interface Change {
  before_clients: number
  before_of: number
  after_clients: number
  after_of: number
}

interface Contacts {
  /** Clients who got in touch on a day or later; all of them for null. */
  since(day: string | null): number
  /** Equal spans before and after a day, and who got in touch in each; null when a side has no days. */
  around(day: string): { before: Span; after: Span } | null
}

interface Span {
  from: string
  to: string
  of: number
}

/** Counts for a section's day once, however many themes are near to sections of that day. */
function countContacts(contacts: readonly Asked[]): Contacts {
  const days = contacts.map(contact => contact.day!)
  const first = days.reduce((a, b) => (b < a ? b : a), '9999-12-31')
  const last = days.reduce((a, b) => (b > a ? b : a), '0001-01-01')
  const toSpan = (from: string, to: string): Span => ({ from, to, of: clientsWithin(contacts, from, to) })
  return {
    since: remember((day: string | null) => clientsSince(contacts, day)),
    around: remember((day: string) => {
      // A day before the first contact or after the last has nothing on one of its sides.
      if (day <= first || day > last) return null
      const span = Math.min(SPAN_DAYS, daysBetween(first, day), daysBetween(day, last) + 1)
      if (span < LEAST_DAYS) return null
      return {
        before: toSpan(addDays(day, -span), addDays(day, -1)),
        after: toSpan(day, addDays(day, span - 1)),
      }
    }),
  }
}

function remember<K, V>(make: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>()
  return key => {
    if (!known.has(key)) known.set(key, make(key))
    return known.get(key)!
  }
}

function clientsWithin(rows: readonly Asked[], from: string, to: string): number {
  const within = rows.filter(row => row.day !== null && row.day >= from && row.day <= to)
  return new Set(within.map(row => row.client_id)).size
}

/** Who asked and who got in touch, in equal spans before and after a day; null when a side has no days. */
function compareAround(asked: readonly Asked[], contacts: Contacts, day: string): Change | null {
  const around = contacts.around(day)
  if (around === null) return null
  const { before, after } = around
  return {
    before_clients: clientsWithin(asked, before.from, before.to),
    before_of: before.of,
    after_clients: clientsWithin(asked, after.from, after.to),
    after_of: after.of,
  }
}

/** Whether the share of clients asking fell beyond chance (two-sided 5 %). */
export function hasFaded({ before_clients, before_of, after_clients, after_of }: Change): boolean {
  if (before_of === 0 || after_of === 0 || after_clients / after_of >= before_clients / before_of)
    return false
  return compareShares(before_clients, before_of, after_clients, after_of) < 0.05
}
