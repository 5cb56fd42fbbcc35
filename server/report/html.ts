/**
 * A run as one HTML file: opens offline, asks nothing of any server, reads without JavaScript. Charts are SVG in two
 * widths, of which the page shows the one that fits; the style sheet is inside, and so are the faces (unless `fonts` is
 * `system`): a quote's face says that these are the client's words, and must not hang on what a reader has installed.
 * They cost about 190 kB; a page served by the server links them instead.
 */
import { createHash } from 'node:crypto'
import { render } from '@lit-labs/ssr'
import { collectResult } from '@lit-labs/ssr/lib/render-result.js'
import { toErrorShape } from '../errors.ts'
import { escapeHtml } from '../lib/escape-html.ts'
import type { Language } from '../lib/locale.ts'
import type { Notebook } from '../notebook/model.ts'
import type { Output } from '../notebook/output.ts'
import type { RunResult } from '../notebook/run.ts'
import { type ChartDrawer, createChartDrawer } from './chart-svg.ts'
import type { EditionHead } from './edition-section.ts'
import { type Mask, maskOutput } from './mask-output.ts'
import type { ReaderField } from './reader-inputs.ts'
import { type Drawings, drawReport, type ReportFacts } from './report-page.ts'
import { reportStyle } from './report-style.ts'

export interface ReportOptions {
  /** Default: the notebook's. */
  language?: Language
  /** ISO 4217. */
  currency: string
  /** `YYYY-MM-DD HH:MM:SS`, in the company's time zone. */
  generatedAt: string
  /** The last day that the facts know. */
  dataTo?: string | null
  /** Applied to every text that may hold words of the data. */
  mask?: Mask
  /** Default `embed`; `link` has the faces fetched from the server's own /r/faces/. */
  fonts?: 'embed' | 'system' | 'link'
  /** Which edition it is, and what changed since the one before. */
  edition?: EditionHead
  /** What readers may do with the inputs: see them (by default), not even that, or change these. */
  inputs?: 'locked' | 'hidden' | { fields: readonly ReaderField[] }
  /** Default: one of its own, closed at the end. A server that makes many reports keeps one. */
  charts?: ChartDrawer
}

/** Width in pixels of the two drawings of a chart, and the class by which outputs.css shows one of them. */
const SIZES = [
  { width: 800, className: 'vb-svg vb-svg--wide' },
  { width: 340, className: 'vb-svg vb-svg--narrow' },
] as const

/** The page. Never fails for a cell's fault, nor for a chart that can't be drawn: both are said on the page. */
export async function renderReport(
  notebook: Notebook,
  run: RunResult,
  options: ReportOptions,
): Promise<string> {
  const language = options.language ?? notebook.language
  const outputs = maskedOutputs(run, options.mask ?? null)
  const drawings = await drawCharts([...outputs.values()].flat(), language, options)
  const facts: ReportFacts = {
    notebook,
    run,
    outputs,
    drawings,
    language,
    currency: options.currency,
    generatedAt: options.generatedAt,
    dataTo: options.dataTo ?? null,
    mask: options.mask ?? null,
    edition: options.edition ?? null,
    inputs: options.inputs ?? 'locked',
  }
  const body = withoutMarkers(await collectResult(render(drawReport(facts))))
  const linked = options.fonts === 'link'
  const style = await reportStyle(
    options.fonts === 'system'
      ? null
      : { text: body, speech: speechOf([...outputs.values()].flat()), code: /<code/.test(body) ? body : '' },
    linked,
  )
  return page(notebook, language, style, body, {
    fonts: linked ? "'self'" : 'data:',
    forms: typeof options.inputs === 'object' ? "'self'" : "'none'",
  })
}

function maskedOutputs(run: RunResult, mask: Mask | null): Map<string, Output[]> {
  return new Map(
    [...run.outcomes].flatMap(([id, outcome]) => {
      if (!('result' in outcome)) return []
      const { outputs } = outcome.result
      return [[id, mask ? outputs.map(output => maskOutput(output, mask)) : outputs] as const]
    }),
  )
}

async function drawCharts(
  outputs: readonly Output[],
  language: Language,
  { charts, currency }: ReportOptions,
): Promise<Drawings> {
  const specs = outputs.flatMap(output => (output.type === 'chart' ? [output.spec] : []))
  if (specs.length === 0) return new Map()
  const drawer = charts ?? createChartDrawer()
  try {
    const drawn = await Promise.all(
      specs.map(async spec => {
        const both = SIZES.map(size => drawer.draw(spec, size, language, currency))
        const drawing = await Promise.all(both).then(
          svgs => ({ svg: svgs.join('') }),
          (error: unknown) => ({ error: toErrorShape(error) }),
        )
        return [spec, drawing] as const
      }),
    )
    return new Map(drawn)
  } finally {
    if (!charts) await drawer.close()
  }
}

/** What is set in the quotes' face. */
function speechOf(outputs: readonly Output[]): string {
  return outputs
    .flatMap(output => (output.type === 'insight' ? output.claims : []))
    .flatMap(claim => [claim.text, ...claim.quotes.map(quote => `«“${quote.text}”»`)])
    .join(' ')
}

/**
 * Lit's comments serve the browser's taking over, which a file without scripts never does; data can't hold a comment.
 * The templates' own indentation goes too, except in code; no-break spaces are not indentation.
 */
function withoutMarkers(html: string): string {
  return html
    .replace(/<!--\/?lit-(?:part|node)[^>]*-->|<\?>/g, '')
    .split(/(<pre[\s>][\s\S]*?<\/pre>)/)
    .map((part, i) => (i % 2 === 1 ? part : part.replace(/[ \t\r\n]+/g, ' ').replace(/> </g, '>\n<')))
    .join('')
}

function page(
  notebook: Notebook,
  language: Language,
  style: string,
  body: string,
  from: { fonts: "'self'" | 'data:'; forms: "'self'" | "'none'" },
): string {
  const hash = createHash('sha256').update(style).digest('base64')
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; font-src ${from.fonts}; base-uri 'none'; form-action ${from.forms}`
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="generator" content="Verbatim">
<title>${escapeHtml(notebook.title)}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`
}
