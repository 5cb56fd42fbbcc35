/** Rows of clients who were erased: a later import passes them over, so that nobody comes back unasked. */

import type { Connection } from '../store/database.ts'
import { tombstoneOf } from '../store/erased-keys.ts'
import { inList } from '../store/lists.ts'
import { sql } from '../store/sql.ts'
import type { RowFacts } from './facts.ts'
import { hideKey } from './identity.ts'

export interface Passed {
  /** The rows to take, without erased phones and e-mails that stand beside a living client's own name. */
  batch: RowFacts[]
  /** How many were passed over. */
  erased: number
}

/**
 * Parts a batch. A row is an erased client's when the first of its names that anybody knows is an erased one; its other
 * names, if nobody has them, are then kept as erased too, so that they don't bring the client back by a side door.
 */
export async function passOverErased(
  connection: Connection,
  batch: readonly RowFacts[],
  secret: string,
  moment: string,
): Promise<Passed> {
  const some = await connection.query(sql`select 1 as found from app.erased_keys limit 1`)
  if (some.length === 0) return { batch: [...batch], erased: 0 }
  const namesOf = batch.map(({ entity, client }) => [
    ...(entity === null ? [] : [entity]),
    ...(client?.keys.map(key => hideKey(key, secret)) ?? []),
  ])
  const names = [...new Set(namesOf.flat())]
  const living = await readLiving(connection, names)
  const erased = await readErased(connection, names, secret)
  const added = new Set<string>()
  const taken = batch.flatMap((facts, i) => {
    const own = namesOf[i]!
    const first = own.find(name => living.has(name) || erased.has(name))
    if (first === undefined) return [facts]
    if (living.has(first)) return [withoutErased(facts, erased, secret)]
    for (const name of own) {
      if (living.has(name) || erased.has(name)) continue
      erased.add(name)
      added.add(name)
    }
    return []
  })
  await connection.upsert(
    'erased_keys',
    ['key_hash', 'erased_at'],
    [...added].map(name => ({ key_hash: tombstoneOf(name, secret), erased_at: moment })),
  )
  return { batch: taken, erased: batch.length - taken.length }
}

async function readLiving(connection: Connection, names: readonly string[]): Promise<Set<string>> {
  const rows = await connection.query<{ key: string }>(
    sql`select key from app.client_keys where key in ${inList(connection, names)}`,
  )
  return new Set(rows.map(({ key }) => key))
}

async function readErased(
  connection: Connection,
  names: readonly string[],
  secret: string,
): Promise<Set<string>> {
  const byHash = new Map(names.map(name => [tombstoneOf(name, secret), name]))
  const rows = await connection.query<{ key_hash: string }>(
    sql`select key_hash from app.erased_keys where key_hash in ${inList(connection, [...byHash.keys()])}`,
  )
  return new Set(rows.map(({ key_hash }) => byHash.get(key_hash)!))
}

/** The row without phones and e-mails of somebody who was erased. */
function withoutErased(facts: RowFacts, erased: ReadonlySet<string>, secret: string): RowFacts {
  const { client } = facts
  if (!client?.keys.some(key => erased.has(hideKey(key, secret)))) return facts
  const gone = new Set(client.keys.filter(key => erased.has(hideKey(key, secret))))
  const contacts = Object.fromEntries(
    Object.entries(client.contacts).filter(([field, value]) => !gone.has(`${field}:${value}`)),
  )
  return { ...facts, client: { ...client, contacts, keys: client.keys.filter(key => !gone.has(key)) } }
}
