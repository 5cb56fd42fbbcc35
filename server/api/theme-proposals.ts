/** What a fresh clustering would merge and split: found by a job, reviewed and taken by people. */
import { Hono } from 'hono'
import { z } from 'zod'
import { acceptProposals, listProposals } from '../mining/proposals.ts'
import { atZone } from '../sources/values.ts'
import type { ThemeProposal } from './contract.ts'
import type { AppParts } from './parts.ts'
import { readBody, readQuery } from './reading.ts'

const kindSchema = z.object({ kind: z.enum(['question', 'value', 'objection']) })
const acceptSchema = kindSchema.extend({ ids: z.array(z.string().max(64)).min(1).max(500) })
const titles = { ru: 'Группировка тем заново', en: 'Grouping themes afresh' }

export function proposalRoutes({ database, jobs, config }: AppParts): Hono {
  const routes = new Hono()
  routes.get('/', async c => {
    const { kind } = readQuery(c, kindSchema)
    const proposals: ThemeProposal[] = (await listProposals(database, kind)).map(
      ({ id, edit, clients, parts }) => ({ id, action: edit.action, clients, parts }),
    )
    return c.json(proposals)
  })
  routes.post('/', async c => {
    const { kind } = await readBody(c, kindSchema)
    const { dataDir, database: url, language } = config
    const settings = { dataDir, database: url }
    return c.json(jobs.add(titles[language], { kind: 'propose', settings, mentions: kind }).job, 202)
  })
  routes.post('/accept', async c => {
    const { kind, ids } = await readBody(c, acceptSchema)
    const by = { author: c.var.actor.name, now: atZone(Date.now(), config.timeZone) }
    return c.json({ edits: await acceptProposals(database, kind, ids, by) }, 201)
  })
  return routes
}
