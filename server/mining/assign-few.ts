/**
 * A few new texts beside a large catalogue, for what comes in by the hour: most join a theme by their words. The rest is
 * looked at among itself and what waits, and only what enough clients say alike is compared closely, with the themes that
 * are near to it. A text that a close comparison of everything would place may wait for the next of those.
 */
import { type Assignment, assign, type KnownTheme, type Outcome } from './assign.ts'
import { createJoiner } from './join.ts'
import type { Granularity } from './settings.ts'
import { BUILT_IN_ENGINE } from './vectors.ts'

export interface Said {
  text: string
  /** How many clients said just this. */
  clients: number
  /** Whether it is new, or was looked at before and waits. */
  fresh: boolean
}

export interface FewOptions {
  granularity: Granularity
  /** Clients who must say alike before it may be a theme. */
  leastClients: number
}

/** Texts that wait that are looked at again beside new ones, those that most clients said. */
const WAITING = 3_000
/** Texts compared closely at most, the themes near to each, and the texts by which these are known then. */
const CLOSELY = 120
const NEAR = 3
const EXEMPLARS = 5

/**
 * Gives texts their theme or group as `assign` does; what has neither goes on waiting. Null when so much is new that
 * everything should be compared. Deterministic.
 */
export function assignFew(
  said: readonly Said[],
  themes: readonly KnownTheme[],
  { granularity, leastClients }: FewOptions,
): Outcome | null {
  const assignments = said.map((): Assignment => ({ theme: null, group: null, score: 0 }))
  const outcome: Outcome = { assignments, merges: [], engine: BUILT_IN_ENGINE }
  const joiner = createJoiner(themes)
  const fresh = [...said.keys()].filter(i => said[i]!.fresh)
  for (const [f, joined] of joiner.join(fresh.map(i => said[i]!.text)).entries())
    if (joined) assignments[fresh[f]!] = { ...joined, group: null }
  const left = fresh.filter(i => assignments[i]!.theme === null)
  if (left.length === 0) return outcome
  const pool = [...left, ...[...said.keys()].filter(i => !said[i]!.fresh).slice(0, WAITING)]
  const suspects = joiner
    .suspect(
      pool.map(i => said[i]!.text),
      pool.map(i => said[i]!.clients),
      leastClients,
    )
    .filter(group => group.some(p => p < left.length))
    .flat()
    .map(p => pool[p]!)
  if (suspects.length === 0) return outcome
  if (suspects.length > CLOSELY) return null
  const near = new Set(suspects.flatMap(i => joiner.near(said[i]!.text).slice(0, NEAR)))
  const known = themes
    .filter(theme => near.has(theme))
    .map(theme => ({ ...theme, exemplars: theme.exemplars.slice(0, EXEMPLARS) }))
  const closely = assign(
    suspects.map(i => said[i]!.text),
    known,
    { granularity, weights: suspects.map(i => said[i]!.clients) },
  )
  for (const [s, i] of suspects.entries()) assignments[i] = closely.assignments[s]!
  return outcome
}
