/**
 * Whose ids a file's are. A later export of the same CRM may lack the columns by which it was known, and a call list
 * names the deals of a CRM: then what is stored already tells, by some of the ids.
 */
import type { Connection } from '../store/database.ts'
import { inList } from '../store/lists.ts'
import { sql } from '../store/sql.ts'
import { systemNames, type TableMapping, UNKNOWN_SYSTEM } from './mapping.ts'
import type { Row, Systems } from './row.ts'

const prefixes = {
  deal_id: 'deal:',
  client_id: '',
  conversation_id: 'conversation:',
  visit_id: 'visit:',
} as const
type IdField = keyof typeof prefixes

/** The systems of a file's own ids, of the deals and of the clients that it names. `guess` is what its columns say. */
export async function findSystems(
  connection: Connection,
  guess: string,
  mapping: TableMapping,
  sample: readonly Row[],
): Promise<Systems> {
  const own: IdField | undefined = (['conversation_id', 'visit_id', 'deal_id', 'client_id'] as const).find(
    field => mapping.kind.needs.some(group => group.includes(field)),
  )
  const ask = (field: IdField, foreign: boolean) => findSystem(connection, guess, field, sample, foreign)
  return {
    own: own === undefined ? guess : await ask(own, false),
    deal: await ask('deal_id', own !== 'deal_id'),
    client: await ask('client_id', false),
  }
}

async function findSystem(
  connection: Connection,
  guess: string,
  field: IdField,
  sample: readonly Row[],
  foreign: boolean,
): Promise<string> {
  const ids = new Set(sample.flatMap(row => row.text(field) ?? []))
  if (ids.size === 0) return guess
  // An export that was recognised is that system's, unless its ids came before in one that was not.
  const others = guess === UNKNOWN_SYSTEM || foreign ? systemNames : [UNKNOWN_SYSTEM]
  const candidates = [...new Set([guess, ...others])]
  const keys = candidates.flatMap(system => [...ids].map(id => `${prefixes[field]}${system}:${id}`))
  const found = await connection.query<{ key: string }>(
    sql`select key from app.client_keys where key in ${inList(connection, keys)}`,
  )
  const hits = (system: string) =>
    found.filter(({ key }) => key.startsWith(`${prefixes[field]}${system}:`)).length
  if (hits(guess) > 0) return guess
  const best = candidates.reduce((a, b) => (hits(b) > hits(a) ? b : a))
  return hits(best) * 2 >= ids.size || (foreign && hits(best) > 0) ? best : guess
}
