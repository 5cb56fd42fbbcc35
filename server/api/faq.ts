/** Drafts of answers for the site: what is proposed, what editors made of it, and files to hand over. */
import { Hono } from 'hono'
import { z } from 'zod'
import { NotFoundError } from '../errors.ts'
import { readDrafts } from '../insight/faq-drafts.ts'
import { faqJsonLd, faqMarkdown, toEntries } from '../insight/faq-export.ts'
import type { Query } from '../insight/query.ts'
import { makeFaqEdit, readFaqLog, undoFaqEdit } from '../mining/faq-catalogue.ts'
import { faqEditSchema } from '../mining/faq-edits.ts'
import { atZone } from '../sources/values.ts'
import { sql } from '../store/sql.ts'
import type { FaqDraft, LoggedFaqEdit } from './contract.ts'
import type { AppParts } from './parts.ts'
import { readBody, readId, readQuery } from './reading.ts'

const states = ['missing', 'poor', 'unsure', 'answered'] as const
const listSchema = z.object({
  states: z
    .string()
    .default('missing,poor')
    .transform(text => text.split(',').filter(Boolean))
    .pipe(z.array(z.enum(states))),
  limit: z.coerce.number().int().min(1).max(200).default(30),
})
const exportSchema = z.object({
  /** published: what stands on the page; written: whatever editors wrote. */
  which: z.enum(['published', 'written']).default('written'),
  language: z.enum(['ru', 'en']).default('ru'),
})
const MOST = 1_000

export function faqRoutes({ database, config }: AppParts): Hono {
  const query: Query = (statement, options) => database.reader.read(statement, options)
  const by = (author: string | null) => ({ author, now: atZone(Date.now(), config.timeZone) })
  const routes = new Hono()
  routes.get('/', async c => {
    const drafts: FaqDraft[] = await readDrafts(query, {
      ...readQuery(c, listSchema),
      themes: [],
      topics: [],
    })
    return c.json(drafts)
  })
  routes.get('/edits', async c => {
    const log: LoggedFaqEdit[] = (await readFaqLog(database)).reverse()
    return c.json(log)
  })
  routes.post('/edits', async c => {
    const edit = await readBody(c, faqEditSchema)
    return c.json({ id: await makeFaqEdit(database, edit, by(c.var.actor.name)) }, 201)
  })
  routes.delete('/edits/:id', async c => {
    const id = Number(readId(c, 'id'))
    if (!Number.isSafeInteger(id)) throw new NotFoundError('There is no such edit')
    await undoFaqEdit(database, id, by(c.var.actor.name))
    return c.body(null, 204)
  })
  for (const name of ['faq.md', 'faq.json'] as const)
    routes.get(`/${name}`, async c => {
      const { which, language } = readQuery(c, exportSchema)
      const drafts = await readDrafts(query, { themes: [], states: [], topics: [], limit: MOST })
      const entries = toEntries(drafts, { suggested: false }).filter(
        ({ status }) => which === 'written' || status === 'published',
      )
      const markdown = name === 'faq.md'
      return c.body(markdown ? faqMarkdown(entries, language) : faqJsonLd(entries), 200, {
        'content-type': markdown ? 'text/markdown; charset=utf-8' : 'application/ld+json; charset=utf-8',
        'content-disposition': `attachment; filename="${name}"`,
      })
    })
  routes.get('/:theme', async c => {
    const theme = readId(c, 'theme')
    const filter = { themes: [theme], states: [], topics: [], limit: 1 }
    const [draft] = await readDrafts(query, filter)
    if (!draft) {
      const { rows } = await query(sql`select 1 from themes where theme_id = ${theme}`)
      if (rows.length === 0) throw new NotFoundError(`There is no theme ${theme}`)
    }
    // A theme that is hidden or dismissed, or that nothing was compared with, has none: that is no fault.
    return c.json((draft ?? null) satisfies FaqDraft | null)
  })
  return routes
}
