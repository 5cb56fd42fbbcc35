/**
 * Texts -> vectors by an OpenAI-compatible endpoint. What leaves the machine is masked before by the caller's `mask`. The
 * answer is checked: as many vectors as texts, all of one length, all finite; anything else counts as no answer.
 */
import { CancelledError, UnavailableError } from '../errors.ts'
import { createClient, describeFailure } from './endpoint.ts'

export interface EmbeddingSettings {
  /** `https://…/v1`, with or without a key. */
  baseUrl: string
  apiKey: string
  model: string
  /** Asked for; at most 512, more would cost memory and say little. An endpoint that ignores it is taken as it answers. */
  dimensions?: number
}

export interface Embedded {
  /** One row a text, of unit length, one after the other. */
  vectors: Float32Array
  dimensions: number
}

export interface Embedder {
  /** Shown with results: which engine stands behind them. */
  name: string
  /** Throws UnavailableError when the endpoint fails beyond its retries, CancelledError when stopped. */
  embed(texts: readonly string[], signal?: AbortSignal): Promise<Embedded>
}

export interface EmbedderOptions {
  /** Takes personal data out of a text. */
  mask(text: string): string
  /** Milliseconds for one request; 30,000 by default. */
  timeoutMs?: number
  /** How often a request that was refused for load, or failed, is tried again; the pauses grow, or are as told. 4. */
  retries?: number
}

const BATCH = 128
/** Requests at once. */
const LANES = 2
/** No text says more than this about what it asks. */
const MAX_CHARS = 2_000

const ENDPOINT = {
  endpoint: 'The embeddings endpoint',
  hint: 'Check VERBATIM_EMBEDDINGS_URL, its key and model with: verbatim doctor',
}

/** An embedder for an endpoint; nothing is asked until the first text. */
export function createEmbedder(settings: EmbeddingSettings, options: EmbedderOptions): Embedder {
  const { model } = settings
  const dimensions = Math.min(512, settings.dimensions ?? 512)
  const open = createClient({
    ...settings,
    timeoutMs: options.timeoutMs ?? 30_000,
    retries: options.retries ?? 4,
  })
  let asksDimensions = true
  const request = async (input: string[], signal?: AbortSignal): Promise<number[][]> => {
    const ask = async () =>
      (await open()).embeddings.create(
        { model, input, encoding_format: 'float', ...(asksDimensions && { dimensions }) },
        { signal },
      )
    const answer = await ask().catch((error: { status?: number }) => {
      // Many servers of open models know no `dimensions`.
      if (error.status !== 400 || !asksDimensions) throw error
      asksDimensions = false
      return ask()
    })
    return check(answer.data, input.length)
  }
  return {
    name: `embeddings:${model}`,
    embed: async (texts, signal) => {
      const batches = Array.from({ length: Math.ceil(texts.length / BATCH) }, (_, i) =>
        texts.slice(i * BATCH, (i + 1) * BATCH).map(text => options.mask(text).slice(0, MAX_CHARS) || ' '),
      )
      const results: number[][][] = []
      let next = 0
      const lane = async () => {
        for (let i = next++; i < batches.length; i = next++) results[i] = await request(batches[i]!, signal)
      }
      try {
        await Promise.all(Array.from({ length: LANES }, lane))
      } catch (error) {
        next = batches.length
        if (signal?.aborted)
          throw new CancelledError('Mining was stopped', { hint: 'Run it again to go on.' })
        throw describeFailure(error, model, ENDPOINT)
      }
      return pack(results.flat())
    },
  }
}

/** Vectors in the order of the texts. Throws UnavailableError when they don't fit. */
function check(data: readonly { index: number; embedding: number[] }[], expected: number): number[][] {
  const vectors = [...(data ?? [])].sort((a, b) => a.index - b.index).map(row => row.embedding)
  const length = vectors[0]?.length ?? 0
  const whole =
    vectors.length === expected &&
    length > 0 &&
    vectors.every(
      vector => Array.isArray(vector) && vector.length === length && vector.every(Number.isFinite),
    )
  if (!whole)
    throw new UnavailableError('The embeddings endpoint answered with vectors that do not fit the texts', {
      hint: 'Check that the model is one for embeddings.',
    })
  return vectors
}

/** Rows of unit length. Throws UnavailableError when batches differ in length. */
function pack(rows: readonly number[][]): Embedded {
  const dimensions = rows[0]?.length ?? 0
  if (rows.some(row => row.length !== dimensions))
    throw new UnavailableError('The embeddings endpoint answered with vectors of several lengths', {
      hint: 'One model must answer all requests.',
    })
  const vectors = new Float32Array(rows.length * dimensions)
  for (const [i, row] of rows.entries()) {
    const norm = Math.hypot(...row) || 1
    for (let j = 0; j < dimensions; j++) vectors[i * dimensions + j] = row[j]! / norm
  }
  return { vectors, dimensions }
}
