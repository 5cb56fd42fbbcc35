/**
 * What changed for clients when a section of a page came: of all the themes that it is about, taken together, how many
 * asked before and how many since. One question in many wordings may be several themes; together they tell.
 */
import type { Connection, Database } from '../store/database.ts'
import type { Row } from '../store/schema.ts'
import { sql } from '../store/sql.ts'
import { countAskersOfAny, type Days } from './askers.ts'
import { hasFaded } from './faded.ts'
import type { Nearest } from './nearest-sections.ts'

export interface PageChanges {
  changes: Row<'page_changes'>[]
  /** Of every section with a day, whether its change can be told yet or not. */
  themes: Row<'page_change_themes'>[]
}

/** Changes of the sections on both sides of whose day clients got in touch; `nearest` says which themes they are about. */
export async function findPageChanges(
  database: Database,
  pages: readonly Row<'pages'>[],
  nearest: ReadonlyMap<string, Nearest>,
  { spans, contacts }: Days,
): Promise<PageChanges> {
  const found: PageChanges = { changes: [], themes: [] }
  for (const { page_id, published_at: day } of pages) {
    if (day === null) continue
    const about = [...nearest]
      .filter(([, near]) => near.about.includes(page_id))
      .sort(([a, x], [b, y]) => y.score - x.score || (a < b ? -1 : 1))
      .map(([theme]) => theme)
    found.themes.push(...about.map((theme_id, n) => ({ page_id, theme_id, n })))
    const of = contacts.get(day)
    if (about.length === 0 || !of?.before || !of.after) continue
    const asked = await countAskersOfAny(database, about, day, spans.get(day))
    const change = {
      before_clients: asked.before ?? 0,
      before_of: of.before,
      after_clients: asked.after ?? 0,
      after_of: of.after,
    }
    found.changes.push({ page_id, day, ...change, faded: hasFaded(change) ? 1 : 0 })
  }
  return found
}

/** Puts changes in the place of what stood. */
export async function writePageChanges(
  connection: Connection,
  { changes, themes }: PageChanges,
): Promise<void> {
  await connection.run(sql`delete from page_changes`)
  await connection.run(sql`delete from page_change_themes`)
  if (changes[0])
    await connection.upsert('page_changes', Object.keys(changes[0]) as (keyof Row<'page_changes'>)[], changes)
  await connection.upsert('page_change_themes', ['page_id', 'theme_id', 'n'], themes)
}

/** Sections that were found to be about each theme. */
export async function readAbout(database: Connection): Promise<Map<string, string[]>> {
  const rows = await database.query<{ page_id: string; theme_id: string }>(
    sql`select page_id, theme_id from page_change_themes order by page_id, theme_id`,
  )
  const about = new Map<string, string[]>()
  for (const { theme_id, page_id } of rows) about.set(theme_id, [...(about.get(theme_id) ?? []), page_id])
  return about
}
