/** Runs the import as the command line does, and looks at what it left. */
import { PassThrough } from 'node:stream'
import { dispatch } from '../../server/cli/dispatch.ts'
import type { ImportSummary } from '../../server/sources/session.ts'
import type { Database } from '../../server/store/database.ts'
import type { DatabaseSettings } from '../../server/store/open.ts'
import { qualified } from '../../server/store/rows.ts'
import { type TableName, tables } from '../../server/store/schema.ts'
import { raw } from '../../server/store/sql.ts'

export interface Ran {
  code: number
  out: string
  err: string
  /** One a file that was taken. */
  summaries: ImportSummary[]
}

/** `import ARGS --json` in a database of its own or one given. */
export async function runImport(settings: DatabaseSettings, ...args: string[]): Promise<Ran> {
  const said = { out: '', err: '' }
  const sink = (key: 'out' | 'err') => {
    const stream = new PassThrough()
    stream.on('data', chunk => {
      said[key] += chunk
    })
    return stream
  }
  const code = await dispatch(['import', ...args, '--json'], {
    environment: { VERBATIM_DATA: settings.dataDir, VERBATIM_DATABASE: settings.database },
    signal: new AbortController().signal,
    stdin: new PassThrough(),
    stdout: sink('out'),
    stderr: sink('err'),
  })
  const summaries = said.out
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as ImportSummary)
  return { code, ...said, summaries }
}

/** What differs from import to import though the facts are the same. */
const PASSING = new Set(['revision', 'import_id', 'made_at', 'started_at_import', 'finished_at', 'alias'])
const LEFT_OUT = new Set<TableName>([
  'imports',
  'table_versions',
  'blocks',
  'settings',
  'cell_cache',
  'mining_state',
])

/** Every row of every table that an import writes, sorted, as texts; without what differs from import to import. */
export async function dump(database: Database): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const name of Object.keys(tables) as TableName[]) {
    if (LEFT_OUT.has(name)) continue
    const rows = await database.query<Record<string, unknown>>(raw(`select * from ${qualified(name)}`))
    if (rows.length === 0) continue
    found[name] = rows
      .map(row => {
        // Databases give columns in an order of their own.
        const kept = Object.entries(row).filter(([column]) => !PASSING.has(column))
        return JSON.stringify(Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1))))
      })
      .sort()
  }
  return found
}

/** How many rows each table has. */
export async function rowCounts(database: Database): Promise<Record<string, number>> {
  const found = await dump(database)
  return Object.fromEntries(Object.entries(found).map(([name, rows]) => [name, rows.length]))
}
