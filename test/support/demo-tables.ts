/**
 * The demo's generated clients straight into the tables, without files: for tests of size and of growth. Themes and
 * mentions come from what was planted when asked for; else mining finds them.
 */
import type { ClientRows } from '../../data/demo/generator/rows.ts'
import { calendarOf } from '../../server/lib/dates.ts'
import { deriveAll } from '../../server/sources/write-deals.ts'
import type { Database } from '../../server/store/database.ts'
import type { Row, TableName } from '../../server/store/schema.ts'

export interface DemoTableOptions {
  /** Number of this batch, which mining tells new conversations by: 1. */
  revision?: number
  /** Alias of the first client: 1. */
  firstAlias?: number
  /** Writes the planted mentions as if mined. */
  mentions?: boolean
}

const CHUNK = 2_000
const day = (moment: string) => calendarOf(moment.slice(0, 10))

/** Writes them; returns how many clients there were. */
export async function writeDemoClients(
  database: Database,
  clients: Iterable<ClientRows>,
  { revision = 1, firstAlias = 1, mentions = false }: DemoTableOptions = {},
): Promise<number> {
  const themes = new Map<string, Row<'themes'>>()
  let rows: Record<string, object[]> = {}
  let n = 0
  const flush = async () => {
    await database.transaction(async connection => {
      for (const [table, list] of Object.entries(rows))
        await connection.upsert(table as TableName, Object.keys(list[0]!) as never[], list as never[])
    })
    rows = {}
  }
  const push = (table: TableName, row: object) => {
    rows[table] ??= []
    rows[table].push(row)
  }
  for (const { client, deals, conversations } of clients) {
    const { client_id, kind, city, region, profile, consent, first_seen_at, building } = client
    const alias = firstAlias + n++
    push('clients', {
      client_id,
      alias,
      kind,
      city,
      region,
      profile,
      consent,
      first_seen_at,
      ...day(first_seen_at),
    })
    push('client_attributes', { client_id, name: 'Тип дома', value: building })
    for (const { tags, ...deal } of deals) push('deals', { ...deal, ...day(deal.created_at) })
    for (const { utterances, about, ...talk } of conversations) {
      const when = day(talk.started_at)
      push('conversations', { ...talk, deal_id: about, ...when, revision })
      for (const { marks, ...turn } of utterances) {
        const at = { client_id, conversation_id: talk.conversation_id, n: turn.n }
        push('utterances', { ...at, speaker: turn.speaker, start_ms: turn.start_ms, text: turn.text })
        for (const mark of mentions ? marks : []) {
          if (mark.theme === '' || mark.kind === 'decoy') continue
          const theme_id = themeOf(themes, mark.kind, mark.theme)
          push('mentions', {
            ...at,
            span_from: mark.from,
            span_to: mark.to,
            kind: mark.kind,
            theme_id,
            machine_theme_id: theme_id,
            score: 1,
            deal_id: about,
            source: talk.source,
            conversation_kind: talk.kind,
            ...when,
          })
        }
      }
    }
    if (n % CHUNK === 0) await flush()
  }
  await flush()
  const made = [...themes.values()]
  if (made.length > 0) await database.upsert('themes', Object.keys(made[0]!) as never[], made)
  await deriveAll(database)
  return n
}

function themeOf(themes: Map<string, Row<'themes'>>, kind: string, key: string): string {
  const name = `${kind}:${key}`
  const known = themes.get(name)
  if (known) return known.theme_id
  const theme_id = `${kind[0]}-${[...themes.values()].filter(theme => theme.kind === kind).length + 1}`
  themes.set(name, {
    theme_id,
    kind,
    label: key,
    machine_label: key,
    topic: 'other',
    machine_topic: 'other',
    status: 'new',
    hidden: 0,
    alias_of: null,
    created_at: null,
    engine: 'planted',
  })
  return theme_id
}
