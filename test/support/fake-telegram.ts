/** A bot API server over HTTP that takes `sendMessage` alone, as the documentation has it, and remembers all else as a fault. */
import { createServer } from 'node:http'

export interface FakeTelegram {
  url: string
  messages: { chat_id: string; text: string }[]
  faults: string[]
  /** Answers given before it takes messages again; `hang up` ends the connection without one. */
  refusals: ({ status: number; body: object } | 'hang up')[]
  close(): Promise<void>
}

export async function startFakeTelegram(token: string): Promise<FakeTelegram> {
  const fake: Omit<FakeTelegram, 'url' | 'close'> = { messages: [], faults: [], refusals: [] }
  const server = createServer((request, response) => {
    const answer = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
    const no = (status: number, description: string) => {
      fake.faults.push(`${request.method} ${description}`)
      answer(status, { ok: false, error_code: status, description })
    }
    let text = ''
    request.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
    request.on('end', () => {
      if (request.url !== `/bot${token}/sendMessage`) return no(401, 'Unauthorized')
      if (request.method !== 'POST' || request.headers['content-type'] !== 'application/json')
        return no(400, 'Bad Request: a form of another kind')
      const body = JSON.parse(text) as Record<string, unknown>
      const odd = Object.keys(body).find(key => !['chat_id', 'text', 'link_preview_options'].includes(key))
      if (odd || typeof body.chat_id !== 'string' || typeof body.text !== 'string' || body.text.length > 4096)
        return no(400, `Bad Request: ${odd}`)
      const refusal = fake.refusals.shift()
      if (refusal === 'hang up') return void request.socket.destroy()
      if (refusal) return answer(refusal.status, refusal.body)
      fake.messages.push({ chat_id: body.chat_id, text: body.text })
      answer(200, { ok: true, result: { message_id: fake.messages.length } })
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return {
    ...fake,
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections()
      return new Promise(resolve => server.close(() => resolve()))
    },
  }
}
