/** A notebook's report as a file to keep: the page that opens offline, or Markdown. */
import { type Context, Hono } from 'hono'
import { atZone } from '../sources/values.ts'
import type { AppParts } from './parts.ts'
import { readId } from './reading.ts'
import { runParts } from './run-parts.ts'

const forms = {
  'report.html': {
    type: 'text/html; charset=utf-8',
    render: async () => (await import('../report/html.ts')).renderReport,
  },
  'report.md': {
    type: 'text/markdown; charset=utf-8',
    render: async () => (await import('../report/markdown.ts')).renderMarkdown,
  },
} as const

/** GET /:id/report.html and /:id/report.md; inputs are query parameters by their names, as in the workbench's address. */
export function reportRoutes(parts: AppParts): Hono {
  const routes = new Hono()
  for (const form of Object.keys(forms) as (keyof typeof forms)[])
    routes.get(`/:id/${form}`, c => answer(c, form, parts))
  return routes
}

async function answer(c: Context, form: keyof typeof forms, parts: AppParts): Promise<Response> {
  const { notebook, id } = await parts.library.get(readId(c, 'id'))
  const given = c.req.query()
  const values = Object.fromEntries(
    notebook.inputs.flatMap(({ name }) => (given[name] === undefined ? [] : [[name, given[name]]])),
  )
  const [{ runNotebook }, having] = await Promise.all([import('../notebook/run.ts'), runParts(parts)])
  const request = { id: 'report', notebook, values, signal: c.req.raw.signal, emit: () => {} }
  const run = await runNotebook(request, having)
  const render = await forms[form].render()
  const text = await render(notebook, run, {
    currency: having.currency,
    generatedAt: atZone(Date.now(), parts.config.timeZone),
    dataTo: having.today,
  })
  const file = encodeURIComponent(`${id}-${having.today}${form.slice('report'.length)}`)
  return c.body(text, 200, {
    'content-type': forms[form].type,
    'content-disposition': `attachment; filename*=UTF-8''${file}`,
  })
}
