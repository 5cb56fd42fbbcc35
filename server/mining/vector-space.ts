/**
 * Vectors of an embeddings endpoint as a space for comparing: asked once for each text and kept, with cuts of its own. The
 * cuts are set where the built-in engine's leave the same share of pairs together, since every model spreads likeness in
 * its own way.
 */
import { CancelledError } from '../errors.ts'
import { sha256 } from '../lib/hash.ts'
import { createRandom } from '../lib/random.ts'
import type { Embedder } from '../llm/embeddings.ts'
import type { Database } from '../store/database.ts'
import { inList } from '../store/lists.ts'
import { sql } from '../store/sql.ts'
import { extractFeatures } from './features.ts'
import { settings } from './settings.ts'
import { compareAll } from './similarity.ts'
import type { VectorSpace } from './vectors.ts'

/** Texts on which the cuts are set. */
const SAMPLE = 800
/** Texts asked for before what came is kept. */
const PORTION = 1_024

/**
 * A space that has a vector for every text, or null with the reason when the endpoint failed: then the built-in engine does
 * all. What it answered before it failed is kept. Throws CancelledError.
 */
export async function openSpace(
  database: Database,
  embedder: Embedder,
  texts: readonly string[],
  signal?: AbortSignal,
): Promise<{ space: VectorSpace | null; failure: string | null }> {
  const vectors = new Map<string, Float32Array>()
  try {
    await readKept(database, embedder.name, texts, vectors)
    const missing = [...new Set(texts)].filter(text => !vectors.has(text))
    for (let at = 0; at < missing.length; at += PORTION) {
      const portion = missing.slice(at, at + PORTION)
      const { vectors: rows, dimensions } = await embedder.embed(portion, signal)
      for (const [i, text] of portion.entries())
        vectors.set(text, rows.slice(i * dimensions, (i + 1) * dimensions))
      await keep(database, embedder.name, portion, vectors)
    }
  } catch (error) {
    if (error instanceof CancelledError) throw error
    return { space: null, failure: (error as Error).message }
  }
  const dimensions = vectors.values().next().value?.length ?? 0
  if ([...vectors.values()].some(vector => vector.length !== dimensions))
    return {
      space: null,
      failure: 'The embeddings kept from before are of another length; the model changed',
    }
  const bare = { name: embedder.name, dimensions, vectorOf: (text: string) => vectors.get(text) ?? null }
  return { space: { ...bare, cuts: calibrate(texts, bare) }, failure: null }
}

/** Cuts at which as large a share of pairs is together as under the built-in engine. */
function calibrate(texts: readonly string[], space: Omit<VectorSpace, 'cuts'>): VectorSpace['cuts'] {
  const random = createRandom(1)
  const distinct = [...new Set(texts)]
  const sample =
    distinct.length <= SAMPLE ? distinct : distinct.filter(() => random.next() < SAMPLE / distinct.length)
  if (sample.length < 20) return settings.cuts
  const features = sample.map(extractFeatures)
  const builtIn = pairs(compareAll(features, sample).similarities, sample.length)
  const own = pairs(
    compareAll(features, sample, { ...space, cuts: settings.cuts }).similarities,
    sample.length,
  )
  const cutFor = (cut: number) => {
    const below = builtIn.findIndex(value => value >= cut)
    return own[below === -1 ? own.length - 1 : below]!
  }
  return { topic: cutFor(settings.cuts.topic), question: cutFor(settings.cuts.question) }
}

/** Similarities of all pairs, rising. */
function pairs(similarities: Float32Array, n: number): Float32Array {
  const values = new Float32Array((n * (n - 1)) / 2)
  let at = 0
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) values[at++] = similarities[i * n + j]!
  return values.sort()
}

/** Under what a text's vector of an engine is kept. */
export const keyOf = (engine: string, text: string) => sha256(`${engine}\n${text}`).slice(0, 32)

async function readKept(
  database: Database,
  engine: string,
  texts: readonly string[],
  into: Map<string, Float32Array>,
): Promise<void> {
  const byKey = new Map(texts.map(text => [keyOf(engine, text), text]))
  const rows = await database.query<{ key: string; vector: string }>(
    sql`select key, vector from app.embeddings where key in ${inList(database, [...byKey.keys()])}`,
  )
  for (const { key, vector } of rows) into.set(byKey.get(key)!, decode(vector))
}

async function keep(
  database: Database,
  engine: string,
  texts: readonly string[],
  vectors: ReadonlyMap<string, Float32Array>,
): Promise<void> {
  const rows = texts.map(text => ({ key: keyOf(engine, text), vector: encode(vectors.get(text)!) }))
  await database.upsert('embeddings', ['key', 'vector'], rows)
}

/** A unit vector in one byte a dimension: 127 is its largest part. Likeness changes in the third decimal. */
function encode(vector: Float32Array): string {
  const top = vector.reduce((max, value) => Math.max(max, Math.abs(value)), 0) || 1
  return Buffer.from(Int8Array.from(vector, value => Math.round((value / top) * 127)).buffer).toString(
    'base64',
  )
}

function decode(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64')
  const whole = Float32Array.from(new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length))
  const norm = Math.hypot(...whole) || 1
  return whole.map(value => value / norm)
}
