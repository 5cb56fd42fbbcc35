/** Rows of app.editions and their pages. An edition appears whole, in one transaction, or not at all. */
import type { Connection, Database } from './database.ts'
import { inList } from './lists.ts'
import type { Row } from './schema.ts'
import { type Sql, sql } from './sql.ts'

export type EditionRow = Row<'editions'>
export type EditionPageRow = Row<'edition_pages'>

const COLUMNS = [
  'edition_id',
  'notebook',
  'number',
  'title',
  'language',
  'inputs',
  'cause',
  'made_at',
  'made_ms',
  'made_by',
  'data_to',
  'exposed',
  'figures',
  'changes',
  'approved_at',
  'approved_by',
  'etag',
  'policy',
  'bytes',
] as const
const PAGE_COLUMNS = ['edition_id', 'gzip', 'brotli', 'snapshot'] as const

/** The number that the next edition of a notebook gets; those of pruned ones are not given again. */
export async function nextNumber(database: Connection, notebook: string): Promise<number> {
  const [row] = await database.query<{ last: number }>(
    sql`select last from app.edition_numbers where notebook = ${notebook}`,
  )
  return (row?.last ?? 0) + 1
}

/**
 * Adds an edition with its page, and does what belongs to it, in one transaction. Returns false, with nothing changed, when
 * another took its number meanwhile.
 */
export function insertEdition(
  database: Database,
  edition: EditionRow,
  page: EditionPageRow,
  also: (connection: Connection) => Promise<unknown>,
): Promise<boolean> {
  const { notebook, number } = edition
  return database.transaction(async connection => {
    const taken = await connection.run(
      sql`insert into app.edition_numbers (notebook, last) values (${notebook}, ${number})
        on conflict (notebook) do update set last = excluded.last where edition_numbers.last = excluded.last - 1`,
    )
    if (taken === 0) return false
    await connection.upsert('editions', COLUMNS, [edition])
    await connection.upsert('edition_pages', PAGE_COLUMNS, [page])
    await also(connection)
    return true
  })
}

const listed = (where: Sql) => sql`select * from app.editions ${where} order by notebook, number desc`

/** The newest of each notebook first. */
export function readEditions(database: Connection, notebook: string | null): Promise<EditionRow[]> {
  return database.query(listed(notebook === null ? sql`` : sql`where notebook = ${notebook}`))
}

export async function readEdition(database: Connection, id: string): Promise<EditionRow | null> {
  const [row] = await database.query<EditionRow>(sql`select * from app.editions where edition_id = ${id}`)
  return row ?? null
}

/** The latest of a notebook with these inputs; the latest approved one if wanted. */
export async function readLatestEdition(
  database: Connection,
  { notebook, inputs, approved }: { notebook: string; inputs: string; approved: boolean },
): Promise<EditionRow | null> {
  const only = approved ? sql`and approved_at is not null` : sql``
  const [row] = await database.query<EditionRow>(
    sql`select * from app.editions where notebook = ${notebook} and inputs = ${inputs} ${only}
      order by number desc limit 1`,
  )
  return row ?? null
}

export async function readEditionPage(
  database: Connection,
  id: string,
): Promise<Pick<EditionPageRow, 'gzip' | 'brotli'> | null> {
  const [row] = await database.query<EditionPageRow>(
    sql`select gzip, brotli from app.edition_pages where edition_id = ${id}`,
  )
  return row ?? null
}

export async function readEditionSnapshot(database: Connection, id: string): Promise<string | null> {
  const [row] = await database.query<{ snapshot: string }>(
    sql`select snapshot from app.edition_pages where edition_id = ${id}`,
  )
  return row?.snapshot ?? null
}

/** Sets or takes back an approval (null). Returns whether the edition is there. */
export async function approveEdition(
  database: Connection,
  id: string,
  approval: { at: string; by: string | null } | null,
): Promise<boolean> {
  const changed = await database.run(
    sql`update app.editions set approved_at = ${approval?.at ?? null}, approved_by = ${approval?.by ?? null}
      where edition_id = ${id}`,
  )
  return changed > 0
}

export interface PruneRule {
  notebook: string
  /** Canonical JSON; null: of all inputs. */
  inputs: string | null
  /** How many of the newest stay; null: any number. */
  keepLast: number | null
  /** Those made before go, in milliseconds since 1970; null: none by age. */
  before: number | null
}

/**
 * Deletes editions by a rule: those beyond the newest N, and those older. Never the newest of its inputs, the latest
 * approved one, one that a link opens by itself, or one that is about to be sent. Returns the ids.
 */
export async function pruneEditions(
  connection: Connection,
  { notebook, inputs, keepLast, before }: PruneRule,
  nowMs: number,
): Promise<string[]> {
  const rows = await connection.query<
    Pick<EditionRow, 'edition_id' | 'inputs' | 'made_ms' | 'approved_at'> & { held: number }
  >(
    sql`select edition_id, inputs, made_ms, approved_at,
        (select count(*) from app.shares s where s.edition_id = e.edition_id and s.revoked_at is null
          and (s.expires_ms is null or s.expires_ms > ${nowMs}))
        + (select count(*) from app.deliveries d where d.edition_id = e.edition_id and d.state = 'waiting') as held
      from app.editions e where notebook = ${notebook} ${inputs === null ? sql`` : sql`and inputs = ${inputs}`}
      order by number desc`,
  )
  const places = new Map<string, number>()
  const approved = new Set<string>()
  const gone = rows.filter(row => {
    const place = places.get(row.inputs) ?? 0
    places.set(row.inputs, place + 1)
    const isLatestApproved = row.approved_at !== null && !approved.has(row.inputs)
    if (row.approved_at !== null) approved.add(row.inputs)
    if (place === 0 || isLatestApproved || row.held > 0) return false
    return (keepLast !== null && place >= keepLast) || (before !== null && row.made_ms < before)
  })
  const ids = gone.map(row => row.edition_id)
  await deleteEditions(connection, ids)
  return ids
}

/** Deletes editions with their pages. Returns how many there were. Call inside a transaction. */
export async function deleteEditions(connection: Connection, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0
  const which = inList(connection, ids)
  await connection.run(sql`delete from app.edition_pages where edition_id in ${which}`)
  return connection.run(sql`delete from app.editions where edition_id in ${which}`)
}

/** Where themes went that were merged into others: id -> the one that stands. */
export async function readMergedThemes(database: Connection): Promise<Map<string, string>> {
  const rows = await database.query<{ theme_id: string; alias_of: string }>(
    sql`select theme_id, alias_of from themes where alias_of is not null`,
  )
  return new Map(rows.map(row => [row.theme_id, row.alias_of]))
}
