import { Hono } from 'hono'
import { NotFoundError } from '../errors.ts'
import { type ConversationParts, readConversation } from '../store/conversation.ts'
import type { Conversation } from './contract.ts'
import type { AppParts } from './parts.ts'
import { readId } from './reading.ts'

/** One conversation with its turns and what was found in them. */
export function conversationRoutes({ database, accounts }: AppParts): Hono {
  return new Hono().get('/:client/:conversation', async c => {
    const found = await readConversation(database, readId(c, 'client'), readId(c, 'conversation'))
    if (!found) throw new NotFoundError('There is no such conversation', { hint: 'It may have been erased.' })
    accounts.audit.record('unmasked_view', c.var.actor, found.conversation.conversation_id)
    return c.json(toConversation(found))
  })
}

function toConversation({
  conversation,
  alias,
  deal,
  utterances,
  mentions,
}: ConversationParts): Conversation {
  const { client_id, conversation_id, kind, direction, started_at, duration_s, manager, source } =
    conversation
  return {
    client_id,
    conversation_id,
    alias,
    kind,
    direction,
    startedAt: started_at,
    durationS: duration_s,
    manager,
    source,
    deal: deal && {
      title: deal.title,
      status: deal.status,
      stage: deal.stage,
      amount: deal.amount,
      currency: deal.currency,
    },
    turns: utterances.map(({ n, speaker, start_ms, text }) => ({
      n,
      speaker: speaker as Conversation['turns'][number]['speaker'],
      start_ms,
      text,
      marks: mentions
        .filter(mention => mention.n === n)
        .map(({ span_from, span_to, kind: found, label }) => ({
          from: span_from,
          to: span_to,
          kind: found,
          theme: label,
        })),
    })),
  }
}
