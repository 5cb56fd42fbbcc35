/**
 * Conversations -> mentions -> themes. Incremental: reads only what came or changed since the last run (by revision),
 * each chunk in a transaction of its own together with the mark how far it came, so that a run that was killed goes on
 * where it stopped. Themes keep their ids; what fits none waits until enough alike wait with it.
 */
import { CancelledError } from '../errors.ts'
import type { Connection, Database } from '../store/database.ts'
import { inList } from '../store/lists.ts'
import type { Row } from '../store/schema.ts'
import { sql } from '../store/sql.ts'
import { assign, type KnownTheme, MAX_AT_ONCE } from './assign.ts'
import { extract } from './extract.ts'
import type { MentionKind } from './mention.ts'
import { chooseLabel } from './steps/name.ts'
import { chooseTopic } from './steps/topic.ts'

/** Conversations a transaction. */
const CHUNK = 1_000
/** Distinct clients who must ask alike before it is a theme. */
const LEAST_CLIENTS = 3
/** Texts by which a theme is known. */
const EXEMPLARS = 24
const ENGINE = 'lsa-1'

export interface MiningWatch {
  signal?: AbortSignal
  progress?(done: number, total: number): void
  /** `YYYY-MM-DD HH:MM:SS` for new themes. */
  now: string
}

export interface MiningReport {
  conversations: number
  mentions: number
  assigned: number
  waiting: number
  newThemes: number
}

interface Cursor {
  revision: number
  client_id: string
  conversation_id: string
}

/** Mines everything that is new or changed. Throws CancelledError; what was done so far stays. */
export async function mine(database: Database, watch: MiningWatch): Promise<MiningReport> {
  const conversations = await extractNew(database, watch)
  let newThemes = 0
  for (const kind of ['question', 'value', 'objection'] as const)
    newThemes += await assignWaiting(database, kind, watch)
  const [total] = await database.query<{ mentions: number; assigned: number | null }>(
    sql`select count(*) as mentions, sum(case when theme_id is null then 0 else 1 end) as assigned from mentions`,
  )
  const { mentions, assigned } = { mentions: total!.mentions, assigned: total!.assigned ?? 0 }
  return { conversations, mentions, assigned, waiting: mentions - assigned, newThemes }
}

async function readCursor(connection: Connection): Promise<Cursor> {
  const [row] = await connection.query<{ value: string }>(
    sql`select value from app.mining_state where name = 'cursor'`,
  )
  return row ? (JSON.parse(row.value) as Cursor) : { revision: 0, client_id: '', conversation_id: '' }
}

/** Extracts mentions of conversations after the mark, chunk by chunk; returns how many conversations. */
async function extractNew(database: Database, watch: MiningWatch): Promise<number> {
  let cursor = await readCursor(database)
  const after = (at: Cursor) =>
    sql`(revision > ${at.revision} or (revision = ${at.revision} and (client_id > ${at.client_id}
      or (client_id = ${at.client_id} and conversation_id > ${at.conversation_id}))))`
  const [left] = await database.query<{ n: number }>(
    sql`select count(*) as n from conversations where ${after(cursor)}`,
  )
  let done = 0
  for (;;) {
    if (watch.signal?.aborted)
      throw new CancelledError('Mining was stopped', { hint: 'Run it again to go on.' })
    const chunk = await database.query<Row<'conversations'>>(
      sql`select * from conversations where ${after(cursor)} order by revision, client_id, conversation_id limit ${CHUNK}`,
    )
    const last = chunk.at(-1)
    if (!last) return done
    cursor = { revision: last.revision, client_id: last.client_id, conversation_id: last.conversation_id }
    await database.transaction(async connection => {
      await extractChunk(connection, chunk)
      await connection.upsert(
        'mining_state',
        ['name', 'value'],
        [{ name: 'cursor', value: JSON.stringify(cursor) }],
      )
    })
    done += chunk.length
    watch.progress?.(done, left!.n)
  }
}

async function extractChunk(connection: Connection, chunk: readonly Row<'conversations'>[]): Promise<void> {
  const ids = inList(
    connection,
    chunk.map(conversation => conversation.conversation_id),
  )
  const rows = await connection.query<Row<'utterances'>>(
    sql`select * from utterances where conversation_id in ${ids} order by client_id, conversation_id, n`,
  )
  const said = new Map<string, Row<'utterances'>[]>()
  for (const row of rows) said.set(row.conversation_id, [...(said.get(row.conversation_id) ?? []), row])
  await connection.run(sql`delete from mentions where conversation_id in ${ids}`)
  const found = chunk.flatMap(({ client_id, conversation_id, deal_id, source, kind, day, week, month }) =>
    extract(said.get(conversation_id) ?? []).map(mention => ({
      client_id,
      conversation_id,
      n: mention.n,
      span_from: mention.from,
      span_to: mention.to,
      kind: mention.kind,
      score: mention.score,
      deal_id,
      source,
      conversation_kind: kind,
      day,
      week,
      month,
    })),
  )
  if (found.length > 0)
    await connection.upsert('mentions', Object.keys(found[0]!) as (keyof (typeof found)[0])[], found)
}

type Waiting = Pick<Row<'mentions'>, 'client_id' | 'conversation_id' | 'n' | 'span_from' | 'span_to'> & {
  text: string
}

/** Gives waiting mentions of a kind their themes, making new ones; returns how many are new. */
async function assignWaiting(database: Database, kind: MentionKind, watch: MiningWatch): Promise<number> {
  const waiting = await readTexts(database, kind, null)
  if (waiting.length === 0) return 0
  const byText = new Map<string, Waiting[]>()
  for (const mention of waiting) {
    const key = mention.text.toLowerCase()
    const same = byText.get(key)
    if (same) same.push(mention)
    else byText.set(key, [mention])
  }
  // The most said first: when there are too many to compare at once, the first round makes the themes.
  const groups = [...byText.values()].sort(
    (a, b) => b.length - a.length || (a[0]!.text < b[0]!.text ? -1 : 1),
  )
  let made = 0
  let themes = await readThemes(database, kind)
  for (let at = 0; at < groups.length; ) {
    if (watch.signal?.aborted)
      throw new CancelledError('Mining was stopped', { hint: 'Run it again to go on.' })
    const room = Math.max(500, MAX_AT_ONCE - themes.reduce((sum, theme) => sum + theme.exemplars.length, 0))
    const part = groups.slice(at, at + room)
    at += room
    made += await database.transaction(connection => assignPart(connection, kind, part, themes, watch.now))
    themes = await readThemes(database, kind)
  }
  return made
}

async function assignPart(
  connection: Connection,
  kind: MentionKind,
  part: readonly Waiting[][],
  themes: readonly KnownTheme[],
  now: string,
): Promise<number> {
  const clientsOf = (mentions: readonly Waiting[]) => new Set(mentions.map(mention => mention.client_id)).size
  const texts = part.map(mentions => mentions[0]!.text)
  const assignments = assign(texts, themes, {
    granularity: 'question',
    weights: part.map(clientsOf),
  }).assignments
  const groups = new Map<number, number[]>()
  for (const [i, { group }] of assignments.entries()) {
    if (group !== null) groups.set(group, [...(groups.get(group) ?? []), i])
  }
  const grown = [...groups.values()].filter(items => clientsOf(items.flatMap(i => part[i]!)) >= LEAST_CLIENTS)
  const prefix = kind[0]!
  const [top] = await connection.query<{ n: number }>(
    sql`select count(*) as n from themes where kind = ${kind}`,
  )
  const themeOf = new Map<number, string>()
  const rows = grown.map((items, i) => {
    const theme_id = `${prefix}-${top!.n + i + 1}`
    for (const item of items) themeOf.set(item, theme_id)
    const candidates = items.map(item => ({
      text: texts[item]!,
      score: assignments[item]!.score,
      clients: clientsOf(part[item]!),
    }))
    const label = chooseLabel(candidates)
    const topic = chooseTopic(items.map(item => texts[item]!))
    return {
      theme_id,
      kind,
      label,
      machine_label: label,
      topic,
      machine_topic: topic,
      status: 'new',
      hidden: 0,
      created_at: now,
      engine: ENGINE,
    }
  })
  await connection.upsert(
    'themes',
    [
      'theme_id',
      'kind',
      'label',
      'machine_label',
      'topic',
      'machine_topic',
      'status',
      'hidden',
      'created_at',
      'engine',
    ],
    rows,
  )
  const assigned = part.flatMap((mentions, i) => {
    const theme_id = assignments[i]!.theme ?? themeOf.get(i)
    if (theme_id === undefined) return []
    return mentions.map(({ client_id, conversation_id, n, span_from, span_to }) => ({
      client_id,
      conversation_id,
      n,
      span_from,
      span_to,
      kind,
      theme_id,
      machine_theme_id: theme_id,
      score: Math.round(assignments[i]!.score * 1000) / 1000,
    }))
  })
  const columns = [
    'client_id',
    'conversation_id',
    'n',
    'span_from',
    'span_to',
    'kind',
    'theme_id',
    'machine_theme_id',
    'score',
  ] as const
  await connection.upsert('mentions', columns, assigned)
  return rows.length
}

/** Texts of mentions of a kind: those that wait, or a theme's. */
async function readTexts(database: Connection, kind: MentionKind, theme: string | null): Promise<Waiting[]> {
  const which = theme === null ? sql`m.theme_id is null` : sql`m.theme_id = ${theme}`
  const rows = await database.query<Waiting>(
    sql`select m.client_id, m.conversation_id, m.n, m.span_from, m.span_to, u.text from mentions m
      join utterances u on u.client_id = m.client_id and u.conversation_id = m.conversation_id and u.n = m.n
      where m.kind = ${kind} and ${which} order by m.client_id, m.conversation_id, m.n, m.span_from`,
  )
  return rows.map(row => ({ ...row, text: row.text.slice(row.span_from, row.span_to) }))
}

/** Themes of a kind that are no aliases, each with the texts that stand for it. */
async function readThemes(database: Connection, kind: MentionKind): Promise<KnownTheme[]> {
  const themes = await database.query<{ theme_id: string }>(
    sql`select theme_id from themes where kind = ${kind} and alias_of is null order by theme_id`,
  )
  const known: KnownTheme[] = []
  for (const { theme_id } of themes) {
    const texts = [...new Set((await readTexts(database, kind, theme_id)).map(mention => mention.text))]
    // Spread evenly over all that was said, so that the first conversations do not speak for the theme alone.
    const stride = Math.max(1, texts.length / EXEMPLARS)
    const exemplars = Array.from(
      { length: Math.min(EXEMPLARS, texts.length) },
      (_, i) => texts[Math.floor(i * stride)]!,
    )
    known.push({ id: theme_id, exemplars })
  }
  return known
}
