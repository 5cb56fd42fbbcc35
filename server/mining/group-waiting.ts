/**
 * Mentions that wait -> themes: each joins the one it is closest to, enough alike make a new one, the rest go on waiting.
 * All of a kind in one computation and one transaction: whatever was killed before, the same mentions give the same
 * themes.
 */
import { CancelledError } from '../errors.ts'
import type { Connection, Database } from '../store/database.ts'
import type { Row } from '../store/schema.ts'
import { sql } from '../store/sql.ts'
import { assign, type KnownTheme, type Outcome } from './assign.ts'
import { assignFew } from './assign-few.ts'
import { nextThemeId, readLog } from './catalogue.ts'
import { type Corrections, numberOf, replay, themeOf } from './edits.ts'
import { EXEMPLARS, readKnownThemes } from './known-themes.ts'
import type { MentionKind } from './mention.ts'
import { countClients, readSayings, type Saying } from './sayings.ts'
import { readState, writeState } from './state.ts'
import { chooseLabel } from './steps/name.ts'
import { chooseTopic } from './steps/topic.ts'
import { openSpace } from './vector-space.ts'
import type { VectorSpace } from './vectors.ts'
import type { MiningWatch } from './watch.ts'

/** Distinct clients who must say alike before it is a theme. */
const LEAST_CLIENTS = 3

export interface Limits {
  /** A catalogue known by fewer texts than this is always compared with all that waits. */
  known: number
  /** So many texts may come to wait before all is compared again. */
  few: number
}

const LIMITS: Limits = { known: 400, few: 1_000 }

/** Gives waiting mentions of a kind their themes; returns how many themes are new. Throws CancelledError. */
export async function groupWaiting(
  database: Database,
  kind: MentionKind,
  watch: MiningWatch,
  limits = LIMITS,
): Promise<number> {
  // What waits already waits for something new: without that a run changes nothing.
  const [fresh] = await database.query<{ n: number }>(
    sql`select count(*) as n from mentions where kind = ${kind} and theme_id is null and waits is null`,
  )
  if (fresh!.n === 0) return 0
  const sayings = await readSayings(database, kind)
  const themes = await readKnownThemes(database, kind)
  const compared = sayings.filter(saying => saying.telling)
  const left = (await readState<number>(database, stateName(kind))) ?? 0
  const few = !watch.embedder && isFew(compared.length - left, themes, limits)
  const quick = few
    ? assignFew(compared, themes, { granularity: 'question', leastClients: LEAST_CLIENTS })
    : null
  const { assignments, engine } = quick ?? (await compareAll(database, compared, themes, watch))
  if (watch.signal?.aborted)
    throw new CancelledError('Mining was stopped', { hint: 'Run it again to go on.' })
  return database.transaction(async connection => {
    const corrections = replay(await readLog(connection))
    const groups = Map.groupBy(compared.keys(), i => assignments[i]!.group)
    groups.delete(null)
    const grown = [...groups.values()].filter(
      group => countClients(group.flatMap(i => compared[i]!.mentions)) >= LEAST_CLIENTS,
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
    if (!quick)
      await writeState(connection, stateName(kind), places.filter(({ theme }) => theme === null).length)
    return grown.length
  })
}

/** Remembers how many texts waited when all was compared the last time. */
const stateName = (kind: MentionKind) => `waiting:${kind}`

const isFew = (came: number, themes: readonly KnownTheme[], { known, few }: Limits) =>
  came <= few && themes.reduce((sum, theme) => sum + theme.exemplars.length, 0) >= known

/** Compares all that waits with all themes. */
async function compareAll(
  database: Database,
  compared: readonly Saying[],
  themes: readonly KnownTheme[],
  watch: MiningWatch,
): Promise<Outcome> {
  const texts = compared.map(saying => saying.text)
  const space = await spaceFor([...texts, ...themes.flatMap(theme => theme.exemplars)], database, watch)
  const weights = compared.map(saying => saying.clients)
  return assign(texts, themes, { granularity: 'question', weights, ...(space && { space }) })
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
