/** The catalogue: themes, their mentions, and people's edits of them. */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { NotFoundError } from '../errors.ts'
import { makeEdit, readLog, undoEdit } from '../mining/catalogue.ts'
import { editSchema, statuses, topics } from '../mining/edits.ts'
import { atZone } from '../sources/values.ts'
import { listMentions, listThemes, readCoverage } from '../store/themes.ts'
import type { Catalogue, LoggedEdit, ThemeMention } from './contract.ts'
import type { AppParts } from './parts.ts'
import { readBody, readId, readQuery } from './reading.ts'

const kinds = ['question', 'value', 'objection'] as const
const whole = z.coerce.number().int().min(0).max(1_000_000)
const listSchema = z.object({
  kind: z.enum(kinds).optional(),
  topic: z.enum(topics).optional(),
  status: z.enum(statuses).optional(),
  all: z.enum(['true', 'false']).default('false'),
  limit: whole.max(20_000).default(1_000),
})
const pageSchema = z.object({ limit: whole.max(1_000).default(100), offset: whole.default(0) })

export function themeRoutes({ database, config }: AppParts): Hono {
  const routes = new Hono()
  routes.get('/', async c => {
    const { all, ...filter } = readQuery(c, listSchema)
    const [lines, coverage] = await Promise.all([
      listThemes(database, { ...filter, all: all === 'true' }),
      readCoverage(database),
    ])
    const catalogue: Catalogue = {
      themes: lines.map(line => ({ ...line, hidden: line.hidden === 1 })),
      coverage,
    }
    return c.json(catalogue)
  })
  routes.get('/edits', async c => {
    const log: LoggedEdit[] = (await readLog(database)).reverse()
    return c.json(log)
  })
  routes.post('/edits', async c => {
    const edit = await readBody(c, editSchema)
    const now = atZone(Date.now(), config.timeZone)
    return c.json({ id: await makeEdit(database, edit, { author: null, now }) }, 201)
  })
  routes.delete('/edits/:id', async c => {
    const id = Number(readId(c, 'id'))
    if (!Number.isSafeInteger(id)) throw new NotFoundError('There is no such edit')
    await undoEdit(database, id)
    return c.body(null, 204)
  })
  routes.get('/:id/mentions', async c => {
    const { kind, theme } = readTheme(c)
    const rows = await listMentions(database, kind, theme, readQuery(c, pageSchema))
    const mentions = rows.map(
      ({ client_id, conversation_id, n, span_from, span_to, text, day, score }): ThemeMention => ({
        ref: { client_id, conversation_id, n, from: span_from, to: span_to },
        text,
        day,
        score,
      }),
    )
    return c.json(mentions)
  })
  return routes
}

/** `q-12`, or `waiting-question` for what is in no theme yet. Throws NotFoundError. */
function readTheme(c: Context): { kind: string; theme: string | null } {
  const id = readId(c, 'id')
  const kind = kinds.find(name => id === `waiting-${name}` || new RegExp(`^${name[0]}-\\d+$`).test(id))
  if (!kind) throw new NotFoundError('There is no such theme')
  return { kind, theme: id.startsWith('waiting-') ? null : id }
}
