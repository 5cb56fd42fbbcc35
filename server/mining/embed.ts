/**
 * Texts -> a space in which alike texts are near: TF-IDF of words and of character n-grams, and their latent semantic
 * analysis (Deerwester et al. 1990). The model is kept, so that later texts are folded into the same space.
 */
import type { Features } from './features.ts'
import { type Dense, normaliseBlocks } from './kernels/dense.ts'
import { beside, multiply, normaliseRows, type Sparse, toSparse } from './kernels/sparse.ts'
import { basisOf, type Projection, project } from './kernels/svd.ts'
import { settings } from './settings.ts'

export interface Vocabulary {
  /** Feature -> column. */
  columns: ReadonlyMap<string, number>
  idf: Float32Array
}

export interface Model {
  words: Vocabulary
  grams: Vocabulary
  projection: Projection
}

export interface Placed {
  words: Sparse
  grams: Sparse
  /** One block a latent space, see settings.dimensions. */
  latent: Dense
}

/**
 * Features that fewer texts have are left out: among many texts they are chance. Of few texts all count, or two that share
 * the end of a word, and nothing else with any other, would seem the same.
 */
const LEAST_TEXTS = 2
const FEW_TEXTS = 40
/** So many dimensions even few texts get, if there are as many texts. */
const LEAST_DIMENSIONS = 4

/** Learns a model from texts' features and places them in it. */
export function fitModel(features: readonly Features[]): { model: Model; placed: Placed } {
  const words = learnVocabulary(features.map(feature => feature.words))
  const grams = learnVocabulary(features.map(feature => feature.grams))
  const [wordRows, gramRows] = weigh(features, words, grams)
  // More dimensions than half the texts would tell each text from all others.
  const most = Math.min(
    Math.max(...settings.dimensions),
    Math.max(features.length >> 1, Math.min(features.length, LEAST_DIMENSIONS)),
  )
  const projection = project(beside(wordRows, gramRows, settings.gramsInLatent), most)
  const latent = toBlocks(projection.places, features.length, projection.k)
  return { model: { words, grams, projection }, placed: { words: wordRows, grams: gramRows, latent } }
}

type Worded = Pick<Features, 'words'>

/** A function that places texts by their words alone, as learned from other texts: much cheaper, and a little blinder. */
export function createWordPlacer(learned: readonly Worded[]): (features: readonly Worded[]) => Placed {
  const words = learnVocabulary(learned.map(feature => feature.words))
  return features => {
    const rows = tfIdf(
      features.map(feature => feature.words),
      words,
    )
    const n = features.length
    const none = { rows: n, columns: 0, offsets: new Uint32Array(n + 1), indices: new Uint32Array() }
    const latent = { n, k: 0, starts: [], values: new Float32Array() }
    return { words: rows, grams: { ...none, values: new Float32Array() }, latent }
  }
}

/** A function that places texts in a model learned before. */
export function createPlacer({ words, grams, projection }: Model): (features: readonly Features[]) => Placed {
  const basis = basisOf(projection)
  return features => {
    const [wordRows, gramRows] = weigh(features, words, grams)
    const places = multiply(beside(wordRows, gramRows, settings.gramsInLatent), basis, projection.k)
    return { words: wordRows, grams: gramRows, latent: toBlocks(places, features.length, projection.k) }
  }
}

/** rows × k places -> one block a latent space: the first so many dimensions of each place. */
function toBlocks(places: Float32Array, rows: number, most: number): Dense {
  const sizes = [...new Set(settings.dimensions.map(size => Math.min(size, most)))].filter(size => size > 0)
  const starts = sizes.map((_, b) => sizes.slice(0, b).reduce((sum, size) => sum + size, 0))
  const k = sizes.reduce((sum, size) => sum + size, 0)
  const values = new Float32Array(rows * k)
  for (let r = 0; r < rows; r++) {
    for (const [b, size] of sizes.entries())
      values.set(places.subarray(r * most, r * most + size), r * k + starts[b]!)
  }
  const latent = { n: rows, k, starts, values }
  normaliseBlocks(latent)
  return latent
}

function weigh(features: readonly Features[], words: Vocabulary, grams: Vocabulary): [Sparse, Sparse] {
  return [
    tfIdf(
      features.map(feature => feature.words),
      words,
    ),
    tfIdf(
      features.map(feature => feature.grams),
      grams,
    ),
  ]
}

/**
 * Columns for features that enough texts have. Their idf is the square root of the usual smoothed one: in what
 * clients say, the common words («доставка», “account”) are the topic, and rare ones are often chance.
 */
function learnVocabulary(rows: readonly ReadonlyMap<string, number>[]): Vocabulary {
  const frequency = new Map<string, number>()
  for (const row of rows)
    for (const feature of row.keys()) frequency.set(feature, (frequency.get(feature) ?? 0) + 1)
  const least = rows.length < FEW_TEXTS ? 1 : LEAST_TEXTS
  const kept = [...frequency].filter(([, n]) => n >= least)
  return {
    columns: new Map(kept.map(([feature], i) => [feature, i])),
    idf: Float32Array.from(kept, ([, n]) => Math.sqrt(Math.log((rows.length + 1) / (n + 1)) + 1)),
  }
}

/** Rows of weight · idf, of unit length. */
function tfIdf(rows: readonly ReadonlyMap<string, number>[], { columns, idf }: Vocabulary): Sparse {
  const matrix = rows.map(row => {
    const known = new Map<number, number>()
    for (const [feature, weight] of row) {
      const column = columns.get(feature)
      if (column !== undefined) known.set(column, weight * idf[column]!)
    }
    return known
  })
  return normaliseRows(toSparse(matrix, columns.size))
}
