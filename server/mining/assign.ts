/** Texts -> themes: each joins the theme it is closest to; those that none is close to are grouped among themselves. */
import { fitModel } from './embed.ts'
import { extractFeatures } from './features.ts'
import { cut, linkAverage } from './kernels/linkage.ts'
import { addDots, poolNeighbours } from './kernels/pool.ts'
import { addSimilarities } from './kernels/sparse.ts'
import { type Granularity, settings } from './settings.ts'

export interface KnownTheme {
  id: string
  /** Texts that stand for it. */
  exemplars: readonly string[]
}

export interface Assignment {
  /** A theme that is known, or null. */
  theme: string | null
  /** For the rest: which new group, numbered from 0. */
  group: number | null
  /** Average likeness to the theme or group, 0 … 1. */
  score: number
}

/** Texts that are compared all with all at once; memory is the square of this, times 4 bytes. */
export const MAX_AT_ONCE = 6_000

/**
 * Assigns texts (at most MAX_AT_ONCE with the exemplars) to themes or to new groups. `weights`: how many clients said
 * the very same. Deterministic.
 */
export function assign(
  texts: readonly string[],
  themes: readonly KnownTheme[],
  granularity: Granularity,
  weights: readonly number[] = texts.map(() => 1),
): Assignment[] {
  const all = [...texts, ...themes.flatMap(theme => theme.exemplars)]
  const n = all.length
  if (texts.length === 0) return []
  const { vectors } = fitModel(all.map(extractFeatures))
  const similarities = new Float32Array(n * n)
  addSimilarities(vectors.words, settings.words, similarities)
  addSimilarities(vectors.grams, settings.grams, similarities)
  if (vectors.k > 0) {
    let dense = vectors.dense
    for (let i = 0; i < settings.rounds; i++) dense = poolNeighbours(dense, n, vectors.k, settings.neighbours)
    addDots(dense, n, vectors.k, settings.dense, similarities)
  }
  const least = settings.cuts[granularity]
  const result: Assignment[] = texts.map(() => ({ theme: null, group: null, score: 0 }))
  let at = texts.length
  for (const theme of themes) {
    const size = theme.exemplars.length
    for (let i = 0; i < texts.length; i++) {
      let sum = 0
      for (let j = at; j < at + size; j++) sum += similarities[i * n + j]!
      const score = size === 0 ? 0 : sum / size
      if (score >= least && score > result[i]!.score) result[i] = { theme: theme.id, group: null, score }
    }
    at += size
  }
  groupRest(result, similarities, n, least, weights)
  return result
}

/** Groups what joined no theme, in place. */
function groupRest(
  result: Assignment[],
  similarities: Float32Array,
  n: number,
  least: number,
  weights: readonly number[],
): void {
  const rest = result.flatMap((assignment, i) => (assignment.theme === null ? [i] : []))
  const m = rest.length
  const among = new Float32Array(m * m)
  for (let i = 0; i < m; i++)
    for (let j = 0; j < m; j++) among[i * m + j] = similarities[rest[i]! * n + rest[j]!]!
  const labels = cut(
    linkAverage(
      among,
      m,
      Float64Array.from(rest, i => weights[i]!),
    ),
    m,
    least,
  )
  const members = new Map<number, number[]>()
  for (const [i, item] of rest.entries()) members.set(labels[i]!, [...(members.get(labels[i]!) ?? []), item])
  for (const [group, items] of members) {
    for (const item of items) {
      const others = items.filter(other => other !== item)
      const sum = others.reduce((total, other) => total + similarities[item * n + other]!, 0)
      result[item] = { theme: null, group, score: others.length === 0 ? 1 : sum / others.length }
    }
  }
}
