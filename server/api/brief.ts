/** The brief before a call, for a card inside a CRM. */
import { Hono } from 'hono'
import { z } from 'zod'
import { NotFoundError, UsageError } from '../errors.ts'
import { readBrief } from '../insight/brief.ts'
import type { Brief } from './contract.ts'
import type { AppParts } from './parts.ts'
import { readQuery } from './reading.ts'

const id = z.string().min(1).max(500).optional()
const querySchema = z.object({ deal: id, client: id })

export function briefRoutes({ database }: AppParts): Hono {
  return new Hono().get('/', async c => {
    const { deal, client } = readQuery(c, querySchema)
    if (deal === undefined && client === undefined)
      throw new UsageError('A brief is of a deal or a client', { hint: 'Ask for ?deal=ID or ?client=ID.' })
    const { signal } = c.req.raw
    const brief: Brief | null = await readBrief(
      (statement, options) => database.reader.read(statement, { ...options, signal }),
      deal === undefined ? { client: client! } : { deal },
    )
    if (!brief)
      throw new NotFoundError('There is no such deal or client', {
        hint: 'Ids carry their system, such as amocrm:123.',
      })
    return c.json(brief)
  })
}
