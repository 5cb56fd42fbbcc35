/** Editions of reports: made, listed, compared, approved, pruned and looked at by their author. */
import { Hono } from 'hono'
import { z } from 'zod'
import { mayDo } from '../accounts/roles.ts'
import type { EditionMade, EditionTask } from '../jobs/edition-task.ts'
import type { Language } from '../lib/locale.ts'
import type { EditionChanges, EditionFigures } from '../report/edition-figures.ts'
import { type DeliveryRow, readDeliveries } from '../store/deliveries.ts'
import type { EditionRow } from '../store/editions.ts'
import type { DeliveryRecord, EditionPage, EditionRecord, ShareMade } from './contract.ts'
import { recipientSchema, scheduleRoutes, toScheduleRecord } from './edition-schedules.ts'
import { daysSchema, keepSchema, notebookSchema, valuesSchema } from './edition-schemas.ts'
import type { AppParts } from './parts.ts'
import { readBody, readId, readQuery } from './reading.ts'
import { sendPacked } from './send-packed.ts'
import { toRecord } from './shares.ts'

const makeSchema = z.strictObject({
  notebook: notebookSchema,
  values: valuesSchema,
  approve: z.boolean().default(false),
  confirmed: z.boolean().default(false),
})
const idsSchema = z.strictObject({ ids: z.array(z.string().max(100)).min(1).max(10_000) })
const pruneSchema = z.strictObject({
  notebook: notebookSchema,
  keepLast: keepSchema.default(null),
  olderThanDays: daysSchema.default(null),
})
const shareSchema = z.strictObject({
  expires: z.string().max(20).default('30d'),
  password: z.string().max(1000).nullable().default(null),
  downloads: z.boolean().default(false),
})
const sinceSchema = z.object({ since: z.coerce.number().int().min(1).optional() })

const DELIVERIES_LISTED = 200

const titles = { ru: 'Выпуск', en: 'Edition' }

/** What its job is called. */
export const editionTitle = (notebook: string, language: Language) => `${titles[language]}: ${notebook}`

export function editionRoutes(parts: AppParts): Hono {
  const { editions, schedules, shares, openShares, jobs, config, database, deliveries } = parts
  const { audit } = parts.accounts
  const routes = new Hono()
  // Nobody waits for it; how it went stands with the message.
  const sendSoon = () => void deliveries.tick().catch(parts.report)
  routes.get('/', async c => {
    const { notebook } = readQuery(c, z.object({ notebook: notebookSchema.optional() }))
    const which = notebook ?? null
    const [rows, planned, sent] = await Promise.all([
      editions.list(which),
      schedules.list(which),
      readDeliveries(database, which, DELIVERIES_LISTED),
    ])
    // To whom reports are sent is no business of those who only read them.
    const own = mayDo(c.var.actor, 'editor', 'read')
    const page: EditionPage = {
      editions: rows.map(toEditionRecord),
      schedules: planned
        .map(row => toScheduleRecord(row, Date.now()))
        .map(record => (own ? record : { ...record, recipients: [] })),
      deliveries: own ? sent.map(toDeliveryRecord) : [],
      channels: parts.channels,
      timeZone: config.timeZone,
    }
    return c.json(page)
  })
  routes.post('/', async c => {
    const request = await readBody(c, makeSchema)
    const task: EditionTask = {
      ...parts.editionBase,
      kind: 'edition',
      request: { ...request, cause: 'hand', actor: c.var.actor.name },
      schedule: null,
    }
    const { edition } = (await jobs.add(editionTitle(request.notebook, config.language), task)
      .done) as EditionMade
    openShares.forget()
    audit.record('edition_made', c.var.actor, edition.edition_id, { notebook: edition.notebook })
    sendSoon()
    return c.json(toEditionRecord(edition), 201)
  })
  routes.delete('/', async c => {
    const { ids } = await readBody(c, idsSchema)
    const removed = await editions.remove(ids)
    openShares.forget()
    audit.record('edition_removed', c.var.actor, ids.length === 1 ? ids[0] : null, { count: removed })
    return c.json({ removed })
  })
  routes.post('/prune', async c => {
    const rule = await readBody(c, pruneSchema)
    const removed = await editions.prune(rule)
    openShares.forget()
    audit.record('edition_removed', c.var.actor, null, { notebook: rule.notebook, count: removed })
    return c.json({ removed })
  })
  routes.route('/schedules', scheduleRoutes(parts))
  routes.get('/:id/page', async c => sendPacked(c, await editions.page(await editions.get(readId(c, 'id')))))
  routes.get('/:id/changes', async c => {
    const { since } = readQuery(c, sinceSchema)
    return c.json(await editions.changes(await editions.get(readId(c, 'id')), since ?? null))
  })
  routes.patch('/:id', async c => {
    const { approved } = await readBody(c, z.strictObject({ approved: z.boolean() }))
    const edition = await editions.approve(readId(c, 'id'), approved, c.var.actor.name)
    openShares.forget()
    sendSoon()
    const state = approved ? 'approved' : 'withdrawn'
    audit.record('edition_approved', c.var.actor, edition.edition_id, { mode: state })
    return c.json(toEditionRecord(edition))
  })
  routes.post('/:id/deliver', async c => {
    const to = await readBody(c, recipientSchema)
    const edition = await editions.get(readId(c, 'id'))
    const queued = await deliveries.send(edition, to)
    sendSoon()
    audit.record('edition_sent', c.var.actor, edition.edition_id, { mode: to.channel })
    return c.json({ queued }, 202)
  })
  routes.post('/deliveries/:id/retry', async c => {
    await deliveries.retry(readId(c, 'id'))
    sendSoon()
    return c.json({ queued: 1 }, 202)
  })
  routes.post('/:id/share', async c => {
    const request = { ...(await readBody(c, shareSchema)), author: c.var.actor.name }
    const { share, token, exposure } = await shares.createFor(await editions.get(readId(c, 'id')), request)
    audit.record('share_made', c.var.actor, share.share_id, { mode: share.mode, notebook: share.notebook })
    const made: ShareMade = { share: toRecord(share, Date.now()), path: `/r/${token}`, exposure }
    return c.json(made, 201)
  })
  return routes
}

export function toEditionRecord(row: EditionRow): EditionRecord {
  return {
    id: row.edition_id,
    notebook: row.notebook,
    number: row.number,
    title: row.title,
    language: row.language as Language,
    inputs: JSON.parse(row.inputs) as Record<string, string>,
    cause: row.cause as EditionRecord['cause'],
    madeAt: row.made_at,
    madeBy: row.made_by,
    dataTo: row.data_to,
    approvedAt: row.approved_at,
    approvedBy: row.approved_by,
    bytes: row.bytes,
    currency: (JSON.parse(row.figures) as EditionFigures).currency,
    exposure: JSON.parse(row.exposed),
    changes: JSON.parse(row.changes) as EditionChanges | null,
  }
}

function toDeliveryRecord(row: DeliveryRow): DeliveryRecord {
  return {
    id: row.delivery_id,
    notebook: row.notebook,
    number: row.number,
    channel: row.channel as DeliveryRecord['channel'],
    to: row.recipient,
    state: row.state as DeliveryRecord['state'],
    tries: row.tries,
    nextAt: row.next_ms === null ? null : new Date(row.next_ms).toISOString(),
    madeAt: row.made_at,
    sentAt: row.sent_at,
    error: row.error,
  }
}
