/**
 * One question to an OpenAI-compatible endpoint, streamed. Servers differ in what they know: what one refuses with 400 is
 * left out from then on (a schema gives way to plain JSON, `max_tokens` to its newer name, and so on). Retries, with the
 * pauses that the server asks for, are the package's own; an answer that breaks off is asked for once more.
 */
import type OpenAI from 'openai'
import type { ChatCompletionChunk, ChatCompletionCreateParamsStreaming } from 'openai/resources/chat'
import { CancelledError, UnavailableError } from '../errors.ts'
import { estimateTokens, type Usage } from './budget.ts'
import type { ModelSettings } from './settings.ts'

export interface ChatMessage {
  role: 'system' | 'user' | 'assistant'
  content: string
}

export interface ChatRequest {
  messages: readonly ChatMessage[]
  /** The answer's JSON Schema. */
  schema: Record<string, unknown>
  maxTokens: number
}

export interface ChatAnswer {
  text: string
  usage: Usage
  /** False when the answer ended at its token limit. */
  whole: boolean
}

/** Throws UnavailableError when the endpoint fails beyond its retries, CancelledError when stopped. */
export type Chat = (request: ChatRequest, signal?: AbortSignal) => Promise<ChatAnswer>

interface Knows {
  format: 'json_schema' | 'json_object' | 'text'
  usage: boolean
  temperature: boolean
  limit: 'max_tokens' | 'max_completion_tokens'
}

/** Characters beyond which an answer is no answer. */
const MAX_CHARS = 400_000
const RETRIES = 3
/** Answers that broke off are asked for again so often. */
const BROKEN = 2

export function createChat(settings: ModelSettings, retries = RETRIES): Chat {
  const { baseUrl, apiKey, model, timeoutMs } = settings
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
  const knows: Knows = { format: 'json_schema', usage: true, temperature: true, limit: 'max_tokens' }

  const once = async (request: ChatRequest, signal: AbortSignal | undefined): Promise<ChatAnswer | null> => {
    client ??= open()
    const idle = watchIdle(timeoutMs, signal)
    try {
      const { data, response } = await (await client).chat.completions
        .create(toParameters(model, request, knows), { signal: idle.signal })
        .withResponse()
      idle.alive()
      const isStream = /event-stream/.test(response.headers.get('content-type') ?? '')
      return isStream ? await readStream(data, request, idle.alive) : toAnswer(await response.json(), request)
    } finally {
      idle.end()
    }
  }

  return async (request, signal) => {
    let broken = 0
    for (;;) {
      try {
        const answer = await once(request, signal)
        if (answer) return answer
        if (signal?.aborted) throw new CancelledError('The model was stopped')
        if (++broken > BROKEN) throw new UnavailableError('The model’s answers break off', { hint: HINT })
      } catch (error) {
        if (error instanceof CancelledError || error instanceof UnavailableError) throw error
        if (signal?.aborted) throw new CancelledError('The model was stopped', { cause: error })
        const { status, message } = error as { status?: number; message?: string }
        if ((status === 400 || status === 422) && adapt(knows, message ?? '')) continue
        const cut = status === undefined && /terminated|premature|aborted|socket|JSON/i.test(message ?? '')
        if (cut && !isTimeout(error) && ++broken <= BROKEN) continue
        throw describe(error, model)
      }
    }
  }
}

function toParameters(
  model: string,
  { messages, schema, maxTokens }: ChatRequest,
  knows: Knows,
): ChatCompletionCreateParamsStreaming {
  const format =
    knows.format === 'json_schema'
      ? { type: 'json_schema' as const, json_schema: { name: 'answer', strict: true, schema } }
      : { type: 'json_object' as const }
  return {
    model,
    messages: messages.map(({ role, content }) => ({ role, content })),
    stream: true,
    ...(knows.usage && { stream_options: { include_usage: true } }),
    ...(knows.temperature && { temperature: 0 }),
    ...(knows.format !== 'text' && { response_format: format }),
    [knows.limit]: maxTokens,
  }
}

/** Leaves out what the server refused; false when there is nothing more to leave out. */
function adapt(knows: Knows, message: string): boolean {
  if (/stream_options/.test(message) && knows.usage) knows.usage = false
  else if (/temperature/.test(message) && knows.temperature) knows.temperature = false
  else if (/max_tokens/.test(message) && knows.limit === 'max_tokens') knows.limit = 'max_completion_tokens'
  else if (knows.format === 'json_schema') knows.format = 'json_object'
  else if (knows.format === 'json_object') knows.format = 'text'
  else return false
  return true
}

/** An answer put together of its pieces; null when the stream ended before the answer did. */
async function readStream(
  chunks: AsyncIterable<ChatCompletionChunk>,
  request: ChatRequest,
  alive: () => void,
): Promise<ChatAnswer | null> {
  let text = ''
  let end: string | null = null
  let usage: Usage | null = null
  for await (const chunk of chunks) {
    alive()
    const choice = chunk.choices?.[0]
    text += choice?.delta?.content ?? ''
    end = choice?.finish_reason ?? end
    if (chunk.usage)
      usage = { promptTokens: chunk.usage.prompt_tokens, completionTokens: chunk.usage.completion_tokens }
    if (text.length > MAX_CHARS) return { text: '', usage: usage ?? guess(request, text), whole: false }
  }
  return end === null ? null : { text, usage: usage ?? guess(request, text), whole: end !== 'length' }
}

/** An answer in one piece, of a server that does not stream; null when it holds none. */
function toAnswer(body: unknown, request: ChatRequest): ChatAnswer | null {
  const { choices, usage } = body as Partial<OpenAI.Chat.ChatCompletion>
  const text = choices?.[0]?.message?.content
  if (typeof text !== 'string') return null
  return {
    text: text.slice(0, MAX_CHARS),
    usage: usage
      ? { promptTokens: usage.prompt_tokens, completionTokens: usage.completion_tokens }
      : guess(request, text),
    whole: choices?.[0]?.finish_reason !== 'length',
  }
}

const guess = ({ messages }: ChatRequest, text: string): Usage => ({
  promptTokens: estimateTokens(messages.map(({ content }) => content).join('\n')),
  completionTokens: estimateTokens(text),
})

class SilenceError extends Error {}
const isTimeout = (error: unknown) =>
  error instanceof SilenceError || /timed? ?out/i.test(String((error as Error | undefined)?.message))

/** A signal that also fires when nothing came for a while; `alive` puts that off. */
function watchIdle(ms: number, outer: AbortSignal | undefined) {
  const controller = new AbortController()
  const stop = () => controller.abort()
  const give = () => controller.abort(new SilenceError('timed out'))
  // The package's own retries come before the first sign of life: each of them has its own limit.
  let timer: NodeJS.Timeout | undefined
  outer?.addEventListener('abort', stop)
  if (outer?.aborted) stop()
  return {
    signal: controller.signal,
    alive: () => {
      clearTimeout(timer)
      timer = setTimeout(give, ms)
    },
    end: () => {
      clearTimeout(timer)
      outer?.removeEventListener('abort', stop)
    },
  }
}

const HINT = 'Check VERBATIM_LLM_URL, its key and model with: verbatim doctor'

/** The endpoint's failure in words; never with what was sent or the key. */
export function describe(error: unknown, model: string): Error {
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
  return new UnavailableError(`The model’s endpoint failed: ${why}`, { hint: HINT })
}
