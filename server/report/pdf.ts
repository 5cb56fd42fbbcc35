/**
 * A report on paper: the page of html.ts behind a cover, on A4, with its title and page numbers in the margins. Breaks keep
 * charts, quotes, rows and tiles whole.
 */
import { escapeHtml } from '../lib/escape-html.ts'
import type { PagePrinter } from './browser.ts'
import { type ExportFacts, exportWords } from './export-facts.ts'

/** Prints a report's page (see html.ts; its faces must be in it). Throws UnavailableError. */
export async function renderPdf(
  page: string,
  facts: ExportFacts,
  printer: PagePrinter,
  signal?: AbortSignal,
): Promise<Buffer> {
  return printer.print(toPrintPage(page, facts), signal)
}

/** The page with a cover and the style of paper. */
export function toPrintPage(page: string, facts: ExportFacts): string {
  return page
    .replace(
      /(<meta http-equiv="Content-Security-Policy" content=")[^"]*"/,
      // Printed at once, without scripts and network; the hash knows nothing of the style that is added here.
      `$1default-src 'none'; style-src 'unsafe-inline'; font-src data:"`,
    )
    .replace('</head>', () => `<style>${printStyle(facts)}</style>\n</head>`)
    .replace('<body>', () => `<body>\n${drawCover(facts)}`)
}

function drawCover({ title, description, cover }: ExportFacts): string {
  const lines = cover.map(
    ([label, value]) => `<div><dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd></div>`,
  )
  return `<section class="cover">
<p class="cover__brand">Verbatim</p>
<h1>${escapeHtml(title)}</h1>
${description ? `<p class="cover__about">${escapeHtml(description)}</p>` : ''}
<dl>${lines.join('')}</dl>
</section>`
}

function printStyle({ title, language }: ExportFacts): string {
  const words = exportWords(language)
  return `
@page { size: A4; margin: 20mm 16mm 18mm; font-family: "Golos Text", sans-serif;
  @top-left { content: ${cssString(title)}; font-size: 8pt; color: #5d5f61; }
  @bottom-right { content: ${cssString(words.page)} " " counter(page) " ${words.of} " counter(pages); font-size: 8pt; color: #5d5f61; }
}
@page :first { @top-left { content: none; } @bottom-right { content: none; } }
html { font-size: 10.5pt; background: none; }
.cover { min-height: 235mm; display: flex; flex-direction: column; break-after: page; }
.cover__brand { margin: 0; color: var(--accent); font-weight: 650; }
.cover h1 { margin: 60mm 0 0; font-size: 30pt; font-weight: 650; line-height: 1.12; letter-spacing: -.01em; text-wrap: balance; }
.cover__about { max-width: 120mm; margin: 5mm 0 0; font-size: 13pt; color: var(--muted); }
.cover dl { margin: auto 0 0; padding-top: 4mm; border-top: 1px solid var(--line); }
.cover dl div { display: grid; grid-template-columns: 38mm 1fr; gap: 4mm; padding: 1.2mm 0; }
.cover dt { color: var(--muted); }
.cover dd { margin: 0; }
.vb-report__head { display: none; }
.vb-report { max-width: none; padding: 0; }
.vb-report .vb-table { max-width: 100%; }
.vb-figure, .vb-svg, .vb-quote, .vb-tile, .vb-failure, .vb-note, blockquote, pre { break-inside: avoid; }
thead { display: table-header-group; break-after: avoid; }
tr { break-inside: avoid; }
/* A short table stays whole, a long one takes three rows along. */
table:not(:has(tbody tr:nth-child(13))) { break-inside: avoid; }
tbody tr:nth-child(-n + 3) { break-before: avoid; }
/* Nothing scrolls on paper, and what is too wide would shrink all pages: many columns get small, words break if they must. */
.vb-table table { width: 100%; min-width: 0; }
.vb-table tbody th { min-width: 0; }
.vb-table td.vb-words { max-width: none; }
.vb-table:has(th:nth-child(8)) .vb-range { display: block; white-space: normal; }
.vb-table:has(th:nth-child(8)) :is(th, td) { padding-inline: 0 1.5mm; }
.vb-table:has(th:nth-child(8)) :is(tbody th, .vb-words) { overflow-wrap: anywhere; hyphens: auto; }
.vb-table:has(th:nth-child(8)) thead th { overflow-wrap: break-word; hyphens: auto; }
.vb-table:has(th:nth-child(8)) table { font-size: 8pt; }
.vb-table:has(th:nth-child(8)) thead th { font-size: .85em; }
.vb-table:has(th:nth-child(12)) table { font-size: 6.5pt; }
.vb-table:has(th:nth-child(12)) :is(th, td) { padding-inline: 0 1mm; }
.vb-table:has(th:nth-child(12)) .vb-short { white-space: normal; }
.vb-table:has(th:nth-child(15)) table { font-size: 5.6pt; }
.vb-table:has(th:nth-child(18)) table { font-size: 5pt; }
.vb-table:has(th:nth-child(18)) :is(th, td) { padding-inline: 0 .6mm; }
.vb-table:has(th:nth-child(22)) table { font-size: 4.2pt; }
.vb-table:has(th:nth-child(12)) .vb-small__word { padding-inline: .5mm; font-size: 1em; white-space: normal; }
.vb-block:has(> .vb-result > .vb-prose:only-child > :is(h2, h3)) { break-after: avoid; }
p, li { orphans: 3; widows: 3; }
.vb-report__head + .vb-block { margin-top: 0; }
`
}

/** A CSS string, which a title can neither end nor leave the style sheet by. */
function cssString(text: string): string {
  const escaped = text.replace(
    /[^\p{L}\p{N} .,:;–—()%-]/gu,
    char => `\\${char.codePointAt(0)!.toString(16)} `,
  )
  return `"${escaped}"`
}
