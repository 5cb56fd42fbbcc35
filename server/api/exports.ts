/**
 * A notebook's report as a file to keep: a page that opens offline, Markdown, PDF, a workbook, tables as CSV, one chart;
 * and the page that a link would show. Masked. The notebook's own file is as its author wrote it.
 */
import { type Context, Hono } from 'hono'
import { NotFoundError } from '../errors.ts'
import type { LibraryEntry } from '../notebook/library.ts'
import { decorate } from '../report/decorate.ts'
import { chartsOf, fileNames, renderFile } from '../report/files.ts'
import { type PublishParts, pack, publish, runMasked } from '../report/publish.ts'
import { atZone } from '../sources/values.ts'
import type { AppParts } from './parts.ts'
import { readId } from './reading.ts'
import { runParts } from './run-parts.ts'
import { sendAttachment, sendPacked } from './send-packed.ts'

/** GET /:id/report.html, .md, .pdf, .xlsx, /:id/tables.zip, /:id/charts/BLOCK/N.svg, /:id/as-reader; inputs are query parameters. */
export function exportRoutes(parts: AppParts): Hono {
  const routes = new Hono()
  const { charts, printer } = parts
  const noteExport = (c: Context, id: string, name: string) => {
    const format = name.slice(name.lastIndexOf('.') + 1)
    parts.accounts.audit.record('export', c.var.actor, id, { format, masked: true })
  }
  for (const name of fileNames)
    routes.get(`/:id/${name}`, async c => {
      const { entry, snapshot } = await runFor(c, parts)
      const file = await renderFile(name, snapshot, { charts, printer, signal: c.req.raw.signal })
      noteExport(c, entry.id, name)
      return sendAttachment(c, file, fileName(entry, snapshot.dataTo, name))
    })
  routes.get('/:id/charts/:block/:file', async c => {
    const [, n, kind] = /^(\d{1,4})\.(svg|png|json)$/.exec(readId(c, 'file')) ?? []
    const { entry, snapshot } = await runFor(c, parts)
    const block = readId(c, 'block')
    const at = chartsOf(snapshot).findIndex(chart => chart.block === block && chart.n === Number(n))
    if (at === -1) throw new NotFoundError('There is no such chart in this report')
    const name = `chart-${at + 1}.${kind}`
    const file = await renderFile(name, snapshot, { charts, printer, signal: c.req.raw.signal })
    noteExport(c, entry.id, name)
    return sendAttachment(c, file, fileName(entry, snapshot.dataTo, `${block}-${n}.${kind}`))
  })
  routes.get('/:id/notebook.md', async c => {
    const { id, text } = await parts.notebooks.read(readId(c, 'id'))
    return sendAttachment(c, { type: 'text/markdown; charset=utf-8', content: text }, `${id}.md`)
  })
  routes.get('/:id/as-reader', async c => {
    const { entry, values } = await wanted(c, parts)
    const { searchParams } = new URL(c.req.url)
    const mode = MODES.find(mode => mode === searchParams.get('_inputs')) ?? 'locked'
    const { signal } = c.req.raw
    const { html, snapshot } = await publish(entry, values, publishParts(parts), signal, {
      mode,
      own: values,
      salt: '',
    })
    const files = searchParams.get('_downloads') === '1' ? snapshot : null
    return sendPacked(c, await pack(decorate(html, { language: entry.notebook.language, files })))
  })
  return routes
}

const MODES = ['locked', 'hidden', 'open'] as const

function publishParts(parts: AppParts): PublishParts {
  const { database, charts, config } = parts
  return {
    database,
    charts,
    runParts: () => runParts(parts),
    moment: () => atZone(Date.now(), config.timeZone),
  }
}

async function wanted(c: Context, parts: AppParts) {
  const entry = await parts.library.get(readId(c, 'id'))
  const given = c.req.query()
  const values = Object.fromEntries(
    entry.notebook.inputs.flatMap(({ name }) => (given[name] === undefined ? [] : [[name, given[name]]])),
  )
  return { entry, values }
}

async function runFor(c: Context, parts: AppParts) {
  const { entry, values } = await wanted(c, parts)
  const { snapshot } = await runMasked(entry, values, publishParts(parts), c.req.raw.signal)
  return { entry, snapshot }
}

function fileName({ id }: LibraryEntry, day: string, name: string): string {
  return `${id}-${day}${name.startsWith('report') ? name.slice('report'.length) : `-${name}`}`
}
