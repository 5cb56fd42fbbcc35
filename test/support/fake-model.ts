/**
 * A strict OpenAI-compatible endpoint over real HTTP, on a port of its own. It refuses requests that the protocol does not
 * allow, remembers all that reached it, and answers as the test says: well, slowly, in pieces, or in some broken way.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach } from 'vitest'
import { z } from 'zod'
import type { ModelSettings } from '../../server/llm/settings.ts'

const requestSchema = z.strictObject({
  model: z.literal('fake'),
  messages: z
    .array(z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string().min(1) }))
    .min(2),
  stream: z.literal(true),
  stream_options: z.strictObject({ include_usage: z.literal(true) }).optional(),
  temperature: z.number().min(0).max(2).optional(),
  response_format: z
    .discriminatedUnion('type', [
      z.strictObject({ type: z.literal('json_object') }),
      z.strictObject({
        type: z.literal('json_schema'),
        json_schema: z.strictObject({
          name: z.string().regex(/^[\w-]{1,64}$/),
          strict: z.literal(true),
          schema: z.looseObject({ type: z.literal('object'), additionalProperties: z.literal(false) }),
        }),
      }),
    ])
    .optional(),
  max_tokens: z.number().int().positive().optional(),
  max_completion_tokens: z.number().int().positive().optional(),
})
export type FakeRequest = z.infer<typeof requestSchema>

/** An utterance as the prompt shows it, its marks of places taken out. */
export interface SeenUtterance {
  id: string
  speaker: string
  text: string
}

export interface Seen {
  request: FakeRequest
  utterances: SeenUtterance[]
  question: string | null
  /** How many requests came before. */
  n: number
}

export type Behaviour = (seen: Seen, response: ServerResponse) => void | Promise<void>

export interface FakeModel {
  settings: ModelSettings
  /** Everything that was sent, headers included. */
  bodies: string[]
  seen: Seen[]
}

/** An item as a model writes it. */
export interface FakeItem {
  text: string
  evidence: { utterance: string; from: number; to: number }[]
  [field: string]: unknown
}

/** Starts endpoints that are closed after each test. Call inside a describe. */
export function fakeModels(): (behave: Behaviour, settings?: Partial<ModelSettings>) => Promise<FakeModel> {
  const closers: (() => void)[] = []
  afterEach(() => {
    for (const close of closers.splice(0)) close()
  })
  return async (behave, settings = {}) => {
    const fake: FakeModel = { settings: null as never, bodies: [], seen: [] }
    const server = createServer((request, response) => void serve(request, response, behave, fake))
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    closers.push(() => {
      server.closeAllConnections()
      server.close()
    })
    fake.settings = {
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
      apiKey: 'secret-key',
      model: 'fake',
      maxTokens: 1_000_000,
      currency: 'USD',
      concurrency: 2,
      timeoutMs: 5_000,
      ...settings,
    }
    return fake
  }
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  behave: Behaviour,
  fake: FakeModel,
): Promise<void> {
  let text = ''
  for await (const chunk of request) text += chunk
  fake.bodies.push(text)
  const fault = (status: number, message: string) =>
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify({ error: { message } }))
  if (request.method !== 'POST' || request.url !== '/v1/chat/completions')
    return void fault(404, 'no such route')
  if (request.headers.authorization !== 'Bearer secret-key') return void fault(401, 'wrong key')
  const parsed = requestSchema.safeParse(JSON.parse(text))
  if (!parsed.success) return void fault(418, parsed.error.message)
  const data = /<data>\n(.*)\n<\/data>/.exec(parsed.data.messages[1]!.content)?.[1] ?? '{}'
  const { utterances = [], question = null } = JSON.parse(data) as {
    utterances?: SeenUtterance[]
    question?: string
  }
  const seen: Seen = {
    request: parsed.data,
    question,
    utterances: utterances.map(({ id, speaker, text }) => ({
      id,
      speaker,
      text: text.replace(/⟨\d+⟩/g, ''),
    })),
    n: fake.seen.length,
  }
  fake.seen.push(seen)
  await behave(seen, response)
}

/** Streams an answer in small pieces, as servers do. */
export function answerText(
  response: ServerResponse,
  text: string,
  end: 'stop' | 'length' | null = 'stop',
): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const send = (body: object) => response.write(`data: ${JSON.stringify(body)}\n\n`)
  const chunk = { id: 'c', object: 'chat.completion.chunk', created: 0, model: 'fake' }
  for (let at = 0; at < text.length; at += 40)
    send({
      ...chunk,
      choices: [{ index: 0, delta: { content: text.slice(at, at + 40) }, finish_reason: null }],
    })
  if (end === null) return void response.destroy()
  send({ ...chunk, choices: [{ index: 0, delta: {}, finish_reason: end }] })
  send({
    ...chunk,
    choices: [],
    usage: { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 },
  })
  response.end('data: [DONE]\n\n')
}

/** Answers with items. */
export const answer = (response: ServerResponse, items: readonly FakeItem[]) =>
  answerText(response, JSON.stringify({ items }))

/** An endpoint that writes down what `write` says, whatever it was asked. */
export const writing =
  (write: (seen: Seen) => readonly FakeItem[]): Behaviour =>
  (seen, response) =>
    answer(response, write(seen))

/** Refuses with a status. */
export function refuse(response: ServerResponse, status: number, message = '', headers: object = {}): void {
  response
    .writeHead(status, { 'content-type': 'application/json', ...headers })
    .end(JSON.stringify({ error: { message } }))
}

/** The place of some words in an utterance that the model saw. */
export function placeOf(utterance: SeenUtterance, words: string): FakeItem['evidence'][number] {
  const from = utterance.text.indexOf(words)
  if (from < 0) throw new Error(`“${words}” is not in “${utterance.text}”`)
  return { utterance: utterance.id, from, to: from + words.length }
}
