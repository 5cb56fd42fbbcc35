/** An OpenAI-compatible endpoint: a client that is made at first use, and its failures in words. */
import type OpenAI from 'openai'
import { UnavailableError } from '../errors.ts'

interface EndpointSettings {
  /** `https://…/v1`, with or without a key. */
  baseUrl: string
  apiKey: string
  /** Milliseconds for one request. */
  timeoutMs: number
  /** How often a request that was refused for load, or failed, is tried again. */
  retries: number
}

/** A function that gives the one client, made when it is first called. */
export function createClient({
  baseUrl,
  apiKey,
  timeoutMs,
  retries,
}: EndpointSettings): () => Promise<OpenAI> {
  let client: Promise<OpenAI> | undefined
  const open = async () => {
    // Loaded at first use: the package takes 200 ms, and most runs never need it.
    const { default: Client } = await import('openai')
    return new Client({
      baseURL: baseUrl,
      apiKey: apiKey || 'none',
      maxRetries: retries,
      timeout: timeoutMs,
      logLevel: 'off',
    })
  }
  return () => {
    client ??= open()
    return client
  }
}

/** Nothing came for too long. */
export class SilenceError extends Error {}

export const isTimeout = (error: unknown) =>
  error instanceof SilenceError || /timed? ?out/i.test(String((error as Error | undefined)?.message))

export const MODEL_HINT = 'Check VERBATIM_LLM_URL, its key and model with: verbatim doctor'

/** The endpoint's failure as an UnavailableError; never with what was sent or the key. */
export function describeFailure(
  error: unknown,
  model: string,
  { endpoint, hint } = { endpoint: 'The model’s endpoint', hint: MODEL_HINT },
): UnavailableError {
  if (error instanceof UnavailableError) return error
  const { status } = error as { status?: number }
  const why =
    status === 401 || status === 403
      ? 'the key was refused'
      : status === 404
        ? `it knows no model “${model}”`
        : status === 429
          ? 'it refuses for load'
          : status === undefined
            ? isTimeout(error) || (error as Error).name === 'APIUserAbortError'
              ? 'it did not answer in time'
              : 'it can’t be reached'
            : `it answered ${status}`
  return new UnavailableError(`${endpoint} failed: ${why}`, { hint })
}
