/** Moves all that is stored of clients to other clients: for those first known by a deal or call alone. */
import type { Connection } from '../store/database.ts'
import { inList, pairTable } from '../store/lists.ts'
import { qualified } from '../store/rows.ts'
import { type TableName, tables } from '../store/schema.ts'
import { raw, sql } from '../store/sql.ts'

/** Tables whose rows belong to clients; `clients` itself is left out, since the real one has its own number. */
const owned = (Object.keys(tables) as TableName[]).filter(
  name => name !== 'clients' && (tables[name].key as readonly string[])[0] === 'client_id',
)

/** `moves` old client -> new client. What the new one has already stands. A client's id is never changed in place: a cluster refuses that. */
export async function moveClients(connection: Connection, moves: ReadonlyMap<string, string>): Promise<void> {
  if (moves.size === 0) return
  const pairs = [...moves]
  const old = inList(connection, [...moves.keys()])
  for (const name of owned) {
    const rest = Object.keys(tables[name].columns).filter(column => column !== 'client_id')
    const target = qualified(name)
    await connection.run(
      sql`insert into ${raw(`${target} (client_id, ${rest.join(', ')}) select p.b, ${rest.map(column => `t.${column}`).join(', ')} from ${target} t join`)}
        ${pairTable(connection, pairs)} as p on p.a = t.client_id where true on conflict do nothing`,
    )
    await connection.run(sql`delete from ${raw(target)} where client_id in ${old}`)
  }
  await connection.run(sql`delete from clients where client_id in ${old}`)
  await connection.run(
    sql`update app.client_keys set client_id = (select p.b from ${pairTable(connection, pairs)} as p where p.a = client_keys.client_id)
      where client_id in ${old}`,
  )
}
