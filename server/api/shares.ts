/** Links to reports, for their author: what would be seen, making, listing, turning and ending them. */
import { Hono } from 'hono'
import { z } from 'zod'
import { readerMode } from '../report/reader-inputs.ts'
import type { ShareRow } from '../store/shares.ts'
import type { ShareMade, ShareRecord } from './contract.ts'
import type { AppParts } from './parts.ts'
import { readBody, readId } from './reading.ts'

const whatSchema = z.object({
  notebook: z.string().max(500),
  values: z.record(z.string().max(200), z.string().max(20_000)).default({}),
})
const createSchema = whatSchema.extend({
  mode: z.enum(['frozen', 'live', 'edition']).default('frozen'),
  expires: z.string().max(20).default('30d'),
  password: z.string().max(1000).nullable().default(null),
  confirmed: z.boolean().default(false),
  downloads: z.boolean().default(false),
  readerInputs: z.enum(['locked', 'hidden', 'open']).default('locked'),
})
const revokeSchema = z.object({ ids: z.array(z.string().max(100)).min(1).max(10_000) })

export function shareRoutes(parts: AppParts): Hono {
  const { shares, openShares } = parts
  const { audit } = parts.accounts
  const routes = new Hono()
  routes.get('/', async c => {
    await openShares.flush()
    const now = Date.now()
    return c.json((await shares.list()).map(share => toRecord(share, now)))
  })
  routes.post('/preview', async c =>
    c.json(await shares.preview(await readBody(c, whatSchema), c.req.raw.signal)),
  )
  routes.post('/', async c => {
    const request = await readBody(c, createSchema)
    const { share, token, exposure } = await shares.create(
      { ...request, author: c.var.actor.name },
      c.req.raw.signal,
    )
    audit.record('share_made', c.var.actor, share.share_id, { mode: share.mode, notebook: share.notebook })
    const made: ShareMade = { share: toRecord(share, Date.now()), path: `/r/${token}`, exposure }
    return c.json(made, 201)
  })
  routes.delete('/', async c => {
    const { ids } = await readBody(c, revokeSchema)
    const revoked = await shares.revoke(ids)
    openShares.forget()
    audit.record('share_revoked', c.var.actor, ids.length === 1 ? ids[0] : null, { count: revoked })
    return c.json({ revoked })
  })
  routes.get('/:id/views', async c => {
    await openShares.flush()
    return c.json(await shares.views(readId(c, 'id')))
  })
  routes.post('/:id/rotate', async c => {
    const id = readId(c, 'id')
    const token = await shares.rotate(id)
    openShares.forget()
    audit.record('share_rotated', c.var.actor, id)
    return c.json({ path: `/r/${token}` })
  })
  return routes
}

/** A share as its author sees it: without its token, which nobody has any more. */
export function toRecord(share: ShareRow, now: number): ShareRecord {
  const expired = share.expires_ms !== null && share.expires_ms <= now
  return {
    id: share.share_id,
    notebook: share.notebook,
    title: share.title,
    mode: share.mode as ShareRecord['mode'],
    inputs: JSON.parse(share.inputs) as Record<string, string>,
    state: share.revoked_at !== null ? 'revoked' : expired ? 'expired' : 'open',
    hasPassword: share.password !== null,
    downloads: share.downloads === 1,
    readerInputs: readerMode(share),
    createdAt: share.created_at,
    expiresAt: share.expires_ms === null ? null : new Date(share.expires_ms).toISOString(),
    revokedAt: share.revoked_at,
    views: share.views,
    lastViewAt: share.last_view_at,
    author: share.author,
  }
}
