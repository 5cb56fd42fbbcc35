/** What mining made of a client's words: names of themes, people's edits that point at them, kept vectors. */
import type { Connection } from '../store/database.ts'
import { inList } from '../store/lists.ts'
import type { Row } from '../store/schema.ts'
import { sql } from '../store/sql.ts'
import { chooseLabel } from './steps/name.ts'
import { keyOf } from './vector-space.ts'

/** Stands where a theme's only words were erased. */
const NO_WORDS = '—'
/** Mentions of a theme that are weighed for its new name. */
const CANDIDATES = 400

/**
 * Forgets them; the client's own rows must be gone already. `said` are the client's texts, trimmed. Call inside the
 * transaction of the erasure. Returns places by table.
 */
export async function forgetClient(
  connection: Connection,
  client: string,
  said: readonly string[],
): Promise<Record<string, number>> {
  const words = new Set(said.map(plain))
  const themes = await connection.query<{
    theme_id: string
    label: string
    machine_label: string
    engine: string | null
  }>(sql`select theme_id, label, machine_label, engine from themes`)
  let renamed = 0
  for (const theme of themes.filter(({ machine_label }) => words.has(plain(machine_label)))) {
    const label = await nameFromOthers(connection, theme)
    if (label === theme.machine_label) continue
    renamed++
    await connection.run(
      sql`update themes set machine_label = ${label}, label = ${theme.label === theme.machine_label ? label : theme.label}
        where theme_id = ${theme.theme_id}`,
    )
  }
  return {
    themes: renamed,
    theme_edits: await blankReferences(connection, client),
    page_phrasings: await forgetPhrasings(connection, words),
    embeddings: await forgetVectors(connection, said, [
      ...new Set(themes.flatMap(({ engine }) => engine ?? [])),
    ]),
    mining_state: await connection.run(sql`delete from app.mining_state where name like 'proposals:%'`),
  }
}

const plain = (text: string) => text.trim().toLowerCase()

/** The name that the words of the other clients give; the old one where one of them said just that. */
async function nameFromOthers(
  connection: Connection,
  { theme_id, machine_label }: Pick<Row<'themes'>, 'theme_id' | 'machine_label'>,
): Promise<string> {
  const rows = await connection.query<{
    client_id: string
    text: string
    span_from: number
    span_to: number
    score: number | null
  }>(
    sql`select m.client_id, m.span_from, m.span_to, m.score, u.text from mentions m
      join utterances u on u.client_id = m.client_id and u.conversation_id = m.conversation_id and u.n = m.n
      where m.theme_id = ${theme_id} order by m.score desc, m.client_id, m.conversation_id, m.n, m.span_from limit ${CANDIDATES}`,
  )
  const texts = rows.map(row => ({ ...row, text: row.text.slice(row.span_from, row.span_to).trim() }))
  if (texts.some(({ text }) => plain(text) === plain(machine_label))) return machine_label
  if (texts.length === 0) return NO_WORDS
  const alike = [...Map.groupBy(texts, ({ text }) => plain(text)).values()]
  return chooseLabel(
    alike.map(group => ({
      text: group[0]!.text,
      score: group[0]!.score ?? 0,
      clients: new Set(group.map(({ client_id }) => client_id)).size,
    })),
  )
}

/** Edits stay in the log under their numbers; what they say of the client's mentions points nowhere. */
async function blankReferences(connection: Connection, client: string): Promise<number> {
  const rows = await connection.query<{ edit_id: number; body: string }>(
    sql`select edit_id, body from theme_edits where action in ('split', 'move')`,
  )
  let changed = 0
  for (const { edit_id, body } of rows) {
    const blank = JSON.stringify(JSON.parse(body), (_key, value: unknown) =>
      (value as { client_id?: unknown } | null)?.client_id === client
        ? { client_id: '', conversation_id: '', n: 0, from: 0 }
        : value,
    )
    if (blank === body) continue
    changed++
    await connection.run(sql`update theme_edits set body = ${blank} where edit_id = ${edit_id}`)
  }
  return changed
}

async function forgetPhrasings(connection: Connection, words: ReadonlySet<string>): Promise<number> {
  const rows = await connection.query<Row<'page_phrasings'>>(sql`select page_id, text from page_phrasings`)
  let gone = 0
  for (const { page_id, text } of rows) {
    if (!words.has(plain(text))) continue
    gone += await connection.run(
      sql`delete from page_phrasings where page_id = ${page_id} and text = ${text}`,
    )
  }
  return gone
}

async function forgetVectors(
  connection: Connection,
  said: readonly string[],
  engines: readonly string[],
): Promise<number> {
  const keys = engines.flatMap(engine => said.map(text => keyOf(engine, text)))
  return keys.length === 0
    ? 0
    : connection.run(sql`delete from app.embeddings where key in ${inList(connection, keys)}`)
}
