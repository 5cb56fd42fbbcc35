/** One conversation with its turns, its deal and what mining found in it. */
import type { Database } from './database.ts'
import type { Row } from './schema.ts'
import { sql } from './sql.ts'

export interface ConversationParts {
  conversation: Row<'conversations'>
  /** The client's number. */
  alias: number
  deal: Row<'deals'> | null
  utterances: Row<'utterances'>[]
  mentions: (Pick<Row<'mentions'>, 'n' | 'span_from' | 'span_to' | 'kind'> & { label: string | null })[]
}

/** Null when there is none. The deal is the conversation's own, or the client's latest that was made before it ended. */
export async function readConversation(
  database: Database,
  client: string,
  id: string,
): Promise<ConversationParts | null> {
  const [conversation] = await database.query<Row<'conversations'>>(
    sql`select * from conversations where client_id = ${client} and conversation_id = ${id}`,
  )
  if (!conversation) return null
  const [[known], deals, utterances, mentions] = await Promise.all([
    database.query<{ alias: number }>(sql`select alias from clients where client_id = ${client}`),
    database.query<Row<'deals'>>(
      sql`select * from deals where client_id = ${client} order by created_at desc, deal_id`,
    ),
    database.query<Row<'utterances'>>(
      sql`select * from utterances where client_id = ${client} and conversation_id = ${id} order by n`,
    ),
    database.query<ConversationParts['mentions'][number]>(
      sql`select m.n, m.span_from, m.span_to, m.kind, t.label from mentions m
        left join themes t on t.theme_id = m.theme_id and t.hidden = 0
        where m.client_id = ${client} and m.conversation_id = ${id} order by m.n, m.span_from, m.kind`,
    ),
  ])
  const day = conversation.day ?? '9999'
  const deal =
    conversation.deal_id === null
      ? deals.find(candidate => (candidate.day ?? '') <= day)
      : deals.find(candidate => candidate.deal_id === conversation.deal_id)
  return { conversation, alias: known?.alias ?? 0, deal: deal ?? null, utterances, mentions }
}
