/**
 * Which client a row belongs to. Every name by which a client was ever known (a system's id, a phone, an e-mail, a
 * deal) is kept in `client_keys` and leads to one client for good: the first name seen gives the client its id.
 */
import { createHmac, randomBytes } from 'node:crypto'
import type { Connection } from '../store/database.ts'
import { inList } from '../store/lists.ts'
import { sql } from '../store/sql.ts'
import type { RowFacts } from './facts.ts'

/** The secret that keeps a phone's hash from being turned back into the phone; made at first use, never leaves `app`. */
export async function readSecret(connection: Connection): Promise<string> {
  const find = () =>
    connection.query<{ value: string }>(sql`select value from app.settings where name = 'identity_secret'`)
  const [known] = await find()
  if (known) return known.value
  const made = randomBytes(32).toString('hex')
  await connection.upsert('settings', ['name', 'value'], [{ name: 'identity_secret', value: made }])
  return made
}

/** Keys with personal data in them are stored and shown hashed: facts must not give the phone away. */
export function hideKey(key: string, secret: string): string {
  const kind = /^(phone|email|visitor):/.exec(key)?.[1]
  return kind === undefined
    ? key
    : `${kind}:${createHmac('sha256', secret).update(key).digest('hex').slice(0, 16)}`
}

/**
 * The client of each row, in order; null where a row has none. Knows what the database and this very batch say, and
 * stores new keys and new clients' numbers.
 */
export async function resolveClients(
  connection: Connection,
  batch: readonly RowFacts[],
  secret: string,
): Promise<(string | null)[]> {
  const keysOf = batch.map(facts => {
    if (!facts.client) return []
    const keys = facts.client.keys.map(key => hideKey(key, secret))
    return facts.entity === null ? keys : [facts.entity, ...keys]
  })
  const wanted = [...new Set(keysOf.flat())]
  const rows = await connection.query<{ key: string; client_id: string }>(
    sql`select key, client_id from app.client_keys where key in ${inList(connection, wanted)}`,
  )
  const known = new Map(rows.map(row => [row.key, row.client_id]))
  const added: { key: string; client_id: string }[] = []
  const clients = batch.map((facts, i) => {
    if (!facts.client) return null
    const keys = keysOf[i]!
    // A deal stays with the client it was first seen with, then the strongest key decides.
    const found = keys.map(key => known.get(key)).find(client => client !== undefined)
    const named = keys.find(key => key !== facts.entity)
    const client = found ?? named ?? ownName(facts.entity!)
    for (const key of keys) {
      if (known.has(key)) continue
      known.set(key, client)
      added.push({ key, client_id: client })
    }
    return client
  })
  await connection.upsert('client_keys', ['key', 'client_id'], added)
  await numberClients(connection, new Set(clients.filter(client => client !== null)))
  return clients
}

/** `deal:amocrm:12` -> `amocrm:deal-12`: a client known by nothing but its deal. */
function ownName(entity: string): string {
  const [kind, system, ...rest] = entity.split(':')
  return `${system}:${kind}-${rest.join(':')}`
}

/** Gives clients not seen before the next numbers; they are what is shown instead of names. */
async function numberClients(connection: Connection, clients: ReadonlySet<string>): Promise<void> {
  const list = [...clients]
  const rows = await connection.query<{ client_id: string }>(
    sql`select client_id from clients where client_id in ${inList(connection, list)}`,
  )
  const known = new Set(rows.map(row => row.client_id))
  const fresh = list.filter(client => !known.has(client))
  if (fresh.length === 0) return
  const [top] = await connection.query<{ top: number }>(
    sql`select coalesce(max(alias), 0) as top from clients`,
  )
  const numbered = fresh.map((client_id, i) => ({ client_id, alias: top!.top + i + 1 }))
  await connection.upsert('clients', ['client_id', 'alias'], numbered)
}
