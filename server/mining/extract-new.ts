/**
 * Conversations that came or changed since the last time -> mentions. By chunks in the order of their revision, each in a
 * transaction of its own together with the mark how far it came: a run that was killed goes on where it stopped.
 */
import { CancelledError } from '../errors.ts'
import type { Connection, Database } from '../store/database.ts'
import { pairTable } from '../store/lists.ts'
import type { Row } from '../store/schema.ts'
import { type Sql, sql } from '../store/sql.ts'
import { createExtractor, type Extractor } from './extractor.ts'
import type { Mention } from './mention.ts'
import { readState, writeState } from './state.ts'
import type { MiningWatch } from './watch.ts'

/** Conversations a transaction. */
const CHUNK = 1_000
/** Raised when the same words would give other mentions: everything is read anew then. */
const RULES = 1

interface Cursor {
  revision: number
  client_id: string
  conversation_id: string
}

const START: Cursor = { revision: -1, client_id: '', conversation_id: '' }
type Conversation = Row<'conversations'>

/** Extracts what is new; returns how many conversations it read. Throws CancelledError. */
export async function extractNew(database: Database, watch: MiningWatch): Promise<number> {
  const rules = await readState<number>(database, 'rules')
  let cursor = rules === RULES ? ((await readState<Cursor>(database, 'cursor')) ?? START) : START
  const [left] = await database.query<{ n: number }>(
    sql`select count(*) as n from conversations where ${after(cursor)}`,
  )
  if (left!.n === 0) return 0
  const extractor = createExtractor(left!.n)
  let done = 0
  // The next chunks are read and extracted while one is written; they are written in order.
  const ahead: Promise<Chunk>[] = []
  try {
    for (;;) {
      while (ahead.length < extractor.lanes) {
        const conversations = await readConversations(database, cursor)
        const last = conversations.at(-1)
        if (!last) break
        cursor = { revision: last.revision, client_id: last.client_id, conversation_id: last.conversation_id }
        const chunk = extractChunk(database, conversations, cursor, extractor)
        // It is awaited in its turn; a failure before that is not nobody's.
        chunk.catch(() => {})
        ahead.push(chunk)
      }
      const chunk = await ahead.shift()
      if (!chunk) return done
      if (watch.signal?.aborted)
        throw new CancelledError('Mining was stopped', { hint: 'Run it again to go on.' })
      await database.transaction(connection => writeChunk(connection, chunk))
      done += chunk.conversations.length
      watch.progress?.(done, left!.n)
    }
  } finally {
    await Promise.allSettled(ahead)
    await extractor.close()
  }
}

const after = (at: Cursor) =>
  sql`(revision > ${at.revision} or (revision = ${at.revision} and (client_id > ${at.client_id}
    or (client_id = ${at.client_id} and conversation_id > ${at.conversation_id}))))`

function readConversations(database: Database, cursor: Cursor): Promise<Conversation[]> {
  return database.query(
    sql`select * from conversations where ${after(cursor)}
      order by revision, client_id, conversation_id limit ${CHUNK}`,
  )
}

/** Both columns of the key, so that the index finds the rows: by one alone the whole table would be read. */
function within(connection: Pick<Connection, 'dialect'>, conversations: readonly Conversation[]): Sql {
  const keys = conversations.map(({ client_id, conversation_id }) => [client_id, conversation_id] as const)
  return sql`(client_id, conversation_id) in ${pairTable(connection, keys)}`
}

const keyOf = ({ client_id, conversation_id }: { client_id: string; conversation_id: string }) =>
  JSON.stringify([client_id, conversation_id])

interface Chunk {
  conversations: Conversation[]
  mentions: Mention[][]
  cursor: Cursor
}

async function extractChunk(
  database: Database,
  conversations: Conversation[],
  cursor: Cursor,
  extractor: Extractor,
): Promise<Chunk> {
  const rows = await database.query<
    Pick<Row<'utterances'>, 'client_id' | 'conversation_id' | 'n' | 'speaker' | 'text'>
  >(
    sql`select client_id, conversation_id, n, speaker, text from utterances where ${within(database, conversations)}
      order by client_id, conversation_id, n`,
  )
  const said = Map.groupBy(rows, keyOf)
  const turns = conversations.map(conversation =>
    (said.get(keyOf(conversation)) ?? []).map(({ n, speaker, text }) => ({ n, speaker, text })),
  )
  return { conversations, mentions: await extractor.extract(turns), cursor }
}

/** A mention that was there before with the same words keeps its theme. */
const KEPT = ['theme_id', 'machine_theme_id', 'waits', 'exemplar'] as const

async function writeChunk(connection: Connection, { conversations, mentions, cursor }: Chunk): Promise<void> {
  const ours = within(connection, conversations)
  const before = await connection.query<Row<'mentions'>>(sql`select * from mentions where ${ours}`)
  const placeOf = (row: {
    client_id: string
    conversation_id: string
    n: number
    span_from: number
    span_to: number
    kind: string
  }) => JSON.stringify([row.client_id, row.conversation_id, row.n, row.span_from, row.span_to, row.kind])
  const known = new Map(before.map(row => [placeOf(row), row]))
  const rows = conversations.flatMap(
    ({ client_id, conversation_id, deal_id, source, kind: conversation_kind, day, week, month }, i) =>
      mentions[i]!.map(({ n, from, to, kind, score }) => {
        const place = { client_id, conversation_id, n, span_from: from, span_to: to, kind }
        const old = known.get(placeOf(place))
        const kept = Object.fromEntries(KEPT.map(name => [name, old?.[name] ?? null])) as Pick<
          Row<'mentions'>,
          (typeof KEPT)[number]
        >
        const origin = { deal_id, source, conversation_kind, day, week, month }
        return { ...place, ...origin, ...kept, score: old?.theme_id ? old.score : score }
      }),
  )
  if (before.length > 0) await connection.run(sql`delete from mentions where ${ours}`)
  if (rows[0]) await connection.upsert('mentions', Object.keys(rows[0]) as (keyof Row<'mentions'>)[], rows)
  await writeState(connection, 'rules', RULES)
  await writeState(connection, 'cursor', cursor)
}
