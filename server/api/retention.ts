/** How long each kind of data is kept, and what is over. */
import { Hono } from 'hono'
import { z } from 'zod'
import {
  applyRetention,
  daysSchema,
  previewRetention,
  type RetainedKind,
  readRetention,
  retainedKinds,
  writeRetention,
} from '../privacy/retention.ts'
import { atZone } from '../sources/values.ts'
import type { RetentionState } from './contract.ts'
import type { AppParts } from './parts.ts'
import { readBody } from './reading.ts'

const settingSchema = z.strictObject(
  Object.fromEntries(retainedKinds.map(kind => [kind, daysSchema])) as Record<
    RetainedKind,
    typeof daysSchema
  >,
)

export function retentionRoutes({ database, config, accounts }: AppParts): Hono {
  const moment = () => atZone(Date.now(), config.timeZone)
  const state = async (): Promise<RetentionState> => {
    const days = await readRetention(database)
    return { days, over: await previewRetention(database, days, moment().slice(0, 10)) }
  }
  const routes = new Hono()
  routes.get('/', async c => c.json(await state()))
  routes.put('/', async c => {
    await writeRetention(database, await readBody(c, settingSchema))
    return c.json(await state())
  })
  routes.post('/preview', async c => {
    const days = await readBody(c, settingSchema)
    return c.json({ days, over: await previewRetention(database, days, moment().slice(0, 10)) })
  })
  routes.post('/apply', async c => {
    // Nothing need be said; but what is said must be understood.
    if (c.req.header('content-type') !== undefined) await readBody(c, z.strictObject({}))
    const removed = await applyRetention(database, { moment: moment(), author: c.var.actor.name })
    const count = Object.values(removed).reduce((sum, n) => sum + n, 0)
    accounts.audit.record('retention', c.var.actor, null, { count })
    return c.json(await state())
  })
  return routes
}
