import { Hono } from 'hono'
import type { Status } from './contract.ts'
import type { AppParts } from './parts.ts'

/** What is loaded, how fresh, and under which settings. */
export async function readStatus({
  config,
  version,
  database,
  overview,
  mining,
}: Pick<AppParts, 'config' | 'version' | 'database' | 'overview' | 'mining'>): Promise<Status> {
  const [today, tables, mined] = await Promise.all([overview.today(), overview.tables(), mining()])
  const books = new Set(['imports', 'rejects'])
  return {
    version,
    language: config.language,
    currency: config.currency,
    timeZone: config.timeZone,
    database: database.dialect,
    today,
    empty: tables.every(({ name, rows }) => rows === 0 || books.has(name)),
    tables,
    mining: mined,
  }
}

export function statusRoutes(parts: AppParts): Hono {
  return new Hono().get('/', async c => c.json(await readStatus(parts)))
}
