/** Where dense vectors come from, when not from latent analysis: an embeddings endpoint, asked beforehand. */
import type { Granularity } from './settings.ts'

export interface VectorSpace {
  /** Named in results as the engine: `text-embedding-3-small/512`. */
  name: string
  dimensions: number
  /** The vector of a text, of any length but zero; null when there is none, and then the built-in engine does all. */
  vectorOf(text: string): Float32Array | null
  /** Cuts that fit this space in place of settings.cuts, since every engine spreads likeness in its own way. */
  cuts: Record<Granularity, number>
}

/** The engine of results without a VectorSpace; the number grows whenever the same texts would group differently. */
export const BUILT_IN_ENGINE = 'lsa-3'
