/**
 * Groups that are known by their average, and the nearest of them to a text in time that does not grow with how many
 * texts they hold: words by an inverted index pick the candidates, latent vectors decide with them.
 */
import type { Placed } from './embed.ts'

/** Share of words in the likeness to a group; the rest is latent. */
const WORDS = 0.4
/** Candidates by words whose latent likeness is looked at. */
const CANDIDATES = 12

export interface Nearest {
  /** -1 when no group shares a word with it. */
  group: number
  /** Cosine to the group's average, 0 … 1. */
  score: number
}

export interface GroupIndex {
  /** Adds a placed row to a group; groups are numbered from 0. */
  add(placed: Placed, row: number, group: number): void
  /** The nearest group to a placed row. `own`: the group that the row is part of, which is judged without it. */
  nearest(placed: Placed, row: number, own?: number): Nearest
  /** The groups whose words are most like a placed row's, the most alike first; at most twelve. */
  near(placed: Placed, row: number): number[]
}

/** An empty index over rows of so many word features. */
export function createGroupIndex(wordFeatures: number): GroupIndex {
  /** Sums of rows, not averages: leaving one out is a subtraction. */
  const postings: Map<number, number>[] = Array.from({ length: wordFeatures }, () => new Map())
  const wordSquares: number[] = []
  const latent: Float32Array[] = []
  const latentSquares: number[] = []

  const add = ({ words, latent: { k, values } }: Placed, row: number, group: number) => {
    while (latent.length <= group) {
      latent.push(new Float32Array(k))
      wordSquares.push(0)
      latentSquares.push(0)
    }
    for (let i = words.offsets[row]!; i < words.offsets[row + 1]!; i++) {
      const posting = postings[words.indices[i]!]!
      const before = posting.get(group) ?? 0
      const value = words.values[i]!
      posting.set(group, before + value)
      wordSquares[group]! += value * (2 * before + value)
    }
    const sum = latent[group]!
    for (let d = 0; d < k; d++) {
      const value = values[row * k + d]!
      latentSquares[group]! += value * (2 * sum[d]! + value)
      sum[d]! += value
    }
  }

  let dots = new Float64Array(64)
  let touched = new Int32Array(64)

  const candidatesOf = ({ words }: Placed, row: number, own: number) => {
    if (dots.length < latent.length) {
      dots = new Float64Array(2 * latent.length)
      touched = new Int32Array(2 * latent.length)
    }
    let count = 0
    for (let i = words.offsets[row]!; i < words.offsets[row + 1]!; i++) {
      const value = words.values[i]!
      for (const [group, weight] of postings[words.indices[i]!]!) {
        if (dots[group] === 0) touched[count++] = group
        dots[group]! += value * weight
      }
    }
    const candidates: { group: number; cosine: number }[] = []
    for (let t = 0; t < count; t++) {
      const group = touched[t]!
      const cosine = cosineTo(dots[group]!, wordSquares[group]!, group === own)
      dots[group] = 0
      if (candidates.length === CANDIDATES && cosine <= candidates[CANDIDATES - 1]!.cosine) continue
      let at = Math.min(candidates.length, CANDIDATES - 1)
      while (at > 0 && candidates[at - 1]!.cosine < cosine) {
        candidates[at] = candidates[at - 1]!
        at--
      }
      candidates[at] = { group, cosine }
    }
    return candidates
  }

  const nearest = (placed: Placed, row: number, own = -1): Nearest => {
    const dense = placed.latent
    let best: Nearest = { group: -1, score: 0 }
    for (const { group, cosine } of candidatesOf(placed, row, own)) {
      const sum = latent[group]!
      let dot = 0
      for (let d = 0; d < dense.k; d++) dot += dense.values[row * dense.k + d]! * sum[d]!
      const score =
        dense.k === 0
          ? cosine
          : WORDS * cosine + (1 - WORDS) * cosineTo(dot, latentSquares[group]!, group === own)
      if (score > best.score) best = { group, score }
    }
    return best
  }

  return {
    add,
    nearest,
    near: (placed, row) => candidatesOf(placed, row, -1).map(({ group }) => group),
  }
}

/** Cosine of a row of length 1 and a sum of such rows, by their dot and the sum's square; `without`: less the row. */
function cosineTo(dot: number, square: number, without: boolean): number {
  const left = without ? square - 2 * dot + 1 : square
  return left > 1e-9 ? Math.max(0, (without ? dot - 1 : dot) / Math.sqrt(left)) : 0
}

/**
 * The least score at which joining is more often right than wrong, learned from what is in the index: each placed row
 * judged as if it were not yet in its group `own[row]`, -1 for none.
 */
export function leastScore(index: GroupIndex, placed: Placed, own: Int32Array): number {
  const judged = Array.from(own, (mine, row) => {
    const { group, score } = index.nearest(placed, row, mine)
    return { score, right: group >= 0 && group === mine ? 1 : -1 }
  }).sort((a, b) => b.score - a.score)
  let balance = 0
  let best = 0
  let least = 1
  for (const { score, right } of judged) {
    balance += right
    if (balance > best) {
      best = balance
      least = score
    }
  }
  return least
}
