/** How far mining has come. */
import type { Database } from '../store/database.ts'
import { sql } from '../store/sql.ts'

export interface MiningStatus {
  /** Which likeness stands behind the themes; '' before there are any. */
  engine: string
  mentions: number
  assigned: number
  waiting: number
  /** Conversations that came or changed since the last mining. */
  unread: number
}

/** Counts again only when mentions, themes or conversations changed. */
export function createMiningStatus(database: Database): () => Promise<MiningStatus> {
  let known: { stamp: string; status: MiningStatus } | undefined
  return async () => {
    const versions = await database.versions()
    const [mark] = await database.query<{ value: string }>(
      sql`select value from app.mining_state where name = 'cursor'`,
    )
    const tables = (['mentions', 'themes', 'conversations'] as const).map(name => versions.get(name) ?? 0)
    const stamp = [...tables, mark?.value ?? ''].join(' ')
    if (known?.stamp !== stamp) known = { stamp, status: await readStatus(database, mark?.value) }
    return known.status
  }
}

async function readStatus(database: Database, mark: string | undefined): Promise<MiningStatus> {
  const at = mark === undefined ? null : (JSON.parse(mark) as Record<string, string | number>)
  const after = at
    ? sql`where revision > ${at.revision!} or (revision = ${at.revision!} and (client_id > ${at.client_id!}
        or (client_id = ${at.client_id!} and conversation_id > ${at.conversation_id!})))`
    : sql``
  const [[total], [unread], [theme]] = await Promise.all([
    database.query<{ mentions: number; assigned: number | null }>(
      sql`select count(*) as mentions, count(theme_id) as assigned from mentions`,
    ),
    database.query<{ n: number }>(sql`select count(*) as n from conversations ${after}`),
    database.query<{ engine: string | null }>(sql`select max(engine) as engine from themes`),
  ])
  const mentions = total!.mentions
  const assigned = total!.assigned ?? 0
  return {
    engine: theme?.engine ?? '',
    mentions,
    assigned,
    waiting: mentions - assigned,
    unread: unread!.n,
  }
}
