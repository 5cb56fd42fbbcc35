/**
 * Which client a row belongs to. Every name by which a client was ever known (a system's id, a phone, an e-mail, a
 * deal) is kept in `client_keys` and leads to one client for good: the first name seen gives the client its id.
 */
import { createHmac, randomBytes } from 'node:crypto'
import { readTopAlias } from '../store/aliases.ts'
import type { Connection } from '../store/database.ts'
import { inList } from '../store/lists.ts'
import { sql } from '../store/sql.ts'
import type { RowFacts } from './facts.ts'
import { moveClients } from './move-clients.ts'

/** The secret that keeps a phone's hash from being turned back into the phone; made at first use, never leaves `app`. */
export async function readSecret(connection: Connection): Promise<string> {
  const find = () =>
    connection.query<{ value: string }>(sql`select value from app.settings where name = 'identity_secret'`)
  const [known] = await find()
  if (known) return known.value
  // Of two processes that make one at once the first stands.
  await connection.run(
    sql`insert into app.settings (name, value) values ('identity_secret', ${randomBytes(32).toString('hex')})
      on conflict (name) do nothing`,
  )
  const [made] = await find()
  return made!.value
}

/** Makes imports of several processes queue where the database itself does not: aliases and numbers must not meet. */
export async function lockImports(connection: Connection): Promise<void> {
  await connection.run(sql`update app.settings set value = value where name = 'identity_secret'`)
}

/** Keys with personal data in them are stored and shown hashed: facts must not give the phone away. */
export function hideKey(key: string, secret: string): string {
  const kind = /^(phone|email|visitor):/.exec(key)?.[1]
  return kind === undefined
    ? key
    : `${kind}:${createHmac('sha256', secret).update(key).digest('hex').slice(0, 16)}`
}

export interface Resolved {
  /** The client of each row, in order; null where a row has none. */
  clients: (string | null)[]
  /** Clients that the database has not seen before: nothing of theirs can stand there. */
  fresh: ReadonlySet<string>
}

/** Finds each row's client by what the database and this very batch say; stores new keys and new clients' numbers. */
export async function resolveClients(
  connection: Connection,
  batch: readonly RowFacts[],
  secret: string,
): Promise<Resolved> {
  const keysOf = batch.map(facts => facts.client?.keys.map(key => hideKey(key, secret)) ?? [])
  const wanted = new Set(keysOf.flat())
  for (const { entity } of batch) if (entity !== null) wanted.add(entity)
  const rows = await connection.query<{ key: string; client_id: string }>(
    sql`select key, client_id from app.client_keys where key in ${inList(connection, [...wanted])}`,
  )
  const known = new Map(rows.map(row => [row.key, row.client_id]))
  const changed = new Map<string, string>()
  const moves = new Map<string, string>()
  const settle = (client: string): string => {
    const real = moves.get(client)
    return real === undefined ? client : settle(real)
  }
  const find = (key: string) => {
    const client = known.get(key)
    return client === undefined ? undefined : settle(client)
  }
  const set = (key: string, client: string) => {
    known.set(key, client)
    changed.set(key, client)
  }
  const clients = batch.map(({ client: has, entity }, i) => {
    if (!has) return null
    const keys = keysOf[i]!
    const named = keys.map(find).find(client => client !== undefined)
    let client = entity === null ? undefined : find(entity)
    // A client known by nothing but its deal has been found out: all that is stored of it moves to the real one.
    if (client !== undefined && keys.length > 0 && client === ownName(entity!)) {
      const real = named ?? keys[0]!
      if (real !== client) moves.set(client, real)
      set(entity!, real)
      client = real
    }
    // A deal stays with the client it was first seen with, then the strongest key decides.
    client ??= named ?? keys[0] ?? ownName(entity!)
    for (const key of keys) {
      const other = find(key)
      // A visitor of the site has said who they are: the visits are that client's.
      if (other !== undefined && other !== client && isVisitor(other)) moves.set(other, client)
      if (other === undefined) set(key, client)
    }
    if (entity !== null && !known.has(entity)) set(entity, client)
    return client
  })
  // A row may have been given to a client that a later row of the batch moved away.
  const settled = moves.size === 0 ? clients : clients.map(client => client && settle(client))
  const final = new Map([...moves].map(([old, real]) => [old, settle(real)]))
  await connection.upsert(
    'client_keys',
    ['key', 'client_id'],
    [...changed].map(([key, client]) => ({ key, client_id: settle(client) })),
  )
  const fresh = await numberClients(connection, new Set(settled.filter(client => client !== null)))
  await moveClients(connection, final)
  return { clients: settled, fresh }
}

/** Known by nothing but a visitor's number. */
const isVisitor = (client: string) => client.startsWith('visitor:')

/** `deal:amocrm:12` -> `amocrm:deal-12`: a client known by nothing but its deal. */
function ownName(entity: string): string {
  const [kind, system, ...rest] = entity.split(':')
  return `${system}:${kind}-${rest.join(':')}`
}

/** Gives clients not seen before the next numbers; they are what is shown instead of names. */
async function numberClients(
  connection: Connection,
  clients: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const rows = await connection.query<{ client_id: string }>(
    sql`select client_id from clients where client_id in ${inList(connection, [...clients])}`,
  )
  const known = new Set(rows.map(row => row.client_id))
  const fresh = [...clients].filter(client => !known.has(client))
  if (fresh.length === 0) return new Set()
  const top = await readTopAlias(connection)
  const numbered = fresh.map((client_id, i) => ({ client_id, alias: top + i + 1 }))
  await connection.upsert('clients', ['client_id', 'alias'], numbered)
  return new Set(fresh)
}
