/** Facts of a batch -> tables, inside one transaction. Counts what of the batch's own kind is new and what changed. */
import type { Connection } from '../store/database.ts'
import { inList } from '../store/lists.ts'
import { type Row as Stored, type TableName, tables } from '../store/schema.ts'
import { raw, sql } from '../store/sql.ts'
import type { ConversationFacts, RowFacts } from './facts.ts'
import type { DataKind } from './source.ts'

export interface Counts {
  inserted: number
  updated: number
}

type Owned<T> = T & { client_id: string }
type Loose = Record<string, unknown>

/** Upserts rows of uneven columns: those alike are written together. */
async function upsertLoose(
  connection: Connection,
  table: TableName,
  rows: readonly Loose[],
): Promise<Counts> {
  const groups = new Map<string, Loose[]>()
  for (const row of rows) {
    const shape = Object.keys(row).sort().join(',')
    const group = groups.get(shape)
    if (group) group.push(row)
    else groups.set(shape, [row])
  }
  const total = { inserted: 0, updated: 0 }
  for (const [shape, group] of groups) {
    const columns = shape.split(',') as (keyof Stored<typeof table> & string)[]
    const { inserted, updated } = await connection.upsert(table, columns, group as Stored<typeof table>[])
    total.inserted += inserted
    total.updated += updated
  }
  return total
}

/** Stores a batch. `clients` are its rows' clients in order; `revision` marks conversations that changed. */
export async function writeFacts(
  connection: Connection,
  kind: DataKind,
  batch: readonly RowFacts[],
  clients: readonly (string | null)[],
  revision: number,
): Promise<Counts> {
  const owned = <T>(pick: (facts: RowFacts) => T | undefined): Owned<T>[] =>
    batch.flatMap((facts, i) => {
      const value = pick(facts)
      return value === undefined || clients[i] === null ? [] : [{ ...value, client_id: clients[i]! }]
    })
  const counts: Partial<Record<DataKind, Counts>> = {}
  counts.clients = await writeClients(connection, batch, clients)
  counts.deals = await upsertLoose(
    connection,
    'deals',
    owned(facts => facts.deal),
  )
  await writeTags(
    connection,
    owned(facts =>
      facts.tags && facts.deal ? { deal_id: facts.deal.deal_id, tags: facts.tags } : undefined,
    ),
  )
  counts.stages = await writeStages(
    connection,
    owned(facts => facts.stage),
  )
  counts.visits = await upsertLoose(
    connection,
    'visits',
    owned(facts => facts.visit),
  )
  const talks = batch.flatMap((facts, i) =>
    (facts.conversations ?? []).map(talk => ({ ...talk, client_id: clients[i]! })),
  )
  counts.conversations = await writeConversations(connection, talks, revision)
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
  return counts[kind] ?? { inserted: 0, updated: 0 }
}

async function writeClients(
  connection: Connection,
  batch: readonly RowFacts[],
  clients: readonly (string | null)[],
): Promise<Counts> {
  const fields: Loose[] = []
  const contacts: Loose[] = []
  const attributes: Stored<'client_attributes'>[] = []
  batch.forEach(({ client }, i) => {
    const client_id = clients[i]
    if (!client || client_id === null || client_id === undefined) return
    if (Object.keys(client.fields).length > 0) fields.push({ client_id, ...client.fields })
    if (Object.keys(client.contacts).length > 0) contacts.push({ client_id, ...client.contacts })
    for (const attribute of client.attributes) attributes.push({ client_id, ...attribute })
  })
  const ids = [...new Set(fields.map(row => row.client_id as string))]
  const numbers = await connection.query<{ client_id: string; alias: number; fresh: number }>(
    sql`select client_id, alias, case when first_seen_at is null and kind is null and city is null and region is null
      and profile is null and consent is null then 1 else 0 end as fresh from clients where client_id in ${inList(connection, ids)}`,
  )
  const alias = new Map(numbers.map(row => [row.client_id, row]))
  const { updated } = await upsertLoose(
    connection,
    'clients',
    fields.map(row => ({ ...row, alias: alias.get(row.client_id as string)!.alias })),
  )
  await upsertLoose(connection, 'client_contacts', contacts)
  await connection.upsert('client_attributes', ['client_id', 'name', 'value'], attributes)
  // The number was given a moment ago, so to the database every client is there already: the empty ones are the new.
  const fresh = numbers.filter(row => row.fresh === 1).length
  const inserted = Math.min(fresh, updated)
  return { inserted, updated: updated - inserted }
}

/** A deal's tags are the set that its row names; others go. */
async function writeTags(
  connection: Connection,
  deals: readonly Owned<{ deal_id: string; tags: string[] }>[],
): Promise<void> {
  if (deals.length === 0) return
  const rows = deals.flatMap(({ client_id, deal_id, tags }) => tags.map(tag => ({ client_id, deal_id, tag })))
  const ids = inList(
    connection,
    deals.map(deal => deal.deal_id),
  )
  const standing = await connection.query<Stored<'deal_tags'>>(
    sql`select client_id, deal_id, tag from deal_tags where deal_id in ${ids}`,
  )
  const wanted = new Set(rows.map(row => `${row.deal_id}\0${row.tag}`))
  for (const row of standing.filter(tag => !wanted.has(`${tag.deal_id}\0${tag.tag}`))) {
    await connection.run(
      sql`delete from deal_tags where client_id = ${row.client_id} and deal_id = ${row.deal_id} and tag = ${row.tag}`,
    )
  }
  await connection.upsert('deal_tags', ['client_id', 'deal_id', 'tag'], rows)
}

/** A move is known by its deal, stage and time; its number is its place in the deal's history, by time. */
async function writeStages(
  connection: Connection,
  moves: readonly Owned<NonNullable<RowFacts['stage']>>[],
): Promise<Counts> {
  if (moves.length === 0) return { inserted: 0, updated: 0 }
  const ids = inList(connection, [...new Set(moves.map(move => move.deal_id))])
  const standing = await connection.query<Stored<'deal_stages'>>(
    sql`select client_id, deal_id, n, stage, entered_at from deal_stages where deal_id in ${ids}`,
  )
  const histories = new Map<string, Map<string, Owned<NonNullable<RowFacts['stage']>>>>()
  for (const move of [...standing, ...moves]) {
    const history = histories.get(move.deal_id) ?? new Map()
    histories.set(move.deal_id, history)
    history.set(`${move.stage}\0${move.entered_at}`, {
      client_id: move.client_id,
      deal_id: move.deal_id,
      stage: move.stage,
      entered_at: move.entered_at,
    })
  }
  const at = (move: { entered_at: string | null; stage: string }) => `${move.entered_at ?? ''}\0${move.stage}`
  const rows = [...histories.values()].flatMap(history =>
    [...history.values()].sort((a, b) => (at(a) < at(b) ? -1 : 1)).map((move, n) => ({ ...move, n })),
  )
  return connection.upsert('deal_stages', ['client_id', 'deal_id', 'n', 'stage', 'entered_at'], rows)
}

/**
 * Conversations with their utterances; those that differ from what stands get the import's number as revision. Counts
 * rows: a conversation where it comes whole, a turn where each turn is a row.
 */
async function writeConversations(
  connection: Connection,
  talks: readonly Owned<ConversationFacts>[],
  revision: number,
): Promise<Counts> {
  const counts = { inserted: 0, updated: 0 }
  if (talks.length === 0) return counts
  const ids = inList(connection, [...new Set(talks.map(talk => talk.conversation.conversation_id))])
  const standing = await connection.query<Stored<'conversations'>>(
    sql`select * from conversations where conversation_id in ${ids}`,
  )
  const before = new Map(standing.map(row => [row.conversation_id, row]))
  const known =
    standing.length === 0
      ? []
      : await connection.query<Stored<'utterances'>>(
          sql`select * from utterances where conversation_id in ${ids}`,
        )
  const said = new Map<string, Map<number, object>>()
  for (const row of known)
    said.set(row.conversation_id, (said.get(row.conversation_id) ?? new Map()).set(row.n, row))
  const rows = new Map<string, Stored<'conversations'>>()
  const utterances: Stored<'utterances'>[] = []
  for (const { client_id, conversation, utterances: turns, whole } of talks) {
    const id = conversation.conversation_id
    const old = before.get(id)
    const oldTurns = said.get(id) ?? new Map<number, object>()
    const fresh = turns.filter(turn => differs(oldTurns.get(turn.n), turn))
    // A transcript that came shorter than the one that stands: its last turns are gone.
    const gone = whole && turns.length > 0 ? [...oldTurns.keys()].filter(n => n >= turns.length) : []
    for (const n of gone) {
      await connection.run(
        sql`delete from utterances where client_id = ${client_id} and conversation_id = ${id} and n = ${n}`,
      )
      oldTurns.delete(n)
    }
    // Where each turn is a row, what is said of the conversation stands as its first row said it.
    const byTurn = !whole && turns.length > 0
    const given = byTurn && old ? { ...conversation, ...present(old) } : conversation
    const changed = fresh.length > 0 || gone.length > 0 || differs(old, given)
    const isNew = byTurn ? turns.some(turn => !oldTurns.has(turn.n)) : !old
    if (!changed) continue
    counts[isNew ? 'inserted' : 'updated']++
    const row = { is_missed: 0, ...old, ...given, client_id, revision } as Stored<'conversations'>
    before.set(id, row)
    rows.set(id, row)
    for (const turn of fresh) {
      utterances.push({ client_id, conversation_id: id, ...turn })
      oldTurns.set(turn.n, turn)
    }
    said.set(id, oldTurns)
  }
  await upsertLoose(connection, 'conversations', [...rows.values()])
  const columns = Object.keys(tables.utterances.columns) as (keyof Stored<'utterances'>)[]
  await connection.upsert('utterances', columns, utterances)
  return counts
}

/** What a row says: its columns that are not null. */
function present(row: object): object {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))
}

/** Whether any column given differs from what stands. */
function differs(old: object | undefined, given: object): boolean {
  return old === undefined || Object.entries(given).some(([name, value]) => (old as Loose)[name] !== value)
}

/** Puts spend rows in the place of all that their sources spent on the days that the file covers. */
export async function replaceSpend(
  connection: Connection,
  rows: readonly Stored<'spend'>[],
): Promise<Counts> {
  const covered = new Map<string, Set<string>>()
  for (const row of rows)
    covered.set(row.source ?? '', (covered.get(row.source ?? '') ?? new Set()).add(row.day!))
  const counts = { inserted: 0, updated: 0 }
  const wanted = new Set(rows.map(row => row.row_id))
  for (const [source, days] of covered) {
    const standing = await connection.query<{ row_id: string }>(
      sql`select row_id from spend where coalesce(source, '') = ${source} and day in ${inList(connection, [...days])}`,
    )
    const gone = standing.map(row => row.row_id).filter(id => !wanted.has(id))
    if (gone.length > 0)
      await connection.run(sql`delete from ${raw('spend')} where row_id in ${inList(connection, gone)}`)
  }
  const { inserted, updated } = await connection.upsert(
    'spend',
    Object.keys(tables.spend.columns) as (keyof Stored<'spend'>)[],
    rows,
  )
  counts.inserted += inserted
  counts.updated += updated
  return counts
}
