/**
 * Mentions that wait -> themes: each joins the one it is closest to, enough alike make a new one, the rest go on waiting.
 * All of a kind in one computation and one transaction: whatever was killed before, the same mentions give the same
 * themes.
 */
import { CancelledError } from '../errors.ts'
import type { Connection, Database } from '../store/database.ts'
import type { Row } from '../store/schema.ts'
import { sql } from '../store/sql.ts'
import { assign, type KnownTheme } from './assign.ts'
import { nextThemeId, readLog } from './catalogue.ts'
import { type Corrections, numberOf, replay, resolve, themeOf } from './edits.ts'
import { isTelling } from './light-words.ts'
import type { MentionKind } from './mention.ts'
import { chooseLabel } from './steps/name.ts'
import { chooseTopic } from './steps/topic.ts'
import { openSpace } from './vector-space.ts'
import type { VectorSpace } from './vectors.ts'
import type { MiningWatch } from './watch.ts'

/** Distinct clients who must say alike before it is a theme. */
const LEAST_CLIENTS = 3
/** Texts by which a theme is known. */
const EXEMPLARS = 24

type Waiting = Pick<Row<'mentions'>, 'client_id' | 'conversation_id' | 'n' | 'span_from' | 'span_to'> & {
  text: string
  speaker: string
}

/** Mentions of the very same words. */
interface Saying {
  text: string
  mentions: Waiting[]
  clients: number
  /** Whether a client said it, not only a manager's note. */
  spoken: boolean
  /** Whether it says what it is about. */
  telling: boolean
}

/** Gives waiting mentions of a kind their themes; returns how many themes are new. Throws CancelledError. */
export async function groupWaiting(
  database: Database,
  kind: MentionKind,
  watch: MiningWatch,
): Promise<number> {
  // What waits already waits for something new: without that a run changes nothing.
  const [fresh] = await database.query<{ n: number }>(
    sql`select count(*) as n from mentions where kind = ${kind} and theme_id is null and waits is null`,
  )
  if (fresh!.n === 0) return 0
  const sayings = toSayings(await readWaiting(database, kind))
  const themes = await readThemes(database, kind)
  const compared = sayings.filter(saying => saying.telling)
  const texts = compared.map(saying => saying.text)
  const space = await spaceFor([...texts, ...themes.flatMap(theme => theme.exemplars)], database, watch)
  const { assignments, engine } = assign(texts, themes, {
    granularity: 'question',
    weights: compared.map(saying => saying.clients),
    ...(space && { space }),
  })
  if (watch.signal?.aborted)
    throw new CancelledError('Mining was stopped', { hint: 'Run it again to go on.' })
  return database.transaction(async connection => {
    const corrections = replay(await readLog(connection))
    const groups = Map.groupBy(compared.keys(), i => assignments[i]!.group)
    groups.delete(null)
    const grown = [...groups.values()].filter(
      group => clientsOf(group.flatMap(i => compared[i]!.mentions)) >= LEAST_CLIENTS,
    )
    const made = await makeThemes(connection, kind, engine, watch.now, grown, (i: number) => ({
      saying: compared[i]!,
      score: assignments[i]!.score,
    }))
    const room = new Map(themes.map(theme => [theme.id, EXEMPLARS - theme.exemplars.length]))
    const places = compared.map((saying, i) => ({
      saying,
      theme: assignments[i]!.theme ?? made.get(i) ?? null,
      score: assignments[i]!.score,
    }))
    const bare = sayings.filter(saying => !saying.telling).map(saying => ({ saying, theme: null, score: 0 }))
    await place(connection, kind, [...places, ...bare], room, corrections)
    return grown.length
  })
}

/** The endpoint's space, when one is configured and answers; what it failed of is told. */
async function spaceFor(
  texts: readonly string[],
  database: Database,
  { embedder, signal, warn }: MiningWatch,
): Promise<VectorSpace | null> {
  if (!embedder) return null
  const { space, failure } = await openSpace(database, embedder, texts, signal)
  if (failure !== null) warn?.(`${failure}; the built-in engine was used`)
  return space
}

const clientsOf = (mentions: readonly Waiting[]) => new Set(mentions.map(mention => mention.client_id)).size

/** The most said first, so that the first words of a theme are its commonest. */
function toSayings(waiting: readonly Waiting[]): Saying[] {
  return [...Map.groupBy(waiting, mention => mention.text.toLowerCase()).values()]
    .map(mentions => ({
      text: mentions[0]!.text,
      mentions,
      clients: clientsOf(mentions),
      spoken: mentions.some(mention => mention.speaker === 'client'),
      telling: isTelling(mentions[0]!.text),
    }))
    .sort((a, b) => b.clients - a.clients || (a.text < b.text ? -1 : 1))
}

/** Makes a theme of each group; returns the theme of every member. */
async function makeThemes(
  connection: Connection,
  kind: MentionKind,
  engine: string,
  now: string,
  groups: readonly (readonly number[])[],
  member: (i: number) => { saying: Saying; score: number },
): Promise<Map<number, string>> {
  let next = numberOf(await nextThemeId(connection, kind))
  const made = new Map<number, string>()
  const rows = groups.map(group => {
    const theme_id = `${kind[0]}-${next++}`
    for (const i of group) made.set(i, theme_id)
    const members = group.map(member)
    // A manager's shorthand names a theme only where no client put it in words.
    const spoken = members.filter(({ saying }) => saying.spoken)
    const candidates = (spoken.length > 0 ? spoken : members).map(({ saying, score }) => ({
      text: saying.text,
      score,
      clients: saying.clients,
    }))
    const label = chooseLabel(candidates)
    const topic = chooseTopic(members.map(({ saying }) => saying.text))
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
      engine,
    }
  })
  if (rows[0]) await connection.upsert('themes', Object.keys(rows[0]) as (keyof (typeof rows)[0])[], rows)
  return made
}

/** Writes where mentions stand, and which of them stand for their theme. */
async function place(
  connection: Connection,
  kind: MentionKind,
  places: readonly { saying: Saying; theme: string | null; score: number }[],
  room: Map<string, number>,
  corrections: Corrections,
): Promise<void> {
  const best = [...places].sort((a, b) => b.score - a.score || (a.saying.text < b.saying.text ? -1 : 1))
  const rows = best.flatMap(({ saying, theme, score }) => {
    const free = theme === null ? 0 : (room.get(theme) ?? EXEMPLARS)
    if (theme !== null && free > 0) room.set(theme, free - 1)
    return saying.mentions.map(({ client_id, conversation_id, n, span_from, span_to }, i) => {
      const ref = { client_id, conversation_id, n, from: span_from }
      const theme_id = themeOf(kind, ref, theme, corrections)
      return {
        client_id,
        conversation_id,
        n,
        span_from,
        span_to,
        kind,
        theme_id,
        machine_theme_id: theme,
        waits: theme_id !== null ? null : saying.telling ? 'few' : 'bare',
        exemplar: free > 0 && i === 0 ? EXEMPLARS - free + 1 : null,
        ...(theme !== null && { score: Math.round(score * 1000) / 1000 }),
      }
    })
  })
  for (const part of Map.groupBy(rows, row => 'score' in row).values())
    await connection.upsert('mentions', Object.keys(part[0]!) as (keyof Row<'mentions'>)[], part as never)
}

function toText<T extends { text: string; span_from: number; span_to: number }>(rows: readonly T[]): T[] {
  return rows.map(row => ({ ...row, text: row.text.slice(row.span_from, row.span_to) }))
}

async function readWaiting(database: Database, kind: MentionKind): Promise<Waiting[]> {
  return toText(
    await database.query<Waiting>(
      sql`select m.client_id, m.conversation_id, m.n, m.span_from, m.span_to, u.text, u.speaker from mentions m
        join utterances u on u.client_id = m.client_id and u.conversation_id = m.conversation_id and u.n = m.n
        where m.kind = ${kind} and m.theme_id is null order by m.client_id, m.conversation_id, m.n, m.span_from`,
    ),
  )
}

interface Example {
  theme_id: string
  machine_theme_id: string | null
  text: string
  span_from: number
  span_to: number
}

/**
 * What new texts are compared with: themes of a kind, the oldest first, each with the texts that stand for it. A theme that
 * was merged is still compared by itself: what a person put together need not sound alike.
 */
async function readThemes(database: Database, kind: MentionKind): Promise<KnownTheme[]> {
  const { aliases } = replay(await readLog(database))
  const chosen = sql`select theme_id, machine_theme_id, client_id, conversation_id, n, span_from, span_to, exemplar as place
    from mentions where kind = ${kind} and exemplar is not null and theme_id is not null`
  // A theme whose examples were moved or erased is known by the most typical of what is left.
  const instead = sql`select theme_id, theme_id as machine_theme_id, client_id, conversation_id, n, span_from, span_to,
    row_number() over (partition by theme_id order by score desc, client_id, conversation_id, n, span_from) as place
    from mentions where kind = ${kind} and theme_id in (select theme_id from themes where kind = ${kind} and alias_of is null
    except select theme_id from mentions where kind = ${kind} and exemplar is not null)`
  const texts = new Map<string, Set<string>>()
  for (const places of [chosen, instead]) {
    const rows = await database.query<Example>(
      sql`select m.theme_id, m.machine_theme_id, u.text, m.span_from, m.span_to from (${places}) m
        join utterances u on u.client_id = m.client_id and u.conversation_id = m.conversation_id and u.n = m.n
        where m.place <= ${EXEMPLARS} order by m.theme_id, m.place, m.client_id, m.conversation_id, m.n`,
    )
    for (const { theme_id, machine_theme_id, text } of toText(rows)) {
      const machine = machine_theme_id ?? theme_id
      const owner = resolve(machine, aliases) === theme_id ? machine : theme_id
      texts.set(owner, (texts.get(owner) ?? new Set()).add(text))
    }
  }
  return [...texts]
    .map(([id, exemplars]) => ({ id, exemplars: [...exemplars] }))
    .sort((a, b) => numberOf(a.id) - numberOf(b.id))
}
