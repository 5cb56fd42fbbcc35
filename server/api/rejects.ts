/** Rows that could not be taken, with why; and trying them again once they were put right. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Message } from '../sources/messages.ts'
import { unpackReading } from '../sources/reading.ts'
import { retryRejects } from '../sources/retry.ts'
import { atZone } from '../sources/values.ts'
import { readRejects } from '../store/books.ts'
import type { Row } from '../store/schema.ts'
import type { RejectLine, RejectPage, RejectsRetried } from './contract.ts'
import { queueMining } from './mining.ts'
import type { AppParts } from './parts.ts'
import { readBody, readQuery } from './reading.ts'

const whole = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const querySchema = z.object({
  import: whole.optional(),
  limit: whole.max(1000).default(100),
  offset: whole.default(0),
})
const retrySchema = z.strictObject({
  ids: z.array(z.string().max(100)).min(1).max(1000),
  cells: z.array(z.string().max(40_000).nullable()).max(2000).optional(),
  map: z.record(z.string().max(1000), z.string().max(100)).default({}),
})

export function rejectRoutes(parts: AppParts): Hono {
  const { database, config } = parts
  const routes = new Hono()
  routes.get('/', async c => {
    const { import: importId, limit, offset } = readQuery(c, querySchema)
    const { total, rejects } = await readRejects(database, { import: importId ?? null, limit, offset })
    const page: RejectPage = { total, rejects: rejects.map(toLine) }
    return c.json(page)
  })
  routes.post('/retry', async c => {
    const { ids, cells, map } = await readBody(c, retrySchema)
    const retried: RejectsRetried = await retryRejects(
      database,
      { ids, map: new Map(Object.entries(map)), ...(cells && { cells }) },
      atZone(Date.now(), config.timeZone),
    )
    if (retried.taken.length > 0 && (await parts.mining()).unread > 0) queueMining(parts)
    return c.json(retried)
  })
  return routes
}

function toLine(row: Row<'rejects'>): RejectLine {
  const reading = unpackReading(row.reading)
  return {
    id: row.reject_id,
    import: row.import_id,
    source: row.source,
    line: row.line,
    reason: row.reason,
    why: row.problem === null ? null : (JSON.parse(row.problem) as Message),
    raw: row.raw,
    madeAt: row.made_at,
    reading: reading && {
      kind: reading.kind,
      columns: reading.columns.map(({ column, field }) => ({ column, field })),
      cells: reading.cells.map(cell => (cell === null ? '' : String(cell))),
    },
  }
}
