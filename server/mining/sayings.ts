/** Mentions that wait, and what was said in just the same words put together. */
import type { Database } from '../store/database.ts'
import type { Row } from '../store/schema.ts'
import { sql } from '../store/sql.ts'
import { isTelling } from './light-words.ts'
import type { MentionKind } from './mention.ts'

export type Waiting = Pick<
  Row<'mentions'>,
  'client_id' | 'conversation_id' | 'n' | 'span_from' | 'span_to' | 'waits'
> & {
  text: string
  speaker: string
}

/** Mentions of the very same words. */
export interface Saying {
  text: string
  mentions: Waiting[]
  clients: number
  /** Whether one of them came since the last grouping. */
  fresh: boolean
  /** Whether a client said it, not only a manager's note. */
  spoken: boolean
  /** Whether it says what it is about. */
  telling: boolean
}

/** All that waits of a kind; the most said first, so that the first words of a theme are its commonest. */
export async function readSayings(database: Database, kind: MentionKind): Promise<Saying[]> {
  const waiting = spansOf(
    await database.query<Waiting>(
      sql`select m.client_id, m.conversation_id, m.n, m.span_from, m.span_to, m.waits, u.text, u.speaker from mentions m
        join utterances u on u.client_id = m.client_id and u.conversation_id = m.conversation_id and u.n = m.n
        where m.kind = ${kind} and m.theme_id is null order by m.client_id, m.conversation_id, m.n, m.span_from`,
    ),
  )
  return [...Map.groupBy(waiting, mention => mention.text.toLowerCase()).values()]
    .map(mentions => ({
      text: mentions[0]!.text,
      mentions,
      clients: countClients(mentions),
      fresh: mentions.some(mention => mention.waits === null),
      spoken: mentions.some(mention => mention.speaker === 'client'),
      telling: isTelling(mentions[0]!.text),
    }))
    .sort((a, b) => b.clients - a.clients || (a.text < b.text ? -1 : 1))
}

/** Distinct clients of some mentions. */
export const countClients = (mentions: readonly Waiting[]) =>
  new Set(mentions.map(mention => mention.client_id)).size

/** Rows whose text is cut to their span. */
export function spansOf<T extends { text: string; span_from: number; span_to: number }>(
  rows: readonly T[],
): T[] {
  return rows.map(row => ({ ...row, text: row.text.slice(row.span_from, row.span_to) }))
}
