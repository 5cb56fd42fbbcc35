/** Facts of a batch -> tables, inside one transaction. Counts what of the batch's own kind is new and what changed. */
import type { Connection } from '../store/database.ts'
import { inList } from '../store/lists.ts'
import { type Row as Stored, tables } from '../store/schema.ts'
import { sql } from '../store/sql.ts'
import type { RowFacts } from './facts.ts'
import type { Resolved } from './identity.ts'
import type { DataKind } from './source.ts'
import { type Counts, differs, type Loose, NOTHING, type Owned, ofStanding, upsertLoose } from './upserts.ts'
import { type Numberings, writeConversations } from './write-conversations.ts'
import { writeDeals } from './write-deals.ts'
import { writeVisits } from './write-visits.ts'

/**
 * Stores a batch whose clients are found. `numberings` is the import's own and goes on from batch to batch.
 */
export async function writeFacts(
  connection: Connection,
  kind: DataKind,
  batch: readonly RowFacts[],
  resolved: Resolved,
  numberings: Numberings,
): Promise<Counts> {
  const { clients, fresh } = resolved
  const owned = <T>(pick: (facts: RowFacts) => T | undefined): Owned<T>[] => {
    const found: Owned<T>[] = []
    batch.forEach((facts, i) => {
      const value = pick(facts)
      if (value !== undefined && clients[i] !== null) found.push({ client_id: clients[i]!, ...value })
    })
    return found
  }
  const counts: Partial<Record<DataKind, Counts>> = {}
  counts.clients = await writeClients(connection, kind, batch, resolved)
  const tagged = owned(({ tags, deal }) => (tags && deal ? { deal_id: deal.deal_id, tags } : undefined))
  await writeTags(connection, tagged, fresh)
  counts.stages = await writeStages(
    connection,
    owned(facts => facts.stage),
    fresh,
  )
  counts.visits = await writeVisits(
    connection,
    owned(facts => facts.visit),
  )
  const talks = batch.flatMap((facts, i) =>
    (facts.conversations ?? []).map(talk => ({ ...talk, client_id: clients[i]! })),
  )
  counts.conversations = await writeConversations(connection, talks, fresh, numberings)
  // Spend, plans, pages, visits and moves change nothing that is kept ready beside deals.
  const told = clients.filter((client, i) => {
    const { client: own, deal, conversations } = batch[i]!
    return client !== null && (deal || conversations?.length || Object.keys(own?.fields ?? {}).length > 0)
  })
  counts.deals = await writeDeals(
    connection,
    owned(facts => facts.deal),
    [...new Set(told as string[])],
    fresh,
  )
  counts.targets = await upsertLoose(
    connection,
    'targets',
    batch.flatMap(facts => facts.target ?? []),
  )
  counts.pages = await upsertLoose(
    connection,
    'pages',
    batch.flatMap(facts => facts.page ?? []),
  )
  return counts[kind] ?? NOTHING
}

/** What a batch says of its clients. A client of the file that nobody had seen is new, whatever its row says of it. */
async function writeClients(
  connection: Connection,
  kind: DataKind,
  batch: readonly RowFacts[],
  { clients, fresh }: Resolved,
): Promise<Counts> {
  const fields: Loose[] = []
  const contacts: Loose[] = []
  const attributes: Stored<'client_attributes'>[] = []
  batch.forEach(({ client }, i) => {
    const client_id = clients[i]
    if (!client || !client_id) return
    if (Object.keys(client.fields).length > 0) fields.push({ client_id, ...client.fields })
    if (Object.keys(client.contacts).length > 0) contacts.push({ client_id, ...client.contacts })
    for (const { name, value } of client.attributes) attributes.push({ client_id, name, value })
  })
  const standing = kind === 'clients' ? await readClients(connection, clients, fresh) : null
  if (fields.length > 0) {
    const ids = inList(connection, [...new Set(fields.map(row => row.client_id as string))])
    const numbers = await connection.query<{ client_id: string; alias: number }>(
      sql`select client_id, alias from clients where client_id in ${ids}`,
    )
    const alias = new Map(numbers.map(row => [row.client_id, row.alias]))
    for (const row of fields) row.alias = alias.get(row.client_id as string)!
  }
  await upsertLoose(connection, 'clients', fields)
  await upsertLoose(connection, 'client_contacts', contacts)
  await connection.upsert('client_attributes', ['client_id', 'name', 'value'], attributes)
  if (!standing) return NOTHING
  const changed = new Set<unknown>()
  const see = (prefix: string, row: Loose) => {
    if (!fresh.has(row.client_id as string) && differs(standing.get(prefix + row.client_id), row))
      changed.add(row.client_id)
  }
  for (const row of fields) see('client/', row)
  for (const row of contacts) see('contact/', row)
  for (const row of attributes) see(`${row.name}/`, { ...row })
  return { inserted: fresh.size, updated: changed.size }
}

/** What stands of clients that are known, by what it is and the client's id. */
async function readClients(
  connection: Connection,
  clients: Resolved['clients'],
  fresh: ReadonlySet<string>,
): Promise<Map<string, Loose>> {
  const old = clients.filter(client => client !== null && !fresh.has(client)) as string[]
  const found = new Map<string, Loose>()
  if (old.length === 0) return found
  const ids = inList(connection, [...new Set(old)])
  const [rows, contacts, attributes] = [
    await connection.query<Loose>(sql`select * from clients where client_id in ${ids}`),
    await connection.query<Loose>(sql`select * from app.client_contacts where client_id in ${ids}`),
    await connection.query<Loose>(sql`select * from client_attributes where client_id in ${ids}`),
  ]
  for (const row of rows) found.set(`client/${row.client_id}`, row)
  for (const row of contacts) found.set(`contact/${row.client_id}`, row)
  for (const row of attributes) found.set(`${row.name}/${row.client_id}`, row)
  return found
}

/** A deal's tags are the set that its row names; others go. */
async function writeTags(
  connection: Connection,
  deals: readonly Owned<{ deal_id: string; tags: string[] }>[],
  fresh: ReadonlySet<string>,
): Promise<void> {
  const wanted = new Map<string, Stored<'deal_tags'>[]>()
  // Of a deal that comes twice the later row stands.
  for (const { client_id, deal_id, tags } of deals)
    wanted.set(
      deal_id,
      tags.map(tag => ({ client_id, deal_id, tag })),
    )
  const standing = await ofStanding(connection, 'deal_tags', 'deal_id', deals, fresh)
  for (const row of standing) {
    if (wanted.get(row.deal_id)?.some(tag => tag.tag === row.tag)) continue
    await connection.run(
      sql`delete from deal_tags where client_id = ${row.client_id} and deal_id = ${row.deal_id} and tag = ${row.tag}`,
    )
  }
  await connection.upsert('deal_tags', ['client_id', 'deal_id', 'tag'], [...wanted.values()].flat())
}

/** A move is known by its deal, stage and time; its number is its place in the deal's history, by time. */
async function writeStages(
  connection: Connection,
  moves: readonly Owned<NonNullable<RowFacts['stage']>>[],
  fresh: ReadonlySet<string>,
): Promise<Counts> {
  if (moves.length === 0) return NOTHING
  const standing = await ofStanding(connection, 'deal_stages', 'deal_id', moves, fresh)
  const known = new Set(standing.map(move => `${move.deal_id}\0${move.stage}\0${move.entered_at}`))
  const histories = new Map<string, Map<string, Owned<NonNullable<RowFacts['stage']>>>>()
  for (const { client_id, deal_id, stage, entered_at } of [...standing, ...moves]) {
    const history = histories.get(deal_id) ?? new Map()
    histories.set(deal_id, history)
    history.set(`${stage}\0${entered_at}`, { client_id, deal_id, stage, entered_at })
  }
  const at = (move: { entered_at: string | null; stage: string }) => `${move.entered_at ?? ''}\0${move.stage}`
  const rows = [...histories.values()].flatMap(history =>
    [...history.values()].sort((a, b) => (at(a) < at(b) ? -1 : 1)).map((move, n) => ({ ...move, n })),
  )
  await connection.upsert(
    'deal_stages',
    Object.keys(tables.deal_stages.columns) as (keyof Stored<'deal_stages'>)[],
    rows,
  )
  // A move that comes between two others shifts their numbers, but is itself the only new thing.
  const inserted = rows.filter(
    move => !known.has(`${move.deal_id}\0${move.stage}\0${move.entered_at}`),
  ).length
  return { inserted, updated: 0 }
}
