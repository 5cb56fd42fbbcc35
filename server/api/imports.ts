/** Files come in here, and the book of those that came. */
import { Hono } from 'hono'
import { z } from 'zod'
import { InputError } from '../errors.ts'
import type { ImportTask } from '../jobs/task.ts'
import { kinds } from '../sources/mapping.ts'
import type { ImportSummary } from '../sources/session.ts'
import { dataKinds } from '../sources/source.ts'
import { readImports } from '../store/books.ts'
import type { ImportFields, ImportRecord, ImportReport } from './contract.ts'
import { queueMining } from './mining.ts'
import type { AppParts } from './parts.ts'
import { readQuery } from './reading.ts'
import { receiveUpload } from './upload.ts'

const flag = z.enum(['true', 'false', '1', '0', '']).transform(text => text === 'true' || text === '1')
const mapSchema = z.record(z.string(), z.string())
const fieldsSchema = z.object({
  as: z
    .enum(dataKinds)
    .or(z.literal('').transform(() => undefined))
    .optional(),
  system: z
    .string()
    .regex(/^[a-z][a-z0-9_-]{0,30}$/, 'a short name of small latin letters')
    .or(z.literal('').transform(() => undefined))
    .optional(),
  dryRun: flag.default(false),
  map: z
    .string()
    .transform((text, context): Record<string, string> => {
      try {
        return mapSchema.parse(JSON.parse(text))
      } catch {
        context.addIssue({ code: 'custom', message: 'JSON like {"column": "field"}' })
        return z.NEVER
      }
    })
    .optional(),
})

export function importRoutes(parts: AppParts): Hono {
  const { database, config, telemetry } = parts
  const routes = new Hono()
  routes.get('/', async c => {
    const { limit } = readQuery(c, z.object({ limit: z.coerce.number().int().min(1).max(1000).default(100) }))
    const records = (await readImports(database, limit)).map(
      (row): ImportRecord => ({
        id: row.import_id,
        source: row.source,
        kind: row.kind,
        format: row.format,
        rowsRead: row.rows_read,
        rowsNew: row.rows_new,
        rowsChanged: row.rows_changed,
        rowsRejected: row.rows_rejected,
        rowsErased: row.rows_erased ?? 0,
        startedAt: row.started_at,
        finishedAt: row.finished_at,
      }),
    )
    return c.json(records)
  })
  routes.get('/fields', c => {
    const fields: ImportFields = Object.fromEntries(
      Object.entries(kinds).map(([kind, { fields: known }]) => [kind, Object.keys(known)]),
    )
    return c.json(fields)
  })
  routes.post('/', async c => {
    const upload = await receiveUpload(c.req.raw, { folder: parts.uploadFolder, maxBytes: parts.maxUpload })
    try {
      const parsed = fieldsSchema.safeParse(Object.fromEntries(upload.fields))
      if (!parsed.success) {
        const [issue] = parsed.error.issues
        throw new InputError(`In the form, ${issue!.path.join('.')}: ${issue!.message}`)
      }
      const { as, system, dryRun, map = {} } = parsed.data
      const { dataDir, database: url, timeZone, currency } = config
      const task: ImportTask = {
        kind: 'import',
        settings: { dataDir, database: url },
        path: upload.path,
        name: upload.name,
        transcription: config.transcription,
        options: { as, system, dryRun, map, timeZone, currency },
      }
      if (dryRun) {
        const watch = { signal: c.req.raw.signal, progress: () => {} }
        return c.json(toReport((await parts.perform(task, watch)) as ImportSummary))
      }
      const summary = (await parts.jobs.add(upload.name, task).done) as ImportSummary
      telemetry.count('verbatim_imports_total', { outcome: 'done' })
      telemetry.count('verbatim_import_rows_total', { outcome: 'new' }, summary.rowsNew)
      telemetry.count('verbatim_import_rows_total', { outcome: 'changed' }, summary.rowsChanged)
      telemetry.count('verbatim_import_rows_total', { outcome: 'unchanged' }, summary.rowsUnchanged)
      telemetry.count('verbatim_import_rows_total', { outcome: 'rejected' }, summary.rowsRejected)
      if ((await parts.mining()).unread > 0) queueMining(parts)
      return c.json(toReport(summary), 201)
    } catch (error) {
      telemetry.count('verbatim_imports_total', { outcome: 'failed' })
      throw error
    } finally {
      await upload.remove()
    }
  })
  return routes
}

function toReport(summary: ImportSummary): ImportReport {
  return { ...summary, mapping: summary.mapping.map(({ column, field }) => ({ column, field })) }
}
