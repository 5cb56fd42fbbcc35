/** A transcript -> a conversation: whose it is, and who speaks. */
import { sha256 } from '../lib/hash.ts'
import type { Connection } from '../store/database.ts'
import { tombstoneOf } from '../store/erased-keys.ts'
import { inList } from '../store/lists.ts'
import { readSetting } from '../store/settings.ts'
import { sql } from '../store/sql.ts'
import type { RowFacts } from './facts.ts'
import type { Transcript } from './source.ts'
import { type Role, rolesOf } from './speakers.ts'

const SYSTEMS = ['comagic', 'crm', 'amocrm', 'hubspot', 'call']

export interface KnownConversation {
  conversation_id: string
  kind: string
}

/** The conversation that a transcript belongs to: by its own id, else by an id in the file's name; null when none is known. */
export async function findConversation(
  database: Connection,
  id: string | null,
  fileName: string,
): Promise<KnownConversation | null> {
  // The name only leads to a call that is known already; it is no identity of its own.
  const words =
    id !== null ? [id] : (fileName.replace(/\.[^.]+$/, '').match(/[\p{L}\p{N}-]*\d[\p{L}\p{N}-]*/gu) ?? [])
  const ids = words.flatMap(word => SYSTEMS.map(system => `${system}:${word}`))
  const [found] = await database.query<KnownConversation>(
    sql`select conversation_id, kind from conversations where conversation_id in ${inList(database, ids)} order by conversation_id limit 1`,
  )
  return found ?? (await findErased(database, ids))
}

/** A conversation that was erased with its client: its transcript is passed over, not taken for a stranger's. */
async function findErased(database: Connection, ids: readonly string[]): Promise<KnownConversation | null> {
  const secret = await readSetting(database, 'identity_secret')
  if (secret === null) return null
  const byHash = new Map(ids.map(id => [tombstoneOf(`conversation:${id}`, secret), id]))
  const [found] = await database.query<{ key_hash: string }>(
    sql`select key_hash from app.erased_keys where key_hash in ${inList(database, [...byHash.keys()])} limit 1`,
  )
  return found ? { conversation_id: byHash.get(found.key_hash)!, kind: 'call' } : null
}

/** Facts of a transcript. One that belongs to no known call is known by its words, and its client by it alone. */
export function toConversation(
  transcript: Transcript,
  known: KnownConversation | null,
  speakers: ReadonlyMap<string, Role> = new Map(),
): { facts: RowFacts; guessed: boolean } {
  const { roles, guessed } = rolesOf(transcript.turns, speakers)
  const own = transcript.id ?? sha256(JSON.stringify(transcript.turns)).slice(0, 16)
  const conversation_id = known?.conversation_id ?? `call:${own}`
  const clean = (text: string) => text.toWellFormed().replaceAll('\0', '')
  return {
    guessed,
    facts: {
      client: { keys: [], fields: {}, contacts: {}, attributes: [] },
      entity: `conversation:${conversation_id}`,
      conversations: [
        {
          conversation: { conversation_id, kind: known?.kind ?? 'call' },
          utterances: transcript.turns.map((turn, n) => ({
            n,
            speaker: roles.get(turn.speaker ?? '') ?? 'client',
            start_ms: turn.start_ms,
            end_ms: turn.end_ms,
            text: clean(turn.text),
          })),
          whole: true,
        },
      ],
    },
  }
}
