/** Runs of notebooks: start, follow, stop. */
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { z } from 'zod'
import type { RunEvent } from '../notebook/model.ts'
import type { AppParts } from './parts.ts'
import { readBody, readId } from './reading.ts'
import { runParts } from './run-parts.ts'
import type { StartRun } from './run-sessions.ts'

const requestSchema = z.object({
  notebook: z.string().max(500),
  values: z.record(z.string().max(200), z.string().max(20_000)).default({}),
})

/** Milliseconds between two signs of life on a silent stream. */
const HEARTBEAT = 15_000

export function runRoutes(parts: AppParts): Hono {
  const routes = new Hono()
  routes.post('/', async c => {
    const { notebook: id, values } = await readBody(c, requestSchema)
    const { notebook } = await parts.library.get(id)
    const begin: StartRun = async (run, signal, emit) => {
      const { runNotebook } = await import('../notebook/run.ts')
      const watched = (event: RunEvent) => {
        countEvent(event, parts)
        emit(event)
      }
      await runNotebook({ id: run, notebook, values, signal, emit: watched }, await runParts(parts))
    }
    return c.json(await parts.runs.start(begin), 201)
  })
  routes.get('/:run/events', c => {
    const run = readId(c, 'run')
    const after = Number(c.req.header('last-event-id') ?? 0) || 0
    // An EventSource asks again for ever, until it hears that there is no more.
    if (parts.runs.isOver(run, after) && after > 0) return c.body(null, 204)
    return streamSSE(c, async stream => {
      const gone = new AbortController()
      stream.onAbort(() => gone.abort())
      const beat = setInterval(() => void stream.write(': \n\n'), HEARTBEAT)
      try {
        for await (const { id, data } of parts.runs.follow(run, after, gone.signal))
          await stream.writeSSE({ id: String(id), data })
      } finally {
        clearInterval(beat)
      }
    })
  })
  routes.delete('/:run', c => {
    parts.runs.cancel(readId(c, 'run'))
    return c.body(null, 204)
  })
  return routes
}

function countEvent(event: RunEvent, { telemetry }: AppParts): void {
  if (event.type === 'block-done') telemetry.count('verbatim_cells_total', { state: event.state })
  else if (event.type === 'block-failed') telemetry.count('verbatim_cells_total', { state: 'failed' })
  else if (event.type === 'run-finished') {
    telemetry.count('verbatim_runs_total', { ok: String(event.ok) })
    telemetry.observe('verbatim_run_seconds', event.ms / 1000)
  }
}
