/**
 * Texts -> a space in which alike texts are near: TF-IDF of stems and of character n-grams, and their latent semantic
 * analysis (Deerwester et al. 1990). The model is kept, so that later texts are folded into the same space.
 */
import type { Features } from './features.ts'
import { normaliseDense } from './kernels/pool.ts'
import { multiply, normaliseRows, type Sparse, toSparse } from './kernels/sparse.ts'
import { project } from './kernels/svd.ts'

export interface Vocabulary {
  /** Feature -> column. */
  columns: ReadonlyMap<string, number>
  idf: Float32Array
}

export interface Model {
  words: Vocabulary
  grams: Vocabulary
  k: number
  /** (words + grams columns) × k. */
  basis: Float32Array
}

export interface Vectors {
  n: number
  words: Sparse
  grams: Sparse
  /** n × k, rows of unit length. */
  dense: Float32Array
  k: number
}

const DIMENSIONS = 100
/** In the joint matrix that LSA sees, how much n-grams weigh beside words. */
const GRAM_WEIGHT = 0.6

/** Learns a model from texts' features and places them in it. */
export function fitModel(
  features: readonly Features[],
  dimensions = DIMENSIONS,
): { model: Model; vectors: Vectors } {
  const words = learnVocabulary(
    features.map(feature => feature.words),
    1,
  )
  const grams = learnVocabulary(
    features.map(feature => feature.grams),
    2,
  )
  const model: Model = { words, grams, k: 0, basis: new Float32Array() }
  const [wordRows, gramRows] = weigh(features, model)
  const { k, basis } = project(beside(wordRows, gramRows), dimensions)
  model.k = k
  model.basis = basis
  return { model, vectors: place(wordRows, gramRows, model) }
}

/** Places texts in a model learned before. */
export function foldIn(features: readonly Features[], model: Model): Vectors {
  return place(...weigh(features, model), model)
}

function place(words: Sparse, grams: Sparse, model: Model): Vectors {
  const dense = normaliseDense(multiply(beside(words, grams), model.basis, model.k), Math.max(1, model.k))
  return { n: words.rows, words, grams, dense, k: model.k }
}

function weigh(features: readonly Features[], model: Model): [Sparse, Sparse] {
  return [
    tfIdf(
      features.map(feature => feature.words),
      model.words,
    ),
    tfIdf(
      features.map(feature => feature.grams),
      model.grams,
    ),
  ]
}

/** Columns for features that at least `least` texts have, with smoothed idf. */
function learnVocabulary(lists: readonly string[][], least: number): Vocabulary {
  const frequency = new Map<string, number>()
  for (const list of lists)
    for (const feature of new Set(list)) frequency.set(feature, (frequency.get(feature) ?? 0) + 1)
  const kept = [...frequency].filter(([, n]) => n >= Math.min(least, lists.length))
  return {
    columns: new Map(kept.map(([feature], i) => [feature, i])),
    idf: Float32Array.from(kept, ([, n]) => Math.log((lists.length + 1) / (n + 1)) + 1),
  }
}

/** Rows of (1 + log tf) · idf, of unit length. */
function tfIdf(lists: readonly string[][], vocabulary: Vocabulary): Sparse {
  const rows = lists.map(list => {
    const counts = new Map<number, number>()
    for (const feature of list) {
      const column = vocabulary.columns.get(feature)
      if (column !== undefined) counts.set(column, (counts.get(column) ?? 0) + 1)
    }
    for (const [column, n] of counts) counts.set(column, (1 + Math.log(n)) * vocabulary.idf[column]!)
    return counts
  })
  return normaliseRows(toSparse(rows, vocabulary.columns.size))
}

/** Both matrices side by side: words, then n-grams. */
function beside(words: Sparse, grams: Sparse): Sparse {
  const offsets = words.offsets.map((offset, r) => offset + grams.offsets[r]!)
  const indices = new Uint32Array(words.indices.length + grams.indices.length)
  const values = new Float32Array(indices.length)
  for (let r = 0; r < words.rows; r++) {
    let at = offsets[r]!
    for (let i = words.offsets[r]!; i < words.offsets[r + 1]!; i++) {
      indices[at] = words.indices[i]!
      values[at++] = words.values[i]!
    }
    for (let i = grams.offsets[r]!; i < grams.offsets[r + 1]!; i++) {
      indices[at] = words.columns + grams.indices[i]!
      values[at++] = grams.values[i]! * GRAM_WEIGHT
    }
  }
  return { rows: words.rows, columns: words.columns + grams.columns, offsets, indices, values }
}
