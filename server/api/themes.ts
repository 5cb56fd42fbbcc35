/** The catalogue: themes, their mentions, and people's edits of them. */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { NotFoundError } from '../errors.ts'
import { createThemeFigures } from '../insight/theme-figures.ts'
import { readThemeLine, readThemeTable, themeSorts } from '../insight/theme-table.ts'
import { makeEdit, readLog, undoEdit } from '../mining/catalogue.ts'
import { editSchema, statuses, topics } from '../mining/edits.ts'
import { atZone } from '../sources/values.ts'
import { listMentions, listThemes } from '../store/themes.ts'
import type { Catalogue, CatalogueCoverage, EditMade, ThemeMention, ThemeTable } from './contract.ts'
import type { AppParts } from './parts.ts'
import { readBody, readId, readQuery } from './reading.ts'
import { readEditLog, themeLeftBy } from './theme-log.ts'
import { proposalRoutes } from './theme-proposals.ts'

const kinds = ['question', 'value', 'objection'] as const
const whole = z.coerce.number().int().min(0).max(1_000_000)
const flag = z.enum(['true', 'false']).default('false')
const search = z.string().max(200).optional()
const filterSchema = z.object({
  topic: z.enum(topics).optional(),
  status: z.enum(statuses).optional(),
})
const listSchema = filterSchema.extend({
  kind: z.enum(kinds).optional(),
  all: flag,
  limit: whole.max(20_000).default(1_000),
})
const tableSchema = filterSchema.extend({
  kind: z.enum(kinds),
  faq: z.enum(['answered', 'poor', 'missing', 'unsure', 'none']).optional(),
  search,
  hidden: flag,
  sort: z.enum(themeSorts).default('clients'),
  reverse: flag,
  limit: whole.max(500).default(100),
  offset: whole.default(0),
})
const pageSchema = z.object({ limit: whole.max(1_000).default(100), offset: whole.default(0), search })

export function themeRoutes(parts: AppParts): Hono {
  const { database, config } = parts
  const routes = new Hono()
  const figures = createThemeFigures(database)
  routes.get('/', async c => {
    const { all, ...filter } = readQuery(c, listSchema)
    const [lines, coverage] = await Promise.all([
      listThemes(database, { ...filter, all: all === 'true' }),
      figures.coverage(),
    ])
    const catalogue: Catalogue = {
      themes: lines.map(line => ({ ...line, hidden: line.hidden === 1 })),
      coverage: [...coverage],
    }
    return c.json(catalogue)
  })
  routes.get('/table', async c => {
    const { hidden, reverse, ...filter } = readQuery(c, tableSchema)
    const { total, lines } = await readThemeTable(figures, {
      ...filter,
      hidden: hidden === 'true',
      reverse: reverse === 'true',
    })
    const table: ThemeTable = { total, themes: lines }
    return c.json(table)
  })
  routes.get('/coverage', async c => {
    const [clients, coverage, themes] = await Promise.all([
      figures.clients(),
      figures.coverage(),
      figures.themes(),
    ])
    const zero = { mentions: 0, assigned: 0, waiting: 0, few: 0, bare: 0 }
    const answer: CatalogueCoverage = {
      clients,
      kinds: kinds.map(kind => {
        const own = [...themes.values()].filter(theme => theme.kind === kind && theme.alias_of === null)
        const hidden = own.filter(theme => theme.hidden === 1).length
        const counts = coverage.find(row => row.kind === kind) ?? zero
        return { ...counts, kind, themes: own.length - hidden, hidden }
      }),
    }
    return c.json(answer)
  })
  routes.get('/edits', async c => c.json(await readEditLog(database)))
  routes.post('/edits', async c => {
    const edit = await readBody(c, editSchema)
    const now = atZone(Date.now(), config.timeZone)
    const id = await makeEdit(database, edit, { author: c.var.actor.name, now })
    const made: EditMade = { id, theme: themeLeftBy(await readLog(database), id) }
    return c.json(made, 201)
  })
  routes.delete('/edits/:id', async c => {
    const id = Number(readId(c, 'id'))
    if (!Number.isSafeInteger(id)) throw new NotFoundError('There is no such edit')
    await undoEdit(database, id)
    return c.body(null, 204)
  })
  routes.route('/proposals', proposalRoutes(parts))
  routes.get('/:id', async c => c.json(await readThemeLine(figures, readId(c, 'id'))))
  routes.get('/:id/mentions', async c => {
    const { kind, theme } = readTheme(c)
    const rows = await listMentions(database, kind, theme, readQuery(c, pageSchema))
    const mentions = rows.map(
      ({
        client_id,
        conversation_id,
        n,
        span_from,
        span_to,
        started_at,
        start_ms,
        ...row
      }): ThemeMention => ({
        ...row,
        ref: { client_id, conversation_id, n, from: span_from, to: span_to },
        at: started_at,
        offset_ms: start_ms,
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
