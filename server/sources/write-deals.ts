/** Deals -> their table, with the columns that are kept ready (derived.ts); and those columns wherever they change. */

import { createOrigins, NO_MARKS } from '../lib/origin.ts'
import { buildBlocks } from '../store/blocks.ts'
import type { Connection, Database } from '../store/database.ts'
import { inList } from '../store/lists.ts'
import { originColumns, type Row as Stored } from '../store/schema.ts'
import { raw, sql } from '../store/sql.ts'
import { type ClientFields, type DerivedDeal, deriveDeals, findLost, type Talk } from './derived.ts'
import type { RowFacts } from './facts.ts'
import { type Counts, differs, type Loose, NOTHING, type Owned, upsertLoose } from './upserts.ts'
import { writeVisits } from './write-visits.ts'

type Deal = Stored<'deals'>
type StoredTalk = Talk & Pick<Stored<'conversations'>, 'client_id' | 'is_lost'>

const CHUNK = 5_000
/** What a new deal's row may leave out and the ready columns are made of. */
const BLANK = {
  ...NO_MARKS,
  amount: null,
  created_at: null,
  qualified_at: null,
  closed_at: null,
  loss_reason: null,
  day: null,
}

/**
 * Stores a batch's deals, and brings up to date what is kept ready for `clients`: all about whom the batch says anything.
 * Their fields and conversations must be written before. Counts the deals given; of `fresh` clients nothing stands.
 */
export async function writeDeals(
  connection: Connection,
  given: readonly Owned<NonNullable<RowFacts['deal']>>[],
  clients: readonly string[],
  fresh: ReadonlySet<string>,
): Promise<Counts> {
  if (clients.length === 0) return NOTHING
  const old = clients.filter(client => !fresh.has(client))
  const standing = await connection.query<Deal>(
    sql`select * from deals where client_id in ${inList(connection, old)}`,
  )
  const before = new Map(standing.map(deal => [deal.deal_id, deal]))
  const rows = new Map<string, Loose>()
  for (const deal of given) rows.set(deal.deal_id, { ...rows.get(deal.deal_id), ...deal })
  const whole = new Map(before)
  for (const [id, row] of rows) whole.set(id, { ...BLANK, ...before.get(id), ...row } as Deal)
  const derived = await derive(connection, clients, groupByClient([...whole.values()]))
  const counted: Loose[] = []
  const silent: Loose[] = []
  for (const ready of derived) {
    const row = rows.get(ready.deal_id)
    const stood = before.get(ready.deal_id)
    if (row && differs(stood, row)) counted.push({ ...row, ...ready })
    else if (differs(stood, ready)) silent.push({ ...ready })
  }
  await upsertLoose(connection, 'deals', silent)
  return upsertLoose(connection, 'deals', counted)
}

/** Ready columns of all deals and visits: after facts were written past the import, as restores and test data are. */
export async function deriveAll(database: Database): Promise<void> {
  const rows = await database.query<{ client_id: string }>(sql`select distinct client_id from deals`)
  const clients = rows.map(row => row.client_id)
  await database.transaction(async connection => {
    for (let i = 0; i < clients.length; i += CHUNK)
      await writeDeals(connection, [], clients.slice(i, i + CHUNK), new Set())
    const visits = await connection.query<Stored<'visits'>>(sql`select * from visits where origin_id is null`)
    await writeVisits(connection, visits)
  })
  await buildBlocks(database)
}

async function derive(
  connection: Connection,
  clients: readonly string[],
  deals: ReadonlyMap<string, readonly Deal[]>,
): Promise<DerivedDeal[]> {
  const ids = inList(connection, clients)
  const talks = groupByClient(
    await connection.query<StoredTalk>(
      sql`select client_id, conversation_id, kind, direction, started_at, wait_s, is_missed, is_lost, source, medium
        from conversations where client_id in ${ids} and kind <> 'comment'`,
    ),
  )
  await writeLost(connection, talks)
  if (deals.size === 0) return []
  const fields = await connection.query<ClientFields & { client_id: string }>(
    sql`select client_id, kind, city, region, profile from clients where client_id in ${ids}`,
  )
  const known = new Map(fields.map(row => [row.client_id, row]))
  const nobody: ClientFields = { kind: null, city: null, region: null, profile: null }
  const origins = createOrigins()
  const derived = [...deals].flatMap(([client, own]) =>
    deriveDeals(known.get(client) ?? nobody, own, talks.get(client) ?? [], origins.idOf),
  )
  await connection.upsert('origins', originColumns, origins.rows)
  return derived
}

/** Marks missed calls that nobody rang back, and unmarks those that somebody did. */
async function writeLost(
  connection: Connection,
  talks: ReadonlyMap<string, readonly StoredTalk[]>,
): Promise<void> {
  const ids: Record<0 | 1, string[]> = { 0: [], 1: [] }
  const owners = new Set<string>()
  for (const [client, own] of talks) {
    const lost = findLost(own)
    for (const talk of own) {
      const value = lost.get(talk.conversation_id)!
      // Unmarked is as good as not lost, and spares a write for nearly every conversation.
      if ((talk.is_lost ?? 0) === value) continue
      ids[value].push(talk.conversation_id)
      owners.add(client)
    }
  }
  for (const value of [0, 1] as const) {
    if (ids[value].length === 0) continue
    await connection.run(
      sql`update conversations set is_lost = ${value} where client_id in ${inList(connection, [...owners])}
        and conversation_id || ${raw("''")} in ${inList(connection, ids[value])}`,
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
