/** Names of people, for the parts that hide them. */
import type { Connection } from './database.ts'
import { inList } from './lists.ts'
import { sql } from './sql.ts'

/** Names of clients, as the source system has them, by their numbers. */
export async function readClientNames(
  database: Connection,
  aliases: readonly number[],
): Promise<Map<number, string>> {
  if (aliases.length === 0) return new Map()
  const rows = await database.query<{ alias: number; name: string }>(
    sql`select clients.alias, contacts.name from clients
      join app.client_contacts as contacts on contacts.client_id = clients.client_id
      where cast(clients.alias as text) in ${inList(database, aliases.map(String))} and contacts.name is not null`,
  )
  return new Map(rows.map(({ alias, name }) => [alias, name]))
}

/** Which of some clients have refused consent; one who was never asked has not. */
export async function readRefused(
  database: Connection,
  aliases: readonly number[],
): Promise<ReadonlySet<number>> {
  if (aliases.length === 0) return new Set()
  const rows = await database.query<{ alias: number }>(
    sql`select alias from clients where consent = 0 and cast(alias as text) in ${inList(database, aliases.map(String))}`,
  )
  return new Set(rows.map(({ alias }) => alias))
}

/** Distinct managers of deals and conversations, in the order of their names. */
export async function readManagers(database: Connection): Promise<string[]> {
  const rows = await database.query<{ manager: string }>(
    sql`select manager from deals where manager is not null
      union select manager from conversations where manager is not null order by 1`,
  )
  return rows.map(({ manager }) => manager).filter(name => name.trim() !== '')
}
