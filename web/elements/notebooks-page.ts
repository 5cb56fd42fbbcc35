/** <vb-notebooks-page>: all reports, the interface's language first; the way in when nothing has been loaded. */
import { html, nothing, type TemplateResult } from 'lit'
import { formatDay, type NotebookSummary, type Status } from '../../server/api/contract.ts'
import { getNotebooks, getStatus } from '../api.ts'
import { define, WorkbenchElement } from './element.ts'
import { emptyNote, errorNote, loadingNote } from './message.ts'
import { welcome } from './welcome.ts'

export class NotebooksPage extends WorkbenchElement {
  static override properties = {
    notebooks: { state: true },
    status: { state: true },
    failure: { state: true },
  }
  declare notebooks: NotebookSummary[] | null
  declare status: Status | null
  declare failure: unknown

  constructor() {
    super()
    this.notebooks = null
    this.status = null
    this.failure = null
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
  }

  async #load(): Promise<void> {
    this.failure = null
    try {
      ;[this.notebooks, this.status] = await Promise.all([getNotebooks(), getStatus()])
    } catch (error) {
      this.failure = error
    }
  }

  protected override render(): TemplateResult {
    const text = this.text.notebooks
    return html`<div class="page">
      <header class="page-head">
        <h1>${text.title}</h1>
        <p class="lead">${text.lead}</p>
      </header>
      ${this.#body()}
    </div>`
  }

  #body(): unknown {
    const text = this.text.notebooks
    if (this.failure !== null) return errorNote(this.failure, this.text, () => void this.#load())
    if (this.notebooks === null || this.status === null) return loadingNote(this.text)
    const own = this.notebooks.filter(notebook => notebook.language === this.language)
    const others = this.notebooks.filter(notebook => notebook.language !== this.language)
    return html`
      ${this.status.empty ? welcome(this.text) : this.#freshness(this.status)}
      ${this.notebooks.length === 0 ? emptyNote(text.none, text.noneHint) : nothing}
      ${own.length > 0 ? this.#list(text.own, own, others.length === 0 && !this.status.empty) : nothing}
      ${others.length > 0 ? this.#list(text.others, others, false) : nothing}
    `
  }

  /** «Данные по 12 мар 2026 · 2 013 клиентов · …», and what has not been read yet. */
  #freshness(status: Status): TemplateResult {
    const text = this.text.notebooks
    const rows = (table: string) => status.tables.find(({ name }) => name === table)?.rows ?? 0
    const counts = (['clients', 'deals', 'conversations'] as const)
      .filter(table => rows(table) > 0)
      .map(table => text[table](rows(table)))
    const facts = [...(status.today ? [text.today(formatDay(status.today, this.language))] : []), ...counts]
    return html`<p class="facts">
      ${facts.join(' · ')}
      ${status.mining.unread > 0 ? html`· <a href="/data">${text.unread(status.mining.unread)}</a>` : nothing}
    </p>`
  }

  #list(title: string, notebooks: readonly NotebookSummary[], alone: boolean): TemplateResult {
    const text = this.text.notebooks
    return html`<section class="reports" aria-label=${title}>
      <h2 class=${alone ? 'visually-hidden' : 'section-title'}>${title}</h2>
      <ul>
        ${notebooks.map(
          notebook => html`<li class="report" lang=${notebook.language}>
            <h3><a href="/notebooks/${encodeURIComponent(notebook.id)}">${notebook.title}</a></h3>
            ${notebook.description ? html`<p>${notebook.description}</p>` : nothing}
            ${notebook.bundled ? nothing : html`<p class="hint" lang=${this.language}>${text.changed}</p>`}
          </li>`,
        )}
      </ul>
    </section>`
  }
}

define('vb-notebooks-page', NotebooksPage)
