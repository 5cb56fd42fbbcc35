/** When editions are made by themselves. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { EditionMade } from '../jobs/edition-task.ts'
import type { ScheduleRow } from '../store/schedules.ts'
import type { ScheduleRecord } from './contract.ts'
import { daysSchema, keepSchema, notebookSchema, valuesSchema } from './edition-schemas.ts'
import type { AppParts } from './parts.ts'
import { readBody, readId } from './reading.ts'

export const recipientSchema = z.discriminatedUnion('channel', [
  z.strictObject({ channel: z.literal('email'), to: z.email().max(320) }),
  z.strictObject({
    channel: z.literal('telegram'),
    to: z.string().regex(/^(?:-?\d{1,20}|@\w{4,40})$/, 'the number of a chat, or @name of a channel'),
  }),
])
const changeSchema = z.strictObject({
  cron: z.string().max(100),
  active: z.boolean(),
  approve: z.boolean(),
  keepLast: keepSchema,
  keepDays: daysSchema,
  recipients: z.array(recipientSchema).max(100),
})
const createSchema = z.strictObject({
  notebook: notebookSchema,
  values: valuesSchema,
  cron: z.string().max(100),
  active: z.boolean().default(true),
  approve: z.boolean().default(false),
  keepLast: keepSchema.default(null),
  keepDays: daysSchema.default(null),
  recipients: changeSchema.shape.recipients.default([]),
  confirmed: z.boolean().default(false),
})

export function scheduleRoutes({ schedules, scheduler, accounts: { audit } }: AppParts): Hono {
  const routes = new Hono()
  const record = (row: ScheduleRow) => toScheduleRecord(row, Date.now())
  routes.post('/', async c => {
    const request = await readBody(c, createSchema)
    const schedule = await schedules.create({ ...request, actor: c.var.actor.name }, c.req.raw.signal)
    audit.record('edition_scheduled', c.var.actor, schedule.schedule_id, { notebook: schedule.notebook })
    return c.json(record(schedule), 201)
  })
  routes.patch('/:id', async c => {
    const change = await readBody(c, changeSchema.partial())
    const schedule = await schedules.change(readId(c, 'id'), definedOf(change))
    audit.record('edition_scheduled', c.var.actor, schedule.schedule_id, { notebook: schedule.notebook })
    return c.json(record(schedule))
  })
  routes.delete('/:id', async c => {
    const id = readId(c, 'id')
    await schedules.remove(id)
    audit.record('edition_scheduled', c.var.actor, id, { mode: 'ended' })
    return c.json({ removed: 1 })
  })
  routes.post('/:id/run', async c => {
    const schedule = await schedules.get(readId(c, 'id'))
    const { edition } = (await scheduler.runNow(schedule, c.var.actor.name)) as EditionMade
    return c.json({ id: edition.edition_id, number: edition.number }, 201)
  })
  return routes
}

/** Without keys that are there but undefined. */
function definedOf<T extends object>(change: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as never
}

export function toScheduleRecord(row: ScheduleRow, now: number): ScheduleRecord {
  return {
    id: row.schedule_id,
    notebook: row.notebook,
    inputs: JSON.parse(row.inputs),
    cron: row.cron,
    active: row.active === 1,
    approve: row.approve === 1,
    keepLast: row.keep_last,
    keepDays: row.keep_days,
    recipients: JSON.parse(row.recipients),
    nextAt: row.next_ms === null ? null : new Date(row.next_ms).toISOString(),
    running: row.lease_ms !== null && row.lease_ms > now,
    lastAt: row.last_at,
    lastState: row.last_state as ScheduleRecord['lastState'],
    lastError: row.last_error,
  }
}
