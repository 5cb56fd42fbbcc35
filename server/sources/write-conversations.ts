/** Conversations with their utterances -> tables. */
import type { Connection } from '../store/database.ts'
import { type Row as Stored, tables } from '../store/schema.ts'
import { sql } from '../store/sql.ts'
import { type ConversationFacts, UNNUMBERED } from './facts.ts'
import { type Counts, differs, type Loose, NOTHING, type Owned, ofStanding, upsertLoose } from './upserts.ts'

type Talk = Owned<ConversationFacts>
type Turn = ConversationFacts['utterances'][number]
type Turns = Map<number, Turn>

/** Which turns of a conversation rows without a number may be: those that stand with the same words, or the next. */
interface Numbering {
  free: Map<string, number[]>
  next: number
}

/** By conversation; holds those of the last batch, since a conversation may go on in the next. */
export type Numberings = Map<string, Numbering>

const wordsOf = (turn: Turn) => `${turn.speaker}\0${turn.text}`

function createNumbering(turns: Turns): Numbering {
  const free = new Map<string, number[]>()
  let next = 0
  for (const n of [...turns.keys()].sort((a, b) => a - b)) {
    const words = wordsOf(turns.get(n)!)
    free.set(words, [...(free.get(words) ?? []), n])
    next = n + 1
  }
  return { free, next }
}

function numbered(turn: Turn, numbering: Numbering): Turn {
  if (turn.n !== UNNUMBERED) return turn
  return { ...turn, n: numbering.free.get(wordsOf(turn))?.shift() ?? numbering.next++ }
}

/**
 * Stores conversations; those that differ from what stands get a revision above all others, so that mining, which may
 * run meanwhile, finds them after what it has read. Counts rows: a conversation where it comes whole, a turn where each turn is a row.
 */
export async function writeConversations(
  connection: Connection,
  talks: readonly Talk[],
  fresh: ReadonlySet<string>,
  numberings: Numberings,
): Promise<Counts> {
  if (talks.length === 0) return NOTHING
  const met = new Set(talks.map(talk => talk.conversation.conversation_id))
  for (const id of numberings.keys()) if (!met.has(id)) numberings.delete(id)
  const counts = { inserted: 0, updated: 0 }
  const revision = await nextRevision(connection)
  const { before, said } = await readStanding(connection, talks, fresh)
  const rows = new Map<string, Stored<'conversations'>>()
  const utterances: Stored<'utterances'>[] = []
  for (const { client_id, conversation, utterances: given, whole } of talks) {
    const id = conversation.conversation_id
    const old = before.get(id)
    const oldTurns: Turns = said.get(id) ?? new Map()
    said.set(id, oldTurns)
    let turns = given
    if (given.some(turn => turn.n === UNNUMBERED)) {
      const numbering = numberings.get(id) ?? createNumbering(oldTurns)
      numberings.set(id, numbering)
      turns = given.map(turn => numbered(turn, numbering))
    }
    // A transcript that came shorter than the one that stands: its last turns are gone.
    const gone = whole && turns.length > 0 ? [...oldTurns.keys()].filter(n => n >= turns.length) : []
    for (const n of gone) {
      await connection.run(
        sql`delete from utterances where client_id = ${client_id} and conversation_id = ${id} and n = ${n}`,
      )
      oldTurns.delete(n)
    }
    const byTurn = !whole && turns.length > 0
    const isNew = byTurn ? turns.some(turn => !oldTurns.has(turn.n)) : !old
    let changed = gone.length > 0
    for (const turn of turns) {
      if (!differs(oldTurns.get(turn.n), turn)) continue
      changed = true
      utterances.push({ client_id, conversation_id: id, ...turn })
      oldTurns.set(turn.n, turn)
    }
    // Where each turn is a row, what is said of the conversation stands as its first row said it.
    const facts = byTurn && old ? withoutKnown(conversation, old) : conversation
    if (!changed && !differs(old, facts)) continue
    counts[isNew ? 'inserted' : 'updated']++
    const row = { is_missed: 0, ...old, ...facts, client_id, revision } as Stored<'conversations'>
    before.set(id, row)
    rows.set(id, row)
  }
  await upsertLoose(connection, 'conversations', [...rows.values()])
  const columns = Object.keys(tables.utterances.columns) as (keyof Stored<'utterances'>)[]
  await connection.upsert('utterances', columns, utterances)
  return counts
}

async function nextRevision(connection: Connection): Promise<number> {
  const [row] = await connection.query<{ top: number | null }>(
    sql`select max(revision) as top from conversations`,
  )
  return (row!.top ?? 0) + 1
}

async function readStanding(connection: Connection, talks: readonly Talk[], fresh: ReadonlySet<string>) {
  const asked = talks.map(({ client_id, conversation }) => ({
    client_id,
    conversation_id: conversation.conversation_id,
  }))
  const conversations = await ofStanding(connection, 'conversations', 'conversation_id', asked, fresh)
  const before = new Map(conversations.map(row => [row.conversation_id, row]))
  const said = new Map<string, Turns>()
  if (before.size > 0) {
    const withOld = asked.filter(row => before.has(row.conversation_id))
    for (const row of await ofStanding(connection, 'utterances', 'conversation_id', withOld, fresh)) {
      const turns = said.get(row.conversation_id)
      const { n, speaker, start_ms, end_ms, text } = row
      const turn = { n, speaker, start_ms, end_ms, text }
      if (turns) turns.set(n, turn)
      else said.set(row.conversation_id, new Map([[n, turn]]))
    }
  }
  return { before, said }
}

/** The columns of a conversation of which nothing is known yet, and its start where this row is an earlier one. */
function withoutKnown(conversation: ConversationFacts['conversation'], old: Stored<'conversations'>): object {
  const { started_at, day, week, month } = conversation
  if (started_at && old.started_at && started_at < old.started_at)
    return { ...withoutKnown({ ...conversation, started_at: null }, old), started_at, day, week, month }
  return Object.fromEntries(
    Object.entries(conversation).filter(([name]) => ((old as Loose)[name] ?? null) === null),
  )
}
