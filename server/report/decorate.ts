/**
 * What a link adds to a page that is made already: a note above it, and files below it. Links lead to the page's own address
 * by their query alone, since a page knows no token.
 */
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { shares as en } from '../../web/text/en/shares.ts'
import { shares as ru } from '../../web/text/ru/shares.ts'
import { escapeHtml } from '../lib/escape-html.ts'
import type { Language } from '../lib/locale.ts'
import { chartsOf } from './files.ts'
import { type Packed, pack } from './publish.ts'
import type { Snapshot } from './snapshot.ts'

const texts = { en: en.page, ru: ru.page }

export interface Decoration {
  language: Language
  /** Said at the top, for all to see. */
  note?: string | null
  /** Files are offered: what they are made of. */
  files?: Snapshot | null
  /** The reader's own choice, as in the address, without `?`. */
  query?: string
}

/** The page with what its link adds. */
export function decorate(html: string, { language, note, files, query = '' }: Decoration): string {
  const above = note ? `<p class="vb-report__note" role="note">${escapeHtml(note)}</p>` : ''
  const below = files ? fileList(files, language, query) : ''
  return html
    .replace('<main class="vb-report">', whole => `${whole}${above}`)
    .replace('<footer class="vb-report__foot">', whole => `${below}${whole}`)
}

/** The same of a packed page; costs some tens of milliseconds. */
export async function decoratePacked(page: Packed, decoration: Decoration): Promise<Packed> {
  if (!decoration.note && !decoration.files) return page
  return pack(decorate((await promisify(gunzip)(page.gzip)).toString(), decoration))
}

/** Forms of a chart, by what they are called in any language. */
const CHART_FORMS = { png: 'PNG', svg: 'SVG', json: 'Vega-Lite' } as const

function fileList(snapshot: Snapshot, language: Language, query: string): string {
  const words = texts[language]
  const link = (file: string, text: string, label = '') => {
    const href = escapeHtml(`?${query ? `${query}&` : ''}file=${file}`)
    return `<a href="${href}" download${label ? ` aria-label="${escapeHtml(label)}"` : ''}>${text}</a>`
  }
  const whole = [
    link('report.pdf', 'PDF'),
    link('report.xlsx', 'Excel'),
    link('tables.zip', words.tables),
    link('report.md', 'Markdown'),
    link('report.html', words.web),
  ]
  const charts = chartsOf(snapshot).map(({ output }, i) => {
    const name = output.title || words.chart(i + 1)
    const forms = Object.entries(CHART_FORMS).map(([form, called]) =>
      link(`chart-${i + 1}.${form}`, called, `${name}: ${called}`),
    )
    return `<li>${escapeHtml(name)}: ${forms.join(', ')}</li>`
  })
  return `<nav class="vb-files" aria-label="${words.files}"><p>${words.files}: ${whole.join(', ')}</p>${
    charts.length > 0
      ? `<details><summary>${words.charts}</summary><ul>${charts.join('')}</ul></details>`
      : ''
  }</nav>`
}
