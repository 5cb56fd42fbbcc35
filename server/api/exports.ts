/** A notebook's report as a file to keep: a page that opens offline, Markdown, PDF, a workbook, tables as CSV. Masked. */
import { type Context, Hono } from 'hono'
import { NotFoundError } from '../errors.ts'
import type { LibraryEntry } from '../notebook/library.ts'
import type { RunResult } from '../notebook/run.ts'
import type { Mask } from '../report/mask-output.ts'
import { createMask } from '../report/masking.ts'
import { atZone } from '../sources/values.ts'
import { readSources } from '../store/source-names.ts'
import type { AppParts } from './parts.ts'
import { readId } from './reading.ts'
import { runParts } from './run-parts.ts'

interface Ran {
  entry: LibraryEntry
  run: RunResult
  about: { currency: string; generatedAt: string; dataTo: string; mask: Mask }
  parts: AppParts
  signal: AbortSignal
}

interface Form {
  type: string
  render(ran: Ran): Promise<string | Uint8Array>
}

const forms: Record<string, Form> = {
  'report.html': {
    type: 'text/html; charset=utf-8',
    render: async ran => renderPage(ran),
  },
  'report.md': {
    type: 'text/markdown; charset=utf-8',
    render: async ({ entry, run, about }) =>
      (await import('../report/markdown.ts')).renderMarkdown(entry.notebook, run, about),
  },
  'report.pdf': {
    type: 'application/pdf',
    render: async ran => {
      const { renderPdf } = await import('../report/pdf.ts')
      return renderPdf(await renderPage(ran), await exportFacts(ran), ran.parts.printer, ran.signal)
    },
  },
  'report.xlsx': {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    render: async ran => (await import('../report/workbook.ts')).renderWorkbook(await exportFacts(ran)),
  },
  'tables.zip': {
    type: 'application/zip',
    render: async ran => {
      const [{ renderCsv, fileNameOf }, { toSheets }, { zipSync, strToU8 }] = await Promise.all([
        import('../report/csv.ts'),
        import('../report/sheets.ts'),
        import('fflate'),
      ])
      const sheets = toSheets(await exportFacts(ran))
      if (sheets.length === 0) throw new NotFoundError('This report has no table')
      // Numbered, so that no two fall together once their titles are cut to file names.
      const files = sheets.map((sheet, i) => [
        `${String(i + 1).padStart(2, '0')} ${fileNameOf(sheet.title)}.csv`,
        strToU8(renderCsv(sheet)),
      ])
      return zipSync(Object.fromEntries(files))
    },
  },
}

/** GET /:id/report.html, .md, .pdf, .xlsx and /:id/tables.zip; inputs are query parameters, as in the workbench's address. */
export function exportRoutes(parts: AppParts): Hono {
  const routes = new Hono()
  for (const name of Object.keys(forms)) routes.get(`/:id/${name}`, c => answer(c, name, parts))
  return routes
}

async function renderPage({ entry, run, about, parts }: Ran): Promise<string> {
  const { renderReport } = await import('../report/html.ts')
  return renderReport(entry.notebook, run, { ...about, charts: parts.charts })
}

async function exportFacts({ entry, run, about, parts }: Ran) {
  const { toExportFacts } = await import('../report/export-facts.ts')
  return toExportFacts(entry.notebook, run, { ...about, sources: await readSources(parts.database) })
}

async function answer(c: Context, name: string, parts: AppParts): Promise<Response> {
  const entry = await parts.library.get(readId(c, 'id'))
  const { notebook, id } = entry
  const given = c.req.query()
  const values = Object.fromEntries(
    notebook.inputs.flatMap(({ name }) => (given[name] === undefined ? [] : [[name, given[name]]])),
  )
  const { signal } = c.req.raw
  const [{ runNotebook }, having] = await Promise.all([import('../notebook/run.ts'), runParts(parts)])
  const run = await runNotebook({ id: 'export', notebook, values, signal, emit: () => {} }, having)
  const about = {
    currency: having.currency,
    generatedAt: atZone(Date.now(), parts.config.timeZone),
    dataTo: having.today,
    mask: (await createMask(run, notebook.language, parts.database)).mask,
  }
  const form = forms[name]!
  const content = await form.render({ entry, run, about, parts, signal })
  const file = encodeURIComponent(
    `${id}-${having.today}${name.startsWith('report') ? name.slice('report'.length) : `-${name}`}`,
  )
  const format = name.slice(name.lastIndexOf('.') + 1)
  parts.accounts.audit.record('export', c.var.actor, id, { format, masked: true })
  return c.body(typeof content === 'string' ? content : new Uint8Array(content), 200, {
    'content-type': form.type,
    'content-disposition': `attachment; filename*=UTF-8''${file}`,
  })
}
