import { Hono } from 'hono'
import { z } from 'zod'
import { readRejects } from '../store/books.ts'
import type { RejectPage } from './contract.ts'
import type { AppParts } from './parts.ts'
import { readQuery } from './reading.ts'

const whole = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const querySchema = z.object({
  import: whole.optional(),
  limit: whole.max(1000).default(100),
  offset: whole.default(0),
})

/** Rows that could not be taken, with why. */
export function rejectRoutes({ database }: AppParts): Hono {
  return new Hono().get('/', async c => {
    const { import: importId, limit, offset } = readQuery(c, querySchema)
    const { total, rejects } = await readRejects(database, { import: importId ?? null, limit, offset })
    const page: RejectPage = {
      total,
      rejects: rejects.map(({ reject_id, import_id, source, line, reason, raw, made_at }) => ({
        id: reject_id,
        import: import_id,
        source,
        line,
        reason,
        raw,
        madeAt: made_at,
      })),
    }
    return c.json(page)
  })
}
