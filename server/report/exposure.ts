/** What a reader of a shared report will see, for its author to confirm: counted in the finished page itself. */
import type { Output } from '../notebook/output.ts'
import type { RunResult } from '../notebook/run.ts'
import type { Connection } from '../store/database.ts'
import { inList } from '../store/lists.ts'
import { readRefused } from '../store/people.ts'
import { sql } from '../store/sql.ts'
import { personalKindsIn } from './masking.ts'

export interface Exposure {
  quotes: number
  /** Distinct clients behind the quotes, shown by their numbers. */
  clients: number
  tables: number
  rows: number
  charts: number
  /** Parts of the report that could not be made. */
  problems: number
  /** Personal data that masking has hidden, by kind. */
  hidden: Record<string, number>
  /** Personal data that is on the page all the same, by kind; empty as it should be. */
  raw: Record<string, number>
}

/** Counts what a run shows. `page` is its rendered report. */
export async function measureExposure(
  run: RunResult,
  page: string,
  hidden: ReadonlyMap<string, number>,
  database: Connection,
): Promise<Exposure> {
  const outcomes = [...run.outcomes.values()]
  const outputs = outcomes.flatMap<Output>(outcome => ('result' in outcome ? outcome.result.outputs : []))
  const all = outputs.flatMap(output =>
    output.type === 'insight' ? output.claims.flatMap(claim => claim.quotes) : [],
  )
  const refused = await readRefused(database, [...new Set(all.map(({ alias }) => alias))])
  const quotes = all.filter(({ alias }) => !refused.has(alias))
  const tables = outputs.flatMap(output => (output.type === 'table' ? [output.table] : []))
  return {
    quotes: quotes.length,
    clients: new Set(quotes.map(quote => quote.alias)).size,
    tables: tables.length,
    rows: tables.reduce((sum, table) => sum + table.rows.length, 0),
    charts: outputs.filter(output => output.type === 'chart').length,
    problems: outcomes.filter(outcome => !('result' in outcome)).length,
    hidden: Object.fromEntries(hidden),
    raw: await scanPage(page, database),
  }
}

/**
 * Personal data in a page that people read: what looks like it, and contacts of clients that are known by name, phone or
 * e-mail. Counted by kind (`email`, `phone`, `card`, … and `name`); of what was found nothing is returned.
 */
export async function scanPage(page: string, database: Connection): Promise<Record<string, number>> {
  const text = readableText(page)
  const found = new Map<string, number>()
  // A table or a chart in two sizes says the same more than once.
  for (const line of new Set(text.split('\n').map(part => part.trim())))
    for (const kind of personalKindsIn(line)) found.set(kind, (found.get(kind) ?? 0) + 1)
  const names = await knownNames(text, database)
  if (names > 0) found.set('name', Math.max(names, found.get('name') ?? 0))
  return Object.fromEntries(found)
}

/** Attributes that a person may read or hear, and text; each on a line of its own, so that no two run together. */
function readableText(page: string): string {
  // Intervals are figures of the program's own; one of many digits would pass for a telephone.
  const body = page
    .replace(/<style>[\s\S]*?<\/style>/g, '')
    .replace(/<span class="vb-range"[^>]*>[^<]*<\/span>/g, '\n')
  const attributes = [...body.matchAll(/\s(?:aria-label|title|alt|href|value)="([^"]*)"/g)].map(
    match => match[1]!,
  )
  return [body.replace(/<[^>]*>/g, '\n'), ...attributes]
    .join('\n')
    .replace(/&(?:#x?[\da-f]+|[a-z]+);/gi, entity => ENTITIES[entity] ?? ' ')
}

const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
}

/** Two or three words in a row that begin with a capital. */
const FULL_NAME = /(?=(\p{Lu}[\p{L}-]+ \p{Lu}[\p{L}-]+(?: \p{Lu}[\p{L}-]+)?))/gu

/** How many clients' full names, as the source system writes them, stand in a text. */
async function knownNames(text: string, database: Connection): Promise<number> {
  const candidates = new Set<string>()
  for (const [, name] of text.matchAll(FULL_NAME)) {
    const words = name!.split(' ')
    candidates.add(name!)
    candidates.add(words.slice(0, 2).join(' '))
  }
  if (candidates.size === 0) return 0
  const [row] = await database.query<{ n: number }>(
    sql`select count(distinct name) as n from app.client_contacts where name in ${inList(database, [...candidates])}`,
  )
  return row!.n
}
