/** Vectors -> groups: a mix of three likenesses, average linkage, one cut for each granularity. */
import type { Vectors } from './embed.ts'
import { cut, linkAverage } from './kernels/linkage.ts'
import { addDots, poolNeighbours } from './kernels/pool.ts'
import { addSimilarities } from './kernels/sparse.ts'

export type Granularity = 'topic' | 'question'

/** The same for all data; chosen on labelled sets of several kinds (test/quality). */
export const settings = {
  /** Share of each likeness. */
  words: 0.15,
  grams: 0.15,
  dense: 0.7,
  /** Neighbours that a vector is averaged with, and how often. */
  neighbours: 5,
  rounds: 2,
  /** Least average likeness of two groups that become one. */
  cuts: { topic: 0.28, question: 0.45 } satisfies Record<Granularity, number>,
}

/** Vectors averaged with their neighbours (see kernels/pool.ts). */
export function pooled(vectors: Vectors): Float32Array {
  let dense = vectors.dense
  for (let i = 0; i < settings.rounds; i++)
    dense = poolNeighbours(dense, vectors.n, vectors.k, settings.neighbours)
  return dense
}

/** Group of each item, numbered from 0 by first item. Memory n² · 4 bytes, time n². `weights`: equal items each stands for. */
export function group(
  vectors: Vectors,
  granularity: Granularity,
  weights = new Float64Array(vectors.n).fill(1),
): Int32Array {
  const { n, k } = vectors
  if (n === 0) return new Int32Array()
  const similarities = new Float32Array(n * n)
  addSimilarities(vectors.words, settings.words, similarities)
  addSimilarities(vectors.grams, settings.grams, similarities)
  if (k > 0) addDots(pooled(vectors), n, k, settings.dense, similarities)
  return cut(linkAverage(similarities, n, weights), n, settings.cuts[granularity])
}
