/**
 * <vb-catalogue-page section>: questions, values and objections as one table, a theme's panel beside it, the log of edits.
 * What is looked at is kept in the address, an open quote behind its hash, so both can be sent on.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import {
  type CatalogueCoverage,
  type EditMade,
  formatNumber,
  type ThemeEdit,
  type ThemeTable,
} from '../../server/api/contract.ts'
import { getCoverage, getThemeTable, makeThemeEdit, undoThemeEdit } from '../api.ts'
import {
  type CatalogueView,
  changeView,
  type Kind,
  kinds,
  readView,
  tableQuery,
  viewPath,
} from '../state/catalogue.ts'
import { Loader } from '../state/loader.ts'
import { openBeside } from '../state/open-beside.ts'
import { type CataloguePart, interceptLinks, matchRoute, navigate } from '../state/router.ts'
import { coverageLine } from './catalogue-coverage.ts'
import './catalogue-filters.ts'
import './catalogue-log.ts'
import './catalogue-proposals.ts'
import { themePager, themeTable } from './catalogue-table.ts'
import './catalogue-toast.ts'
import type { ToastMessage } from './catalogue-toast.ts'
import './conversation-panel.ts'
import { define, WorkbenchElement } from './element.ts'
import { errorNote, loadingNote } from './message.ts'
import './persona-list.ts'
import './theme-panel.ts'

export class CataloguePage extends WorkbenchElement {
  static override properties = {
    section: { attribute: false },
    view: { state: true },
    quote: { state: true },
    message: { state: true },
    revision: { state: true },
  }
  declare section: CataloguePart
  declare view: CatalogueView
  /** Address of the open quote's conversation. */
  declare quote: URL | null
  declare message: ToastMessage | null
  /** Rises with every edit, so that what shows themes asks anew. */
  declare revision: number
  readonly table = new Loader<ThemeTable>(this, signal => getThemeTable(tableQuery(this.view), signal))
  readonly coverage = new Loader<CatalogueCoverage>(this, getCoverage)
  #stops: (() => void)[] = []

  constructor() {
    super()
    this.section = 'themes'
    this.view = readView(new URLSearchParams(location.search))
    this.quote = quoteOfHash()
    this.message = null
    this.revision = 0
  }

  override connectedCallback(): void {
    super.connectedCallback()
    const onMove = () => this.#readAddress()
    addEventListener('popstate', onMove)
    this.#stops = [
      () => removeEventListener('popstate', onMove),
      interceptLinks(url => openBeside(url, { instead: this.quote !== null })),
    ]
  }

  override disconnectedCallback(): void {
    for (const stop of this.#stops) stop()
    super.disconnectedCallback()
  }

  #readAddress(): void {
    if (matchRoute(location.pathname).page !== 'catalogue') return
    this.quote = quoteOfHash()
    const before = tableQuery(this.view).toString()
    this.view = readView(new URLSearchParams(location.search))
    if (tableQuery(this.view).toString() !== before) void this.table.load()
  }

  /** A new theme is a step that Back takes back; a filter is not. */
  #show(change: Partial<CatalogueView>): void {
    const opens = change.theme !== undefined && change.theme !== null && this.view.theme === null
    navigate(viewPath(changeView(this.view, change)), { replace: !opens && change.kind === undefined })
  }

  async #edit(edit: ThemeEdit): Promise<void> {
    let made: EditMade
    try {
      made = await makeThemeEdit(edit)
    } catch (failure) {
      this.message = { failure }
      return
    }
    const { done } = this.text.catalogue.toast
    const what = edit.action === 'hide' && !edit.hidden ? 'show' : edit.action
    this.message = { words: done[what], undo: made.id }
    if (made.theme !== null) this.#show({ from: this.view.from, theme: made.theme })
    this.#refresh()
  }

  async #undo(id: number): Promise<void> {
    try {
      await undoThemeEdit(id)
      this.message = { words: this.text.catalogue.toast.undone }
    } catch (failure) {
      this.message = { failure }
    }
    this.#refresh()
  }

  #refresh(): void {
    this.revision += 1
    void this.table.load()
    void this.coverage.load()
  }

  #closeTheme(): void {
    const { theme } = this.view
    this.#show({ from: this.view.from, theme: null })
    void this.updateComplete.then(() =>
      this.querySelector<HTMLElement>(`[data-theme="${theme}"], [data-waiting]`)?.focus(),
    )
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('section') && changed.get('section') !== undefined) this.#refresh()
  }

  protected override render(): TemplateResult {
    const { view } = this
    const open = this.section === 'themes' && view.theme !== null
    return html`
      <div class="page catalogue ${open ? 'catalogue-open' : ''}">
        ${this.#part()}
      </div>
      ${
        open
          ? html`<vb-theme-panel
              .themeId=${view.theme === 'waiting' ? `waiting-${view.kind}` : view.theme}
              .of=${this.coverage.value?.clients ?? 0}
              .revision=${this.revision}
              @vb-edit=${(event: CustomEvent<ThemeEdit>) => void this.#edit(event.detail)}
              @vb-open=${(event: CustomEvent<string>) => this.#show({ from: view.from, theme: event.detail })}
              @vb-changed=${() => this.#refresh()}
              @vb-close=${() => this.#closeTheme()}
            ></vb-theme-panel>`
          : nothing
      }
      ${
        this.quote === null
          ? nothing
          : html`<vb-conversation-panel
              .address=${this.quote}
              @vb-close=${() => navigate(`${location.pathname}${location.search}`)}
            ></vb-conversation-panel>`
      }
      <vb-catalogue-toast
        .message=${this.message}
        @vb-undo=${(event: CustomEvent<number>) => void this.#undo(event.detail)}
        @vb-close=${() => {
          this.message = null
        }}
      ></vb-catalogue-toast>
    `
  }

  /** How many themes a kind has. */
  #number(kind: Kind): unknown {
    const own = this.coverage.value?.kinds.find(candidate => candidate.kind === kind)
    return html`<span class="tab-number">${own ? formatNumber(own.themes, this.language) : nothing}</span>`
  }

  #part(): TemplateResult {
    switch (this.section) {
      case 'log':
        return this.#log()
      case 'proposals':
        return this.#proposals()
      case 'personas':
        return this.#personas()
      case 'themes':
        return this.#themes()
    }
  }

  #personas(): TemplateResult {
    const text = this.text.catalogue
    return html`
      <header class="page-head">
        <p class="catalogue-back"><a href="/catalogue">${text.toCatalogue}</a></p>
        <h1>${text.personas.title}</h1>
        <p class="hint">${text.personas.lead}</p>
      </header>
      <vb-persona-list></vb-persona-list>
    `
  }

  #log(): TemplateResult {
    const text = this.text.catalogue
    return html`
      <header class="page-head">
        <p class="catalogue-back"><a href="/catalogue">${text.toCatalogue}</a></p>
        <h1>${text.edits.title}</h1>
        <p class="hint">${text.edits.lead}</p>
      </header>
      <vb-catalogue-log
        .revision=${this.revision}
        @vb-undo=${(event: CustomEvent<number>) => void this.#undo(event.detail)}
      ></vb-catalogue-log>
    `
  }

  #proposals(): TemplateResult {
    const text = this.text.catalogue
    return html`
      <header class="page-head">
        <p class="catalogue-back"><a href="/catalogue">${text.toCatalogue}</a></p>
        <h1>${text.proposals.title}</h1>
        <p class="hint">${text.proposals.lead}</p>
      </header>
      <vb-catalogue-proposals
        .kind=${this.view.kind}
        .revision=${this.revision}
        @vb-taken=${(event: CustomEvent<number>) => {
          this.message = { words: text.proposals.accepted, undo: event.detail }
          this.#refresh()
        }}
        @vb-failed=${(event: CustomEvent<unknown>) => {
          this.message = { failure: event.detail }
        }}
      ></vb-catalogue-proposals>
    `
  }

  #themes(): TemplateResult {
    const { view } = this
    const text = this.text.catalogue
    const { value: table, failure } = this.table
    const own = this.coverage.value?.kinds.find(({ kind }) => kind === view.kind)
    return html`
      <header class="page-head catalogue-head">
        <h1>${text.title}</h1>
        <p class="actions">
          <a href="/catalogue/personas">${text.personas.title}</a>
          <a href="/catalogue/proposals">${text.proposals.link}</a>
          <a href="/catalogue/log">${text.log}</a>
        </p>
      </header>
      <nav class="tabs catalogue-tabs" aria-label=${text.parts}>
        ${kinds.map(
          kind => html`<a
            href=${viewPath(changeView(view, { kind }))}
            aria-current=${kind === view.kind ? 'page' : nothing}
            
            >${text.kinds[kind]} ${this.#number(kind)}</a
          >`,
        )}
      </nav>
      ${coverageLine(own, view, this.language, this.text)}
      <vb-catalogue-filters
        .view=${view}
        .total=${table?.total ?? null}
        .of=${own ? (view.hidden ? own.hidden : own.themes) : null}
        @vb-change=${(event: CustomEvent<Partial<CatalogueView>>) => this.#show({ theme: view.theme, ...event.detail })}
      ></vb-catalogue-filters>
      ${
        failure !== null
          ? errorNote(failure, this.text, () => void this.table.load())
          : table === null || this.coverage.value === null
            ? loadingNote(this.text)
            : html`${themeTable({ table, view, of: this.coverage.value.clients, own, language: this.language, text: this.text })}
              ${themePager(table, view, this.text)}`
      }
    `
  }
}

/** `#/conversations/…` -> that address. */
function quoteOfHash(): URL | null {
  if (!location.hash.startsWith('#/conversations/')) return null
  return new URL(location.hash.slice(1), location.origin)
}

define('vb-catalogue-page', CataloguePage)
