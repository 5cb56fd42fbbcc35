/**
 * The catalogue in the database: themes and mentions as the machine left them, with people's edits over them. Every edit
 * is logged and applied in one transaction; whatever the log says is also applied to what mining brings later.
 */
import { ConflictError, InputError, NotFoundError } from '../errors.ts'
import type { Connection, Database } from '../store/database.ts'
import { inList, pairTable } from '../store/lists.ts'
import type { Row } from '../store/schema.ts'
import { sql } from '../store/sql.ts'
import {
  type Corrections,
  type Edit,
  editSchema,
  type LoggedEdit,
  type MentionRef,
  numberOf,
  replay,
  resolve,
  themeOf,
} from './edits.ts'

export interface Author {
  author: string | null
  /** `YYYY-MM-DD HH:MM:SS` */
  now: string
}

type MentionRow = Pick<
  Row<'mentions'>,
  'client_id' | 'conversation_id' | 'n' | 'span_from' | 'span_to' | 'kind' | 'theme_id' | 'machine_theme_id'
>
const mentionColumns = [
  'client_id',
  'conversation_id',
  'n',
  'span_from',
  'span_to',
  'kind',
  'theme_id',
] as const

/** The log, oldest first. Throws InputError when a row of it can't be read: it was not written by this program. */
export async function readLog(connection: Connection): Promise<LoggedEdit[]> {
  const rows = await connection.query<Row<'theme_edits'>>(sql`select * from theme_edits order by edit_id`)
  return rows.map(({ edit_id, body, undone }) => {
    const parsed = editSchema.safeParse(JSON.parse(body))
    if (!parsed.success)
      throw new InputError(`Edit ${edit_id} of the catalogue can't be read`, {
        hint: 'It was written by a newer version: update Verbatim.',
      })
    return { id: edit_id, edit: parsed.data, undone: undone === 1 }
  })
}

/** Makes an edit: checks it, logs it, applies it. Returns its id. Throws NotFoundError, InputError, ConflictError. */
export function makeEdit(database: Database, wanted: Edit, by: Author): Promise<number> {
  return database.transaction(connection => makeEdits(connection, [wanted], by).then(ids => ids[0]!))
}

/** Several edits as one step: all or none. */
export async function makeEdits(
  connection: Connection,
  wanted: readonly Edit[],
  by: Author,
): Promise<number[]> {
  const log = await readLog(connection)
  const before = replay(log)
  let next = (log.at(-1)?.id ?? 0) + 1
  const ids: number[] = []
  for (const given of wanted) {
    const edit = await complete(connection, given, by)
    log.push({ id: next, edit, undone: false })
    const row = { edit_id: next, action: edit.action, body: JSON.stringify(edit), ...signed(by), undone: 0 }
    await connection.upsert(
      'theme_edits',
      ['edit_id', 'action', 'body', 'author', 'made_at', 'undone'],
      [row],
    )
    ids.push(next++)
  }
  await applyDifference(connection, before, replay(log))
  return ids
}

const signed = ({ author, now }: Author) => ({ author, made_at: now })

/** Takes an edit back; it stays in the log. Throws NotFoundError, or ConflictError when it was undone already. */
export function undoEdit(database: Database, id: number): Promise<void> {
  return database.transaction(async connection => {
    const log = await readLog(connection)
    const entry = log.find(candidate => candidate.id === id)
    if (!entry) throw new NotFoundError(`There is no edit ${id}`, { hint: 'See catalogue log.' })
    if (entry.undone) throw new ConflictError(`Edit ${id} was undone already`)
    const before = replay(log)
    entry.undone = true
    await connection.run(sql`update theme_edits set undone = 1 where edit_id = ${id}`)
    await applyDifference(connection, before, replay(log))
  })
}

/** Checks that what an edit names is there and of one kind, and gives a split its new theme. */
async function complete(connection: Connection, edit: Edit, by: Author): Promise<Edit> {
  const named =
    edit.action === 'merge'
      ? edit.themes
      : edit.action === 'move'
        ? [edit.from ?? edit.to, edit.to]
        : [edit.theme]
  const found = await connection.query<{ theme_id: string; kind: string; topic: string }>(
    sql`select theme_id, kind, topic from themes where theme_id in ${inList(connection, named)}`,
  )
  const missing = named.find(id => !found.some(row => row.theme_id === id))
  if (missing !== undefined)
    throw new NotFoundError(`There is no theme ${missing}`, { hint: 'See catalogue list.' })
  const [{ kind, topic } = found[0]!] = found
  if (found.some(row => row.kind !== kind)) {
    throw new InputError('Themes of different kinds can’t be put together', {
      hint: 'A question stays a question, a value a value.',
    })
  }
  if (edit.action === 'move') await demandMentions(connection, kind, [edit.mention])
  if (edit.action !== 'split') return edit
  await demandMentions(connection, kind, edit.mentions)
  const into = await nextThemeId(connection, kind)
  const made = {
    theme_id: into,
    kind,
    label: edit.label,
    machine_label: edit.label,
    topic,
    machine_topic: topic,
    status: 'new',
    hidden: 0,
    created_at: by.now,
    engine: 'split',
  }
  await connection.upsert('themes', Object.keys(made) as (keyof typeof made)[], [made])
  return { ...edit, into }
}

async function demandMentions(
  connection: Connection,
  kind: string,
  refs: readonly MentionRef[],
): Promise<void> {
  const known = new Set((await readMentions(connection, kind, refs)).map(row => placeOf(toRef(row))))
  const absent = refs.find(ref => !known.has(placeOf(ref)))
  if (absent)
    throw new NotFoundError(`Conversation ${absent.conversation_id} has no ${kind} at that place`, {
      details: { mention: absent },
    })
}

/** The next id of a kind: themes are never deleted, so the count of ids only grows. */
export async function nextThemeId(connection: Connection, kind: string): Promise<string> {
  const rows = await connection.query<{ theme_id: string }>(
    sql`select theme_id from themes where kind = ${kind}`,
  )
  return `${kind[0]}-${rows.reduce((top, row) => Math.max(top, numberOf(row.theme_id)), 0) + 1}`
}

const placeOf = (ref: MentionRef) => JSON.stringify([ref.client_id, ref.conversation_id, ref.n, ref.from])
const toRef = (row: MentionRow): MentionRef => ({
  client_id: row.client_id,
  conversation_id: row.conversation_id,
  n: row.n,
  from: row.span_from,
})

async function readMentions(
  connection: Connection,
  kind: string,
  refs: readonly MentionRef[],
): Promise<MentionRow[]> {
  const wanted = new Set(refs.map(placeOf))
  const keys = pairTable(
    connection,
    refs.map(ref => [ref.client_id, ref.conversation_id] as const),
  )
  const rows = await connection.query<MentionRow>(
    sql`select client_id, conversation_id, n, span_from, span_to, kind, theme_id, machine_theme_id
      from mentions where kind = ${kind} and (client_id, conversation_id) in ${keys}`,
  )
  return rows.filter(row => wanted.has(placeOf(toRef(row))))
}

/** Brings themes and mentions from what one state of the log says to what another says; touches only what differs. */
async function applyDifference(
  connection: Connection,
  before: Corrections,
  after: Corrections,
): Promise<void> {
  const fields = ['labels', 'topics', 'statuses', 'hidden', 'aliases'] as const
  const touched = new Set(fields.flatMap(field => differing<unknown>(before[field], after[field])))
  await correctThemes(connection, touched, after)
  const kinds = { q: 'question', v: 'value', o: 'objection' } as Record<string, string>
  let redirected = false
  for (const id of new Set([...before.aliases.keys(), ...after.aliases.keys()])) {
    const now = resolve(id, after.aliases)
    if (resolve(id, before.aliases) === now) continue
    redirected = true
    await connection.run(
      sql`update mentions set theme_id = ${now} where kind = ${kinds[id[0]!]!} and machine_theme_id = ${id}`,
    )
  }
  // A person's own placing goes over the machine's, also where that was redirected just now.
  const pins = redirected
    ? new Set([...before.pins.keys(), ...after.pins.keys()])
    : differing(before.pins, after.pins)
  for (const [letter, kind] of Object.entries(kinds)) {
    const refs = [...pins].flatMap(key => {
      const [own, client_id, conversation_id, n, from] = JSON.parse(key) as [
        string,
        string,
        string,
        number,
        number,
      ]
      return own === letter ? [{ client_id, conversation_id, n, from }] : []
    })
    if (refs.length > 0) await correctMentions(connection, await readMentions(connection, kind, refs), after)
  }
}

/** Keys whose value is not the same in both. */
function differing<V>(a: ReadonlyMap<string, V>, b: ReadonlyMap<string, V>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter(key => a.get(key) !== b.get(key))
}

/** Sets what themes show: the machine's words, or a person's where there are any. */
export async function correctThemes(
  connection: Connection,
  ids: Iterable<string>,
  corrections: Corrections,
): Promise<void> {
  for (const id of ids) {
    const { labels, topics, statuses, hidden, aliases } = corrections
    const alias = aliases.has(id) ? resolve(id, aliases) : null
    await connection.run(
      sql`update themes set label = coalesce(${labels.get(id) ?? null}, machine_label),
        topic = coalesce(${topics.get(id) ?? null}, machine_topic), status = ${statuses.get(id) ?? 'new'},
        hidden = ${hidden.get(id) ? 1 : 0}, alias_of = ${alias} where theme_id = ${id}`,
    )
  }
}

/** Sets where mentions stand under the log. */
export async function correctMentions(
  connection: Connection,
  rows: readonly MentionRow[],
  corrections: Corrections,
): Promise<void> {
  const moved = rows.flatMap(row => {
    const theme_id = themeOf(row.kind, toRef(row), row.machine_theme_id, corrections)
    return theme_id === row.theme_id ? [] : [{ ...row, theme_id }]
  })
  if (moved.length > 0) await connection.upsert('mentions', mentionColumns, moved)
}
