/** Keeps the ready columns of deals and conversations right after their facts changed. */
import type { Connection, Database } from '../store/database.ts'
import { inList } from '../store/lists.ts'
import type { Row } from '../store/schema.ts'
import { raw, sql } from '../store/sql.ts'
import {
  type ClientFields,
  type DealFacts,
  deriveDeals,
  derivedColumns,
  findLost,
  originId,
  type Talk,
} from './derived.ts'

const CHUNK = 5_000

type StoredDeal = DealFacts & Pick<Row<'deals'>, (typeof derivedColumns)[number]>
type StoredTalk = Talk & Pick<Row<'conversations'>, 'client_id' | 'is_lost'>

/** Derives anew what hangs on the facts of some clients, in the caller's transaction; rows that come out the same stay. */
export async function writeDerived(connection: Connection, clientIds: readonly string[]): Promise<void> {
  for (let i = 0; i < clientIds.length; i += CHUNK)
    await deriveChunk(connection, clientIds.slice(i, i + CHUNK))
}

/** The same for every client: after facts were written past the import, as test data and restores are. */
export async function deriveAll(database: Database): Promise<void> {
  const rows = await database.query<{ client_id: string }>(sql`select distinct client_id from deals`)
  await database.transaction(connection =>
    writeDerived(
      connection,
      rows.map(row => row.client_id),
    ),
  )
}

async function deriveChunk(connection: Connection, clientIds: readonly string[]): Promise<void> {
  const ids = inList(connection, clientIds)
  const deals = await connection.query<StoredDeal>(
    sql`select client_id, deal_id, status, amount, source, medium, campaign, content, keyword, created_at, qualified_at,
      closed_at, loss_reason, day, ${raw(derivedColumns.join(', '))} from deals where client_id in ${ids}`,
  )
  const talks = groupByClient(
    await connection.query<StoredTalk>(
      sql`select client_id, conversation_id, kind, direction, started_at, wait_s, is_missed, is_lost, source, medium
        from conversations where client_id in ${ids}`,
    ),
  )
  const fields = await connection.query<ClientFields & { client_id: string }>(
    sql`select client_id, kind, city, region, profile from clients where client_id in ${ids}`,
  )
  const clients = new Map(fields.map(row => [row.client_id, row]))
  const known = new Map<string, number>()
  const origins = new Map<number, Row<'origins'>>()
  const idOf: typeof originId = ({ source, medium, campaign, content, keyword }) => {
    const name = [source, medium, campaign, content, keyword].join('\0')
    let id = known.get(name)
    if (id === undefined) {
      id = originId({ source, medium, campaign, content, keyword })
      known.set(name, id)
      origins.set(id, { origin_id: id, source, medium, campaign, content, keyword })
    }
    return id
  }
  const nobody: ClientFields = { kind: null, city: null, region: null, profile: null }
  const changed = [...groupByClient(deals)].flatMap(([client, own]) => {
    const standing = new Map(own.map(deal => [deal.deal_id, deal]))
    return deriveDeals(clients.get(client) ?? nobody, own, talks.get(client) ?? [], idOf).filter(deal =>
      derivedColumns.some(column => deal[column] !== standing.get(deal.deal_id)![column]),
    )
  })
  await connection.upsert(
    'origins',
    ['origin_id', 'source', 'medium', 'campaign', 'content', 'keyword'],
    [...origins.values()],
  )
  // The status comes along because a row offered for insertion must be whole, though it always meets its own.
  await connection.upsert('deals', ['client_id', 'deal_id', 'status', ...derivedColumns], changed)
  await writeLost(connection, talks)
}

async function writeLost(
  connection: Connection,
  talks: ReadonlyMap<string, readonly StoredTalk[]>,
): Promise<void> {
  const rows = [...talks].flatMap(([client_id, own]) => {
    const lost = findLost(own)
    return own
      .filter(talk => talk.is_lost !== lost.get(talk.conversation_id))
      .map(talk => ({
        client_id,
        conversation_id: talk.conversation_id,
        is_lost: lost.get(talk.conversation_id)!,
      }))
  })
  if (rows.length === 0) return
  const one = rows.filter(row => row.is_lost === 1).map(row => row.conversation_id)
  const zero = rows.filter(row => row.is_lost === 0).map(row => row.conversation_id)
  const clients = inList(connection, [...new Set(rows.map(row => row.client_id))])
  for (const [value, ids] of [
    [1, one],
    [0, zero],
  ] as const) {
    if (ids.length === 0) continue
    await connection.run(
      sql`update conversations set is_lost = ${value} where client_id in ${clients}
        and conversation_id || '' in ${inList(connection, ids)}`,
    )
  }
}

function groupByClient<T extends { client_id: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(row.client_id)
    if (group) group.push(row)
    else groups.set(row.client_id, [row])
  }
  return groups
}
