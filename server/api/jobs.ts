/** Work that outlives a request: list, follow, start, stop. */
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { z } from 'zod'
import type { Job } from './contract.ts'
import { queueMining } from './mining.ts'
import type { AppParts } from './parts.ts'
import { readBody, readId } from './reading.ts'

const HEARTBEAT = 15_000

export function jobRoutes(parts: AppParts): Hono {
  const { jobs } = parts
  const routes = new Hono()
  routes.get('/', c => c.json(jobs.list()))
  routes.post('/', async c => {
    await readBody(c, z.object({ kind: z.literal('mine') }))
    return c.json(queueMining(parts), 202)
  })
  routes.get('/events', c =>
    streamSSE(c, async stream => {
      const send = (job: Job) => void stream.writeSSE({ data: JSON.stringify(job) })
      for (const job of jobs.list().reverse()) send(job)
      const leave = jobs.listen(send)
      const beat = setInterval(() => void stream.write(': \n\n'), HEARTBEAT)
      await new Promise<void>(resolve => {
        stream.onAbort(resolve)
        parts.closing.addEventListener('abort', () => resolve())
      })
      clearInterval(beat)
      leave()
    }),
  )
  routes.delete('/:id', c => c.json(jobs.cancel(readId(c, 'id')), 202))
  return routes
}
