/** Sections of the landing pages and the FAQ: reading, editing, ordering, and fetching a page from its address. */
import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { z } from 'zod'
import { InputError, NotFoundError } from '../errors.ts'
import { dayToMs } from '../lib/dates.ts'
import { fetchPublic } from '../lib/public-fetch.ts'
import { decodeText } from '../sources/encoding.ts'
import { sectionsOfHtml } from '../sources/html.ts'
import { importFile } from '../sources/ingest.ts'
import { deletePage, orderPages, type PageRow, readPage, readPages, writePages } from '../store/pages.ts'
import type { FetchedPage, PageSection } from './contract.ts'
import { queueMining } from './mining.ts'
import type { AppParts } from './parts.ts'
import { readBody, readId } from './reading.ts'

const day = z.string().refine(text => dayToMs(text) !== undefined, 'a day, YYYY-MM-DD')
const sectionSchema = z.strictObject({
  url: z.string().trim().max(2000).nullable().default(null),
  kind: z.enum(['landing', 'faq', 'help']),
  heading: z.string().trim().max(500).nullable().default(null),
  text: z.string().trim().min(1, 'a section needs a text').max(100_000),
  publishedAt: day.nullable().default(null),
})
const orderSchema = z.strictObject({ ids: z.array(z.string().max(500)).min(1).max(2000) })
const fetchSchema = z.strictObject({
  url: z.string().trim().min(1).max(2000),
  kind: z.enum(['landing', 'faq', 'help']).default('landing'),
  /** Stores what was found; without it, it is only shown. */
  take: z.boolean().default(false),
})
/** Sections of one page at most: more is no page that people read. */
const MOST_SECTIONS = 500

export function pageRoutes(parts: AppParts): Hono {
  const { database, config } = parts
  const routes = new Hono()
  const answered = () => queueMining(parts)
  routes.get('/', async c => c.json((await readPages(database)).map(toSection)))
  routes.post('/', async c => {
    const given = await readBody(c, sectionSchema)
    const after = (await readPages(database)).filter(page => page.url === given.url)
    const position = 1 + Math.max(0, ...after.map(page => page.position))
    const row = toRow(`own:${randomUUID()}`, position, given)
    await writePages(database, [row])
    answered()
    return c.json(toSection(row), 201)
  })
  routes.put('/:id', async c => {
    const given = await readBody(c, sectionSchema)
    const row = toRow(readId(c, 'id'), (await find(readId(c, 'id'))).position, given)
    await writePages(database, [row])
    answered()
    return c.json(toSection(row))
  })
  routes.delete('/:id', async c => {
    if (!(await deletePage(database, readId(c, 'id')))) throw missing()
    answered()
    return c.body(null, 204)
  })
  routes.post('/order', async c => {
    const { ids } = await readBody(c, orderSchema)
    return c.json({ ordered: await orderPages(database, ids) })
  })
  routes.post('/fetch', async c => {
    const { url, kind, take } = await readBody(c, fetchSchema)
    const page = await fetchPublic(url, { signal: c.req.raw.signal })
    if (page.status >= 400)
      throw new InputError(`${page.url} answers ${page.status}`, { hint: 'Open the address in a browser.' })
    if (!/^text\/html|^application\/xhtml/i.test(page.headers['content-type'] ?? 'text/html'))
      throw new InputError(`${page.url} is not a web page`)
    const sections = sectionsOfHtml(decodeText(page.body))
      .map(({ heading, text }) => ({ heading: heading || null, text: text.trim() }))
      .filter(({ text }) => text !== '')
      .slice(0, MOST_SECTIONS)
    if (sections.length === 0)
      throw new InputError(`${page.url} has no text of its own`, {
        hint: 'Pages that are drawn by a script can be saved in the browser and loaded as a file.',
      })
    const found: FetchedPage = { url: page.url, sections, taken: null }
    if (take) {
      const { timeZone, currency } = config
      const seen = new Map<string | null, number>()
      const records = sections.map((section, position) => {
        const nth = (seen.get(section.heading) ?? 0) + 1
        seen.set(section.heading, nth)
        return { ...section, url: page.url, kind, position, occurrence: nth > 1 ? nth : null }
      })
      const bytes = Buffer.from(JSON.stringify(records))
      const input = {
        name: page.url,
        head: bytes.subarray(0, 64 * 1024),
        size: bytes.length,
        open: () => Readable.from([bytes]),
      }
      const { rowsNew, rowsChanged } = await importFile(database, input, { as: 'pages', timeZone, currency })
      found.taken = { added: rowsNew, changed: rowsChanged }
      answered()
    }
    return c.json(found)
  })
  const find = async (id: string): Promise<PageRow> => {
    const page = await readPage(database, id)
    if (!page) throw missing()
    return page
  }
  return routes
}

const missing = () => new NotFoundError('There is no such section', { hint: 'It may have been removed.' })

function toRow(page_id: string, position: number, given: z.infer<typeof sectionSchema>): PageRow {
  const { url, kind, heading, text, publishedAt } = given
  return {
    page_id,
    position,
    url: url || null,
    kind,
    heading: heading || null,
    text,
    published_at: publishedAt,
  }
}

function toSection({ page_id, url, kind, position, heading, text, published_at }: PageRow): PageSection {
  return { id: page_id, url, kind, position, heading, text, publishedAt: published_at }
}
