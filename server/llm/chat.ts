/**
 * One question to an OpenAI-compatible endpoint, streamed. Servers differ in what they know: what one refuses with 400 is
 * left out from then on (a schema gives way to plain JSON, `max_tokens` to its newer name, and so on). Retries, with the
 * pauses that the server asks for, are the package's own; an answer that breaks off is asked for once more.
 */
import type OpenAI from 'openai'
import type { ChatCompletionChunk, ChatCompletionCreateParamsStreaming } from 'openai/resources/chat'
import { CancelledError, UnavailableError } from '../errors.ts'
import { estimateTokens, type Usage } from './budget.ts'
import { createClient, describeFailure, isTimeout, MODEL_HINT, SilenceError } from './endpoint.ts'
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
  const { model, timeoutMs } = settings
  const open = createClient({ ...settings, retries })
  const knows: Knows = { format: 'json_schema', usage: true, temperature: true, limit: 'max_tokens' }

  const once = async (request: ChatRequest, signal: AbortSignal | undefined): Promise<ChatAnswer | null> => {
    const idle = watchIdle(timeoutMs, signal)
    try {
      const { data, response } = await (await open()).chat.completions
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
        if (++broken > BROKEN)
          throw new UnavailableError('The model’s answers break off', { hint: MODEL_HINT })
      } catch (error) {
        if (error instanceof CancelledError || error instanceof UnavailableError) throw error
        if (signal?.aborted) throw new CancelledError('The model was stopped', { cause: error })
        const { status, message } = error as { status?: number; message?: string }
        if ((status === 400 || status === 422) && adapt(knows, message ?? '')) continue
        const cut = status === undefined && /terminated|premature|aborted|socket|JSON/i.test(message ?? '')
        if (cut && !isTimeout(error) && ++broken <= BROKEN) continue
        throw describeFailure(error, model)
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
