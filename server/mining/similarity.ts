/** Texts -> how alike each is to each: the one place where the likenesses are weighed together. */
import { createPlacer, fitModel, type Placed } from './embed.ts'
import { extractFeatures, type Features } from './features.ts'
import { addDots, type Dense, normaliseBlocks } from './kernels/dense.ts'
import { nearest, poolNeighbours, scaleLocally } from './kernels/neighbours.ts'
import { addSimilarities } from './kernels/sparse.ts'
import { settings } from './settings.ts'
import type { VectorSpace } from './vectors.ts'

export interface Compared {
  /** n × n, locally scaled. */
  similarities: Float32Array
  /** How close paraphrases crowd: see settings.usualCrowding. */
  crowding: number
  placed: Placed
  /** A function that places other texts in the same space; made when asked for, since it costs. */
  placer(): (texts: readonly string[]) => Placed
}

/**
 * Full n × n matrix of locally scaled likeness. Some 1 is the same, 0 unrelated; the average over a group is what
 * settings.cuts compares. Memory: 8 n² bytes; time grows with n². With a `space`, its vectors stand in for latent
 * analysis when it has one for every text.
 */
export function compareAll(
  features: readonly Features[],
  texts: readonly string[],
  space?: VectorSpace,
): Compared {
  const n = features.length
  const { model, placed } = fitModel(features)
  const lexical = new Float32Array(n * n)
  addSimilarities(placed.words, settings.words, lexical)
  addSimilarities(placed.grams, settings.grams, lexical)
  const given = space ? toDense(texts, space) : null
  if (given) placed.latent = given
  let dense = placed.latent
  for (let round = 0; round < settings.rounds && dense.k > 0; round++) {
    const likeness = lexical.slice()
    addDots(dense, settings.latent, likeness)
    dense = poolNeighbours(dense, nearest(likeness, n, settings.neighbours), settings.sharpness)
  }
  addDots(dense, settings.latent, lexical)
  const crowding = scaleLocally(lexical, n, settings.scalingNeighbours, settings.scaling)
  const placer = () => {
    const place = createPlacer(model)
    return (others: readonly string[]) => {
      const found = place(others.map(extractFeatures))
      const latent = given ? toDense(others, space!) : null
      return latent ? { ...found, latent } : found
    }
  }
  return { similarities: lexical, crowding, placed, placer }
}

/** The space's vectors as rows, or null when one is missing. */
function toDense(texts: readonly string[], space: VectorSpace): Dense | null {
  const k = space.dimensions
  const values = new Float32Array(texts.length * k)
  for (const [i, text] of texts.entries()) {
    const vector = space.vectorOf(text)
    if (!vector) return null
    values.set(vector, i * k)
  }
  const dense = { n: texts.length, k, starts: [0], values }
  normaliseBlocks(dense)
  return dense
}
