/** Erasing a client on their wish: what would go, doing it, and the certificates. */

import { join } from 'node:path'
import { Hono } from 'hono'
import { z } from 'zod'
import { ConflictError, NotFoundError } from '../errors.ts'
import {
  type Certificate,
  type ErasureParts,
  listCertificates,
  previewErasure,
} from '../jobs/erase-client.ts'
import { findClient } from '../jobs/find-client.ts'
import type { EraseTask } from '../jobs/task.ts'
import { atZone } from '../sources/values.ts'
import type { ErasureCertificate, ErasurePlan } from './contract.ts'
import type { AppParts } from './parts.ts'
import { readBody, readId } from './reading.ts'

const askSchema = z.strictObject({ client: z.string().min(1).max(300) })
/** The number is what the person saw and confirmed. */
const eraseSchema = askSchema.extend({ alias: z.number().int() })

export function erasureRoutes(parts: AppParts): Hono {
  const { database, config, accounts } = parts
  const notebooks = join(config.dataDir, 'notebooks')
  const erasing: ErasureParts = { database, notebooks, moment: () => atZone(Date.now(), config.timeZone) }
  const routes = new Hono()
  routes.get('/', async c => {
    const list: ErasureCertificate[] = await listCertificates(database, 200)
    return c.json(list)
  })
  routes.get('/:id', async c => {
    const id = readId(c, 'id')
    const found = (await listCertificates(database, 10_000)).find(certificate => certificate.id === id)
    if (!found) throw new NotFoundError('There is no such certificate')
    return c.json(found satisfies ErasureCertificate)
  })
  // A body, since an address would stand in logs.
  routes.post('/preview', async c => {
    const { client } = await readBody(c, askSchema)
    const plan: ErasurePlan = await previewErasure(erasing, await findClient(database, client))
    return c.json(plan)
  })
  routes.post('/', async c => {
    const { client: asked, alias } = await readBody(c, eraseSchema)
    const client = await findClient(database, asked)
    if (client.alias !== alias)
      throw new ConflictError('That is another client by now', {
        hint: 'Look at what would be removed anew.',
      })
    const { dataDir, database: url, timeZone } = config
    const task: EraseTask = {
      kind: 'erase',
      settings: { dataDir, database: url },
      notebooks,
      timeZone,
      client,
      author: c.var.actor.name,
    }
    const watch = { signal: parts.closing, progress: () => {} }
    const certificate = (await parts.perform(task, watch)) as Certificate
    accounts.audit.record('erasure', c.var.actor, certificate.id)
    // What memory holds was computed or read with the client among the others.
    parts.cells.forget()
    parts.openShares.forget()
    parts.runs.forget()
    return c.json(certificate satisfies ErasureCertificate, 201)
  })
  return routes
}
