/** A fresh clustering of what stands in the catalogue, kept as proposals until a person takes or drops them. */
import { NotFoundError } from '../errors.ts'
import type { Database } from '../store/database.ts'
import { sql } from '../store/sql.ts'
import { assign } from './assign.ts'
import { type Author, makeEdits, readLog } from './catalogue.ts'
import { replay } from './edits.ts'
import type { MentionKind } from './mention.ts'
import { type ClusteredMention, type Proposal, propose } from './recluster.ts'
import { readState, writeState } from './state.ts'

const nameOf = (kind: MentionKind) => `proposals:${kind}`

/** Clusters all assigned mentions of a kind anew and keeps what it would change. May take as long as the first mining. */
export async function findProposals(database: Database, kind: MentionKind): Promise<Proposal[]> {
  const rows = await database.query<{
    client_id: string
    conversation_id: string
    n: number
    span_from: number
    span_to: number
    theme_id: string
    text: string
  }>(
    sql`select m.client_id, m.conversation_id, m.n, m.span_from, m.span_to, m.theme_id, u.text from mentions m
      join utterances u on u.client_id = m.client_id and u.conversation_id = m.conversation_id and u.n = m.n
      where m.kind = ${kind} and m.theme_id is not null order by m.client_id, m.conversation_id, m.n, m.span_from`,
  )
  const labels = await readLabels(database, kind)
  const texts = rows.map(row => row.text.slice(row.span_from, row.span_to))
  const { assignments } = assign(texts, [], { granularity: 'question' })
  const mentions = rows.map(
    ({ client_id, conversation_id, n, span_from, theme_id }, i): ClusteredMention => ({
      ref: { client_id, conversation_id, n, from: span_from },
      text: texts[i]!,
      theme: theme_id,
      group: assignments[i]!.group!,
      score: assignments[i]!.score,
    }),
  )
  const proposals = propose(mentions, labels, replay(await readLog(database)))
  await writeState(database, nameOf(kind), proposals)
  return proposals
}

/** The proposals that were found last and not taken yet. */
export async function listProposals(database: Database, kind: MentionKind): Promise<Proposal[]> {
  return (await readState<Proposal[]>(database, nameOf(kind))) ?? []
}

/** Takes proposals, all or none; each becomes an edit that can be undone. Throws NotFoundError. */
export async function acceptProposals(
  database: Database,
  kind: MentionKind,
  ids: readonly string[],
  by: Author,
): Promise<number[]> {
  const kept = await listProposals(database, kind)
  const missing = ids.find(id => !kept.some(proposal => proposal.id === id))
  if (missing !== undefined)
    throw new NotFoundError(`There is no proposal ${missing}`, {
      hint: 'Look for them anew: catalogue propose.',
    })
  const taken = kept.filter(proposal => ids.includes(proposal.id))
  return database.transaction(async connection => {
    const edits = await makeEdits(
      connection,
      taken.map(proposal => proposal.edit),
      by,
    )
    await writeState(
      connection,
      nameOf(kind),
      kept.filter(proposal => !ids.includes(proposal.id)),
    )
    return edits
  })
}

async function readLabels(database: Database, kind: MentionKind): Promise<Map<string, string>> {
  const rows = await database.query<{ theme_id: string; label: string }>(
    sql`select theme_id, label from themes where kind = ${kind}`,
  )
  return new Map(rows.map(row => [row.theme_id, row.label]))
}
