/** Files of a report, out of its snapshot: masked, whoever asks, and without any query. */
import { NotFoundError } from '../errors.ts'
import type { ChartOutput } from '../notebook/output.ts'
import type { PagePrinter } from './browser.ts'
import type { ChartDrawer } from './chart-svg.ts'
import type { EditionHead } from './edition-section.ts'
import type { ReportFile } from './report-file.ts'
import { masked, runOf, type Snapshot } from './snapshot.ts'

export interface FileParts {
  charts: ChartDrawer
  printer: PagePrinter
  /** Of an edition: what stands at its top. */
  edition?: EditionHead
  signal: AbortSignal
}

type Render = (snapshot: Snapshot, parts: FileParts) => Promise<string | Uint8Array>

const forms: Record<string, { type: string; render: Render }> = {
  'report.html': { type: 'text/html; charset=utf-8', render: (...given) => renderPage(...given) },
  'report.md': {
    type: 'text/markdown; charset=utf-8',
    render: async snapshot =>
      (await import('./markdown.ts')).renderMarkdown(snapshot.notebook, runOf(snapshot), aboutOf(snapshot)),
  },
  'report.pdf': {
    type: 'application/pdf',
    render: async (snapshot, parts) => {
      const { renderPdf } = await import('./pdf.ts')
      const page = await renderPage(snapshot, parts)
      return renderPdf(page, await factsOf(snapshot, parts), parts.printer, parts.signal)
    },
  },
  'report.xlsx': {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    render: async (snapshot, parts) =>
      (await import('./workbook.ts')).renderWorkbook(await factsOf(snapshot, parts)),
  },
  'tables.zip': {
    type: 'application/zip',
    render: async (snapshot, parts) => {
      const [{ renderCsv, fileNameOf }, { toSheets }, { zipSync, strToU8 }] = await Promise.all([
        import('./csv.ts'),
        import('./sheets.ts'),
        import('fflate'),
      ])
      const sheets = toSheets(await factsOf(snapshot, parts))
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

/** Files of a whole report: page, Markdown, PDF, workbook, tables as CSV. */
export const fileNames: readonly string[] = Object.keys(forms)

const CHART = /^chart-(\d{1,4})\.(svg|png|json)$/

/** One of `fileNames`, or `chart-3.svg`, `.png`, `.json` of the third chart. Throws NotFoundError, UnavailableError. */
export async function renderFile(name: string, snapshot: Snapshot, parts: FileParts): Promise<ReportFile> {
  const form = Object.hasOwn(forms, name) ? forms[name] : undefined
  if (form) return { type: form.type, content: await form.render(snapshot, parts) }
  const [, number, kind] = CHART.exec(name) ?? []
  const chart = kind && chartsOf(snapshot)[Number(number) - 1]
  if (!chart) throw new NotFoundError('There is no such file of this report')
  const { renderChartFile } = await import('./chart-files.ts')
  const { language } = snapshot.notebook
  return renderChartFile(chart.output, kind as 'svg' | 'png' | 'json', {
    ...parts,
    language,
    currency: snapshot.currency,
  })
}

/** Charts of a report in the order of the page, with their block and their number in it. */
export function chartsOf(snapshot: Snapshot): { block: string; n: number; output: ChartOutput }[] {
  const outcomes = new Map(snapshot.outcomes)
  return snapshot.notebook.blocks.flatMap(({ id }) => {
    const outcome = outcomes.get(id)
    if (!outcome || !('result' in outcome)) return []
    return outcome.result.outputs
      .filter(output => output.type === 'chart')
      .map((output, i) => ({ block: id, n: i + 1, output }))
  })
}

const aboutOf = ({ currency, generatedAt, dataTo }: Snapshot) => ({
  currency,
  generatedAt,
  dataTo,
  mask: masked,
})

async function renderPage(snapshot: Snapshot, { charts, edition }: FileParts): Promise<string> {
  const { renderReport } = await import('./html.ts')
  return renderReport(snapshot.notebook, runOf(snapshot), {
    ...aboutOf(snapshot),
    charts,
    ...(edition && { edition }),
  })
}

async function factsOf(snapshot: Snapshot, { edition }: FileParts) {
  const { toExportFacts } = await import('./export-facts.ts')
  const options = {
    ...aboutOf(snapshot),
    sources: snapshot.sources,
    ...(edition && { editionNumber: edition.number }),
  }
  return toExportFacts(snapshot.notebook, runOf(snapshot), options)
}
