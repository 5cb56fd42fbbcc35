/** What several files of a language write alike. */
import type { ConversationRow, Origin, UtteranceRow, VisitRow } from '../rows.ts'
import { bareId, type Cell } from './csv.ts'

/** The five columns that say where a contact came from. */
export const originColumns = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term']

export function originCells({ source, medium, campaign, content, keyword }: Origin): Cell[] {
  return [source, medium, campaign, content, keyword]
}

/** Notes of each deal in order: the texts of its comments. */
export function notesByDeal(conversations: readonly ConversationRow[]): Map<string, string[]> {
  const notes = new Map<string, string[]>()
  for (const { kind, about, utterances } of conversations) {
    if (kind === 'comment') notes.set(about, [...(notes.get(about) ?? []), utterances[0]!.text])
  }
  return notes
}

/** A call's turns for JSON Lines. */
export function toTurns(utterances: readonly UtteranceRow[], agent: string, client: string): object[] {
  return utterances.map(({ speaker, start_ms, text }) => ({
    speaker: speaker === 'agent' ? agent : client,
    start: start_ms! / 1000,
    text,
  }))
}

/** A chat or form as one line of JSON; what is not known is left out. */
export function printChat(
  row: ConversationRow,
  fields: Record<string, unknown>,
  sides: { agent: string },
): string {
  const { source, medium, campaign, content, keyword } = row
  const said = {
    chat_id: Number(bareId(row.conversation_id)),
    ...fields,
    utm_source: source,
    utm_medium: medium,
    utm_campaign: campaign,
    utm_content: content,
    utm_term: keyword,
    messages: row.utterances.map(({ speaker, text }) => ({
      from: speaker === 'agent' ? sides.agent : 'visitor',
      text,
    })),
  }
  const told = Object.entries(said).filter(([, value]) => value !== null)
  return `${JSON.stringify(Object.fromEntries(told))}\n`
}

/** The visit's own cells after its ids and the phone. */
export function visitCells(visit: VisitRow): Cell[] {
  return [
    visit.started_at.slice(0, 16),
    ...originCells(visit),
    visit.landing_page,
    visit.pages,
    visit.goals.join(', '),
  ]
}
