/** <vb-notebooks-page>: all reports, the interface's language first; the way in when nothing has been loaded. */
import { html, nothing, type TemplateResult } from 'lit'
import {
  type BinnedNotebook,
  formatDay,
  type NotebookSummary,
  type Status,
} from '../../server/api/contract.ts'
import { getNotebooks, getStatus } from '../api.ts'
import { getBin, takeFromBin } from '../api-editing.ts'
import { define, WorkbenchElement } from './element.ts'
import { icon } from './icon.ts'
import { emptyNote, errorNote, loadingNote } from './message.ts'
import './new-notebook.ts'
import './new-notebook-tools.ts'
import { welcome } from './welcome.ts'

export class NotebooksPage extends WorkbenchElement {
  static override properties = {
    notebooks: { state: true },
    status: { state: true },
    failure: { state: true },
    bin: { state: true },
    copying: { state: true },
    removed: { state: true },
  }
  declare notebooks: NotebookSummary[] | null
  declare status: Status | null
  declare failure: unknown
  declare bin: readonly BinnedNotebook[]
  /** The new notebook's dialog is open: with the id that is copied, or an empty one; null while it is closed. */
  declare copying: string | null
  /** What was deleted just now. */
  declare removed: { entry: string; title: string } | null

  constructor() {
    super()
    this.notebooks = null
    this.status = null
    this.failure = null
    this.bin = []
    this.copying = null
    this.removed = null
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
  }

  async #load(): Promise<void> {
    this.failure = null
    try {
      ;[this.notebooks, this.status, this.bin] = await Promise.all([getNotebooks(), getStatus(), getBin()])
    } catch (error) {
      this.failure = error
    }
  }

  async #takeBack(entry: string): Promise<void> {
    try {
      await takeFromBin(entry)
      this.removed = null
      await this.#load()
    } catch (error) {
      this.failure = error
    }
  }

  protected override render(): TemplateResult {
    const text = this.text.notebooks
    const words = this.text.editing.manage
    return html`<div class="page">
      <header class="page-head notebook-head">
        <div>
          <h1>${text.title}</h1>
          <p class="lead">${text.lead}</p>
        </div>
        <div class="head-tools">
          <button
            type="button"
            class="button"
            @click=${() => {
              this.copying = ''
            }}
          >
            ${icon('add')}${words.create}
          </button>
        </div>
      </header>
      ${
        this.removed === null
          ? nothing
          : html`<p class="facts" role="status">
              ${words.removed(this.removed.title)}
              <button
                type="button"
                class="button-link"
                @click=${() => void this.#takeBack(this.removed!.entry)}
              >
                ${words.undo}
              </button>
            </p>`
      }
      ${this.#body()} ${this.bin.length > 0 ? this.#bin() : nothing}
      ${
        this.copying === null
          ? nothing
          : html`<vb-new-notebook
              .notebooks=${this.notebooks ?? []}
              .from=${this.copying}
              @vb-close=${() => {
                this.copying = null
              }}
            ></vb-new-notebook>`
      }
    </div>`
  }

  #bin(): TemplateResult {
    const words = this.text.editing.manage
    return html`<details class="bin">
      <summary>${words.bin} (${this.bin.length})</summary>
      <p>${words.binLead}</p>
      <ul>
        ${this.bin.map(
          ({ entry, id, deletedAt }) => html`<li>
            <span>${id}, ${words.deletedAt(formatDay(deletedAt.slice(0, 10), this.language))}</span>
            <button
              type="button"
              class="button-link"
              aria-label=${`${words.restore}: ${id}`}
              @click=${() => void this.#takeBack(entry)}
            >
              ${words.restore}
            </button>
          </li>`,
        )}
      </ul>
    </details>`
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
            <vb-notebook-tools
              lang=${this.language}
              .notebook=${notebook}
              @vb-copy=${() => {
                this.copying = notebook.id
              }}
              @vb-changed=${() => void this.#load()}
              @vb-removed=${(event: CustomEvent<{ entry: string; title: string }>) => {
                this.removed = event.detail
                void this.#load()
              }}
            ></vb-notebook-tools>
          </li>`,
        )}
      </ul>
    </section>`
  }
}

define('vb-notebooks-page', NotebooksPage)
