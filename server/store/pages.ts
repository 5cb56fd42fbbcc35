/** Sections of the landing pages and the FAQ, as people edit them. */
import type { Connection, Database } from './database.ts'
import { inList } from './lists.ts'
import { type Row, tables } from './schema.ts'
import { sql } from './sql.ts'

export type PageRow = Row<'pages'>

/** All sections, page by page, in the order of their places. */
export function readPages(connection: Connection): Promise<PageRow[]> {
  return connection.query(sql`select * from pages order by coalesce(url, ''), kind, position, page_id`)
}

export async function readPage(connection: Connection, id: string): Promise<PageRow | null> {
  const [row] = await connection.query<PageRow>(sql`select * from pages where page_id = ${id}`)
  return row ?? null
}

/** Adds or changes sections. */
export async function writePages(connection: Connection, rows: readonly PageRow[]): Promise<void> {
  await connection.upsert('pages', Object.keys(tables.pages.columns) as (keyof PageRow)[], rows)
}

/** Removes a section with the wordings that were confirmed for it. Returns whether it was there. */
export function deletePage(database: Database, id: string): Promise<boolean> {
  return database.transaction(async connection => {
    await connection.run(sql`delete from page_phrasings where page_id = ${id}`)
    return (await connection.run(sql`delete from pages where page_id = ${id}`)) > 0
  })
}

/** Puts sections into an order: the first named gets the first place of those that they have. Returns how many are there. */
export function orderPages(database: Database, ids: readonly string[]): Promise<number> {
  return database.transaction(async connection => {
    const rows = await connection.query<PageRow>(
      sql`select * from pages where page_id in ${inList(connection, ids)}`,
    )
    const known = new Map(rows.map(row => [row.page_id, row]))
    const wanted = [...new Set(ids)].flatMap(id => known.get(id) ?? [])
    await writePages(
      connection,
      wanted.map((row, i) => ({ ...row, position: i + 1 })),
    )
    return wanted.length
  })
}
