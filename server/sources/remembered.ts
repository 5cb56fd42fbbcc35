/** What a person said of a file's columns, kept by its header, so that the next file of the kind asks nothing. */
import { sha256 } from '../lib/hash.ts'
import type { Connection, Database } from '../store/database.ts'
import type { Row } from '../store/schema.ts'
import { sql } from '../store/sql.ts'
import { kinds, normaliseHeader } from './mapping.ts'
import { type DataKind, dataKinds } from './source.ts'

export interface Said {
  kind: DataKind
  map: ReadonlyMap<string, string>
}

export interface Remembered {
  /** What was said last of a header of these columns, in any order; null when nothing was. */
  find(headers: readonly string[]): Said | null
}

/** The same columns have the same hash, whatever their order. */
function hashOfHeader(headers: readonly string[]): string {
  const names = headers.map(normaliseHeader).filter(name => name !== '')
  return sha256(JSON.stringify(names.sort())).slice(0, 32)
}

/** Reads all that was said; a few hundred headers at most in a company's life. */
export async function readRemembered(connection: Connection): Promise<Remembered> {
  const rows = await connection.query<Row<'column_mappings'>>(
    sql`select * from app.column_mappings order by made_at`,
  )
  const byHash = new Map<string, Said>()
  for (const { header_hash, kind, mapping } of rows) {
    if (!(dataKinds as readonly string[]).includes(kind)) continue
    const fields = kinds[kind as DataKind].fields
    const said = Object.entries(JSON.parse(mapping) as Record<string, string>)
    // A field that a later version does not have any more is nobody's wish.
    const map = new Map(said.filter(([, field]) => field === '' || field === 'turns' || field in fields))
    byHash.set(header_hash, { kind: kind as DataKind, map })
  }
  return { find: headers => (byHash.size === 0 ? null : (byHash.get(hashOfHeader(headers)) ?? null)) }
}

/** Keeps what was said of a header. */
export async function remember(
  database: Database,
  headers: readonly string[],
  { kind, map }: Said,
  moment: string,
): Promise<void> {
  await database.transaction(async connection => {
    const header_hash = hashOfHeader(headers)
    // The last word stands, also on what the rows are.
    await connection.run(sql`delete from app.column_mappings where header_hash = ${header_hash}`)
    const mapping = JSON.stringify(Object.fromEntries(map))
    await connection.upsert(
      'column_mappings',
      ['header_hash', 'kind', 'mapping', 'made_at'],
      [{ header_hash, kind, mapping, made_at: moment }],
    )
  })
}
