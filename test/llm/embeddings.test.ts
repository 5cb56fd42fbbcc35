import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createEmbedder } from '../../server/llm/embeddings.ts'

type Answer = (
  body: { input: string[]; model: string; dimensions?: number },
  response: ServerResponse,
  n: number,
) => void
const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A strict endpoint over real HTTP: refuses what the protocol does not allow, then does as the test says. */
async function endpoint(answer: Answer) {
  let calls = 0
  const seen: string[] = []
  const server = createServer((request: IncomingMessage, response) => {
    let text = ''
    request.on('data', chunk => {
      text += chunk
    })
    request.on('end', () => {
      const body = JSON.parse(text)
      const valid =
        request.method === 'POST' &&
        request.url === '/v1/embeddings' &&
        request.headers.authorization === 'Bearer secret' &&
        Array.isArray(body.input) &&
        body.input.length <= 2048 &&
        body.input.every((one: unknown) => typeof one === 'string' && one !== '') &&
        body.encoding_format === 'float'
      if (!valid) return response.writeHead(422).end('{}')
      seen.push(...body.input)
      answer(body, response, calls++)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, seen, calls: () => calls }
}

/** Vectors that tell which text they are of, in reversed order, as the protocol allows. */
function send(response: ServerResponse, input: readonly string[], dimensions = 4): void {
  const data = input.map((text, index) => ({
    object: 'embedding',
    index,
    embedding: Array.from({ length: dimensions }, (_, j) => (j === 0 ? text.length : 1)),
  }))
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(
    JSON.stringify({
      object: 'list',
      model: 'm',
      data: data.reverse(),
      usage: { prompt_tokens: 1, total_tokens: 1 },
    }),
  )
}

const embedder = (
  url: string,
  more: { retries?: number; timeoutMs?: number; mask?(text: string): string } = {},
) => createEmbedder({ baseUrl: url, apiKey: 'secret', model: 'm' }, { mask: text => text, ...more })

describe('embeddings', () => {
  it('come in the order of the texts, of unit length, in batches', async () => {
    const { url, calls } = await endpoint((body, response) => send(response, body.input))
    const texts = Array.from({ length: 300 }, (_, i) => 'x'.repeat(1 + (i % 40)))
    const { vectors, dimensions } = await embedder(url).embed(texts)
    expect([dimensions, calls()]).toEqual([4, 3])
    for (const [i, text] of texts.entries()) {
      const row = vectors.subarray(i * 4, i * 4 + 4)
      expect(Math.hypot(...row)).toBeCloseTo(1, 5)
      expect(row[0]! / row[1]!).toBeCloseTo(text.length, 3)
    }
  })

  it('are asked for at most 512 long, and without a length where the endpoint knows none', async () => {
    const asked: (number | undefined)[] = []
    const { url } = await endpoint((body, response) => {
      asked.push(body.dimensions)
      if (body.dimensions !== undefined) response.writeHead(400).end('{"error":{"message":"unknown field"}}')
      else send(response, body.input, 768)
    })
    expect((await embedder(url).embed(['a'])).dimensions).toBe(768)
    expect(asked).toEqual([512, undefined])
  })

  it('are asked for with personal data taken out', async () => {
    const { url, seen } = await endpoint((body, response) => send(response, body.input))
    await embedder(url, { mask: text => text.replace('Пётр', '[имя]') }).embed(['меня зовут Пётр'])
    expect(seen).toEqual(['меня зовут [имя]'])
  })

  it('are tried again when the endpoint refuses for load', async () => {
    const { url, calls } = await endpoint((body, response, n) => {
      if (n < 2) response.writeHead(429, { 'retry-after-ms': '5' }).end('{}')
      else send(response, body.input)
    })
    expect((await embedder(url).embed(['a'])).dimensions).toBe(4)
    expect(calls()).toBe(3)
  })

  const broken: [name: string, says: RegExp, answer: Answer][] = [
    [
      'is down',
      /answered 500/,
      (_body, response) => void response.writeHead(500, { 'retry-after-ms': '1' }).end('{}'),
    ],
    ['hangs up', /can’t be reached/, (_body, response) => void response.destroy()],
    ['is slow', /did not answer in time/, () => {}],
    ['refuses the key', /key was refused/, (_body, response) => void response.writeHead(401).end('{}')],
    ['gives too few vectors', /do not fit/, (body, response) => send(response, body.input.slice(1))],
    [
      'gives vectors of several lengths',
      /do not fit/,
      (_body, response) =>
        void response
          .writeHead(200, { 'content-type': 'application/json' })
          .end('{"data":[{"index":0,"embedding":[1,2]},{"index":1,"embedding":[1]}]}'),
    ],
    [
      'gives no numbers',
      /do not fit/,
      (_body, response) =>
        void response
          .writeHead(200, { 'content-type': 'application/json' })
          .end('{"data":[{"index":0,"embedding":["a"]},{"index":1,"embedding":[null]}]}'),
    ],
  ]
  for (const [name, says, answer] of broken) {
    it(`an endpoint that ${name} is unavailable, in words and without the texts`, async () => {
      const { url } = await endpoint(answer)
      const failing = embedder(url, { retries: 1, timeoutMs: 150 }).embed(['частное дело', 'b'])
      await expect(failing).rejects.toThrow(says)
      await expect(failing).rejects.not.toThrow(/частное|secret/)
      await expect(failing).rejects.toMatchObject({ code: 'unavailable' })
    })
  }

  it('stop when asked to', async () => {
    const { url } = await endpoint(() => {})
    const stop = new AbortController()
    const working = embedder(url).embed(['a'], stop.signal)
    setTimeout(() => stop.abort(), 20)
    await expect(working).rejects.toMatchObject({ code: 'cancelled' })
  })
})
