/** The table of themes. Rows are links to themselves: arrow keys go from one to the next, Enter opens the panel. */
import { html, nothing, type TemplateResult } from 'lit'
import {
  type CatalogueCoverage,
  formatDay,
  formatNumber,
  formatPercent,
  type Language,
  type TableTheme,
  type ThemeTable,
} from '../../server/api/contract.ts'
import { renderSparkline } from '../outputs/sparkline.ts'
import { wordsOf } from '../outputs/words.ts'
import { type CatalogueView, isFiltered, PAGE, type Sort, viewPath } from '../state/catalogue.ts'
import { navigate } from '../state/router.ts'
import type { AppText } from '../text/text.ts'
import { emptyNote } from './message.ts'

/** Fewer clients than this behind a theme say little. */
export const LEAST_CLIENTS = 3

export interface TableParts {
  table: ThemeTable
  view: CatalogueView
  /** Clients that shares are of. */
  of: number
  own: CatalogueCoverage['kinds'][number] | undefined
  language: Language
  text: AppText
}

export function themeTable(parts: TableParts): TemplateResult {
  const { table, view, own, text } = parts
  const words = text.catalogue
  if (table.themes.length === 0) return emptyTable(view, own, text)
  const column = (sort: Sort, name: string, kind = 'num') => {
    const here = view.sort === sort
    const falls = (sort !== 'label') !== view.reverse
    const to = viewPath({ ...view, sort, reverse: here && !view.reverse, from: 0 })
    return html`<th
      scope="col"
      class="${kind} col-${sort}"
      aria-sort=${here ? (falls ? 'descending' : 'ascending') : nothing}
    >
      <a href=${to} title=${words.sorted(words.orders[sort])}
        >${name}${here ? html`<span aria-hidden="true">${falls ? ' ↓' : ' ↑'}</span>` : nothing}</a
      >
    </th>`
  }
  return html`<table class="table themes vb-kind--${view.kind}" aria-label=${words.kinds[view.kind]} @keydown=${walkRows}>
    <thead>
      <tr>
        ${column('label', words.theme, '')} ${column('clients', words.clients)}
        ${column('growth', words.trend, '')} ${column('won', words.won)} ${column('lost', words.lost)}
        ${column('last', words.last)}
        <th scope="col" class="col-topic">${words.topic}</th>
        <th scope="col" class="col-status">${words.status}</th>
        ${view.kind === 'question' ? html`<th scope="col" class="col-faq">${words.faq}</th>` : nothing}
      </tr>
    </thead>
    <tbody>
      ${table.themes.map(theme => themeRow(theme, parts))}
    </tbody>
  </table>`
}

function themeRow(theme: TableTheme, { view, of, language, text }: TableParts): TemplateResult {
  const words = text.catalogue
  const number = (n: number) => formatNumber(n, language)
  const chosen = theme.theme_id === view.theme
  const href = viewPath({ ...view, theme: theme.theme_id })
  const topic = wordsOf(language).topics[theme.topic] ?? theme.topic
  const status = statusWords(theme.status, text)
  const faq = faqWords(theme.faq, text)
  const weak = theme.clients < LEAST_CLIENTS
  // What stands below the label where there is no room for columns; what is the same everywhere is left out.
  const about = [
    topic,
    ...(theme.status === 'new' ? [] : [status]),
    ...(view.kind === 'question' && theme.faq !== null ? [faq] : []),
  ]
  return html`<tr
    class="${chosen ? 'is-chosen' : ''} ${weak ? 'is-weak' : ''}"
    @click=${(event: MouseEvent) => {
      if (!(event.target as Element).closest('a')) navigate(href, { replace: view.theme !== null })
    }}
  >
    <th scope="row" class="col-label">
      <a
        href=${href}
        class=${theme.label === theme.machine_label ? 'theme-label speech' : 'theme-label'}
        data-theme=${theme.theme_id}
        aria-current=${chosen ? 'true' : nothing}
        >${theme.label}</a
      >
      <span class="theme-about">${about.join(' · ')}</span>
    </th>
    <td class="num col-clients">
      ${number(theme.clients)}
      <span class="theme-share">${of > 0 ? formatPercent(theme.clients / of, language) : nothing}</span>
      ${weak ? html`<span class="theme-weak">${words.fewData}</span>` : nothing}
    </td>
    <td class="col-growth">${renderSparkline(theme.trend, language)}</td>
    <td class="num col-won">${number(theme.won)}</td>
    <td class="num col-lost">${number(theme.lost)}</td>
    <td class="num col-last">${theme.last_day === null ? nothing : formatDay(theme.last_day, language)}</td>
    <td class="col-topic">${topic}</td>
    <td class="col-status"><span class="state state-${theme.status}">${status}</span></td>
    ${
      view.kind === 'question'
        ? html`<td class="col-faq"><span class="state state-${theme.faq ?? 'none'}">${faq}</span></td>`
        : nothing
    }
  </tr>`
}

export function statusWords(status: string, { catalogue }: AppText): string {
  return (catalogue.statuses as Record<string, string>)[status] ?? status
}

export function faqWords(faq: string | null, { catalogue }: AppText): string {
  return (catalogue.faqStates as Record<string, string>)[faq ?? 'none'] ?? catalogue.faqStates.none
}

/** Up and down between rows, Home and End to the first and last. */
function walkRows(event: KeyboardEvent): void {
  const links = [...(event.currentTarget as Element).querySelectorAll<HTMLElement>('.theme-label')]
  const at = links.indexOf(event.target as HTMLElement)
  if (at === -1 || event.altKey || event.ctrlKey || event.metaKey) return
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key]
  if (to === undefined) return
  event.preventDefault()
  links[to]?.focus()
}

/** Why there is nothing, and what to do. */
function emptyTable(
  view: CatalogueView,
  own: TableParts['own'],
  { catalogue: words }: AppText,
): TemplateResult {
  if (view.hidden && own?.hidden === 0) return emptyNote(words.noneHidden, words.noneHiddenHint)
  if (isFiltered(view) || view.from > 0)
    return emptyNote(
      words.none,
      words.noneHint,
      html`<a class="button" href=${viewPath({ ...view, topic: null, status: null, faq: null, search: '', hidden: false, from: 0 })}>${words.reset}</a>`,
    )
  return emptyNote(
    words.noneYet[view.kind],
    words.noneYetHint,
    html`<a class="button button-primary" href="/data">${words.load}</a>`,
  )
}

export function themePager(
  { total }: ThemeTable,
  view: CatalogueView,
  { catalogue: words }: AppText,
): unknown {
  if (total <= PAGE) return nothing
  const to = (from: number) => viewPath({ ...view, from })
  return html`<nav class="pager" aria-label=${words.pages}>
    ${view.from > 0 ? html`<a class="button" href=${to(Math.max(0, view.from - PAGE))}>${words.previous}</a>` : nothing}
    <span class="hint">${words.page(Math.min(view.from + 1, total), Math.min(view.from + PAGE, total), total)}</span>
    ${view.from + PAGE < total ? html`<a class="button" href=${to(view.from + PAGE)}>${words.next}</a>` : nothing}
  </nav>`
}
