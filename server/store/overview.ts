/** What is loaded: rows and days by table. Counted again only when a table changed. */
import type { Database } from './database.ts'
import { readableTables, type TableName, tables } from './schema.ts'
import { raw, sql } from './sql.ts'

export interface TableOverview {
  name: TableName
  rows: number
  /** First and last day, where the table is dated. */
  from: string | null
  to: string | null
}

/** Tables whose days say how far the facts reach. */
const DATED = ['deals', 'conversations', 'visits', 'spend'] as const

/** Tables that keep the books of the others. */
const INNER = new Set<TableName>([
  'table_versions',
  'theme_edits',
  'origins',
  'page_phrasings',
  'persona_edits',
  'faq_edits',
  'persona_traits',
])

export interface Overview {
  /** The last day that the facts know; null while there are none. */
  today(): Promise<string | null>
  /** All tables that a notebook may read, but for the ones that keep the books. */
  tables(): Promise<TableOverview[]>
}

/** Keeps what it counted with the versions of the tables it was counted over. */
export function createOverview(database: Database): Overview {
  let lastDay: { stamp: string; day: string | null } | undefined
  const counted = new Map<TableName, { version: number; overview: TableOverview }>()
  return {
    today: async () => {
      const versions = await database.versions()
      const stamp = DATED.map(name => versions.get(name) ?? 0).join(' ')
      if (lastDay?.stamp !== stamp) lastDay = { stamp, day: await readLastDay(database) }
      return lastDay.day
    },
    tables: async () => {
      const versions = await database.versions()
      const names = readableTables.filter(name => !INNER.has(name))
      return Promise.all(
        names.map(async name => {
          const version = versions.get(name) ?? 0
          const known = counted.get(name)
          if (known?.version === version) return known.overview
          const overview = await countTable(database, name)
          counted.set(name, { version, overview })
          return overview
        }),
      )
    },
  }
}

/** The last day of any dated fact; each table's comes from its index. */
async function readLastDay(database: Database): Promise<string | null> {
  const days = await Promise.all(
    DATED.map(name => database.query<{ day: string | null }>(sql`select max(day) as day from ${raw(name)}`)),
  )
  return days
    .map(([row]) => row!.day)
    .reduce((last, day) => (day !== null && day > (last ?? '') ? day : last), null)
}

async function countTable(database: Database, name: TableName): Promise<TableOverview> {
  const dated = 'day' in tables[name].columns
  const range = raw(dated ? 'min(day) as first, max(day) as last' : 'null as first, null as last')
  const [row] = await database.query<{ rows: number; first: string | null; last: string | null }>(
    sql`select count(*) as rows, ${range} from ${raw(name)}`,
  )
  return { name, rows: row!.rows, from: row!.first, to: row!.last }
}
