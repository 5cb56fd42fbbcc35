/** Nearest neighbours in a full similarity matrix, and what is made of them: pooled vectors, local scaling. */
import { type Dense, normaliseBlocks } from './dense.ts'

export interface Neighbours {
  m: number
  /** n × m: the nearest of row i from i·m on, by falling likeness; -1 where there are no more. */
  who: Int32Array
  likeness: Float32Array
}

/** The m nearest others of each of n rows. Of equal ones the earlier comes first. */
export function nearest(similarities: Float32Array, n: number, m: number): Neighbours {
  const who = new Int32Array(n * m).fill(-1)
  const likeness = new Float32Array(n * m).fill(Number.NEGATIVE_INFINITY)
  for (let i = 0; i < n; i++) {
    const first = i * m
    const last = first + m - 1
    let least = Number.NEGATIVE_INFINITY
    for (let j = 0; j < n; j++) {
      const value = similarities[i * n + j]!
      if (value <= least || j === i) continue
      let at = last
      while (at > first && likeness[at - 1]! < value) {
        likeness[at] = likeness[at - 1]!
        who[at] = who[at - 1]!
        at--
      }
      likeness[at] = value
      who[at] = j
      least = likeness[last]!
    }
  }
  return { m, who, likeness }
}

/**
 * Each vector averaged with its neighbours, which count by likeness to the power of `sharpness`: what one text leaves
 * unsaid, those like it say. Returns new rows, normalised.
 */
export function poolNeighbours(dense: Dense, { m, who, likeness }: Neighbours, sharpness: number): Dense {
  const { n, k, values } = dense
  const pooled = { ...dense, values: values.slice() }
  for (let i = 0; i < n; i++) {
    for (let a = i * m; a < (i + 1) * m; a++) {
      const other = who[a]! * k
      if (other < 0 || likeness[a]! <= 0) continue
      const weight = likeness[a]! ** sharpness
      for (let d = 0; d < k; d++) pooled.values[i * k + d]! += weight * values[other + d]!
    }
  }
  normaliseBlocks(pooled)
  return pooled
}

/**
 * Takes off each pair a share of how like their nearest both are, in place; what is taken off is put back on average.
 * Source: Conneau et al., “Word translation without parallel data” (2018), cross-domain similarity local scaling.
 * Returns the mean likeness to the m nearest, after scaling.
 */
export function scaleLocally(similarities: Float32Array, n: number, m: number, share: number): number {
  if (n < 2) return 0
  const crowds = meanNearest(similarities, n, m)
  const mean = crowds.reduce((sum, value) => sum + value, 0) / n
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) similarities[i * n + j]! += share * (mean - (crowds[i]! + crowds[j]!) / 2)
  }
  return meanNearest(similarities, n, m).reduce((sum, value) => sum + value, 0) / n
}

function meanNearest(similarities: Float32Array, n: number, m: number): Float32Array {
  const size = Math.min(m, n - 1)
  const { likeness } = nearest(similarities, n, size)
  return Float32Array.from({ length: n }, (_, i) => {
    let sum = 0
    for (let a = i * size; a < (i + 1) * size; a++) sum += likeness[a]!
    return sum / size
  })
}
