/** Audiences: their size and worth, their files for the platforms, and the log of who took which. */
import { Hono } from 'hono'
import { z } from 'zod'
import { readAudience } from '../insight/audience.ts'
import { exportAudience, readExports } from '../insight/audience-export.ts'
import { platforms } from '../insight/audience-layouts.ts'
import { audienceRuleSchema } from '../insight/audience-rules.ts'
import { atZone } from '../sources/values.ts'
import type { AudienceExportLine, AudienceSize } from './contract.ts'
import type { AppParts } from './parts.ts'
import { readBody } from './reading.ts'

const sizeSchema = z.strictObject({ rule: audienceRuleSchema })
const exportSchema = z.strictObject({
  rule: audienceRuleSchema,
  platform: z.enum(platforms),
  hashed: z.boolean().default(true),
  identifier: z.enum(['phone', 'email']).default('phone'),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default('RU'),
})

export function audienceRoutes({ database, config, overview, accounts }: AppParts): Hono {
  const now = () => atZone(Date.now(), config.timeZone)
  const today = async () => (await overview.today()) ?? now().slice(0, 10)
  const routes = new Hono()
  routes.get('/exports', async c => {
    const rows = await readExports(database)
    const lines = rows.map(
      ({
        export_id,
        author,
        made_at,
        platform,
        rule,
        clients,
        rows_written,
        hashed,
      }): AudienceExportLine => ({
        id: export_id,
        author,
        madeAt: made_at,
        platform,
        rule: JSON.parse(rule) as AudienceExportLine['rule'],
        clients,
        rows: rows_written,
        hashed: hashed === 1,
      }),
    )
    return c.json(lines)
  })
  routes.post('/size', async c => {
    const { rule } = await readBody(c, sizeSchema)
    const { found, consented, value, days } = await readAudience(
      (statement, options) => database.reader.read(statement, options),
      { rule, today: await today(), currency: config.currency, limit: 1 },
    )
    const size: AudienceSize = { found, consented, value, days }
    return c.json(size)
  })
  routes.post('/export', async c => {
    const request = await readBody(c, exportSchema)
    const by = { author: c.var.actor.name, now: now() }
    const file = await exportAudience(database, { ...request, today: await today() }, by)
    accounts.audit.record('audience_export', c.var.actor, null, {
      format: request.platform,
      count: file.rows,
    })
    return c.body(file.content, 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${file.name}"`,
      'x-audience-rows': String(file.rows),
      'x-audience-least': String(file.least),
    })
  })
  return routes
}
