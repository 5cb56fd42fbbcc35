/** <vb-page-editor>: sections of landing pages and FAQ, page by page: add, change, order, remove, fetch from an address. */
import { html, nothing, type TemplateResult } from 'lit'
import { formatDay, type PageSection } from '../../server/api/contract.ts'
import { addPage, changePage, getPages, orderPages, removePage, type SectionDraft } from '../api.ts'
import { Loader } from '../state/loader.ts'
import { careText } from '../text/care.ts'
import { define, WorkbenchElement } from './element.ts'
import { icon } from './icon.ts'
import { emptyNote, errorNote, loadingNote } from './message.ts'
import './page-fetch.ts'
import './page-section.ts'

export class PageEditor extends WorkbenchElement {
  static override properties = { open: { state: true }, busy: { state: true }, failure: { state: true } }
  /** What is being made or changed: a section's id, `new`, `fetch`, or nothing. */
  declare open: string | null
  declare busy: boolean
  declare failure: unknown
  readonly pages = new Loader(this, getPages)

  constructor() {
    super()
    this.open = null
    this.busy = false
    this.failure = null
  }

  async #work(work: () => Promise<unknown>): Promise<void> {
    this.busy = true
    this.failure = null
    try {
      await work()
      this.open = null
      await this.pages.load()
    } catch (error) {
      this.failure = error
    }
    this.busy = false
  }

  protected override render(): TemplateResult {
    const { pages: text } = careText(this.language)
    const { value, failure } = this.pages
    if (failure !== null) return errorNote(failure, this.text, () => void this.pages.load())
    if (value === null) return loadingNote(this.text)
    return html`
      <p class="lead">${text.lead}</p>
      <p class="actions">
        <button type="button" class="button" aria-expanded=${this.open === 'new'} @click=${() => this.#toggle('new')}>
          ${icon('add')}${text.add}
        </button>
        <button type="button" class="button" aria-expanded=${this.open === 'fetch'} @click=${() => this.#toggle('fetch')}>
          ${icon('download')}${text.fetch}
        </button>
      </p>
      ${this.failure === null ? nothing : errorNote(this.failure, this.text)}
      ${this.open === 'new' ? this.#form(blank(value), draft => addPage(draft)) : nothing}
      ${this.open === 'fetch' ? html`<vb-page-fetch @vb-taken=${() => void this.pages.load()}></vb-page-fetch>` : nothing}
      ${value.length === 0 ? emptyNote(text.none, text.noneHint) : nothing}
      ${[...Map.groupBy(value, page => page.url ?? '')].map(([url, sections]) => this.#page(url, sections))}
    `
  }

  #toggle(what: string): void {
    this.failure = null
    this.open = this.open === what ? null : what
  }

  #form(section: SectionDraft, save: (draft: SectionDraft) => Promise<unknown>): TemplateResult {
    return html`<vb-page-section
      .section=${section}
      ?busy=${this.busy}
      @vb-save=${(event: CustomEvent<SectionDraft>) => void this.#work(() => save(event.detail))}
      @vb-cancel=${() => this.#toggle(this.open!)}
    ></vb-page-section>`
  }

  #page(url: string, sections: readonly PageSection[]): TemplateResult {
    const { pages: text } = careText(this.language)
    return html`<section class="page-sections">
      <h2>${url === '' ? text.noAddress : url}</h2>
      <ol>
        ${sections.map((section, i) => html`<li>${this.open === section.id ? this.#form(section, draft => changePage(section.id, draft)) : this.#section(section, i, sections)}</li>`)}
      </ol>
    </section>`
  }

  #section(section: PageSection, at: number, all: readonly PageSection[]): TemplateResult {
    const { pages: text } = careText(this.language)
    const tool = (name: 'up' | 'down' | 'edit' | 'bin', words: string, work: () => void, off = false) =>
      html`<button type="button" class="button-icon" title=${words} aria-label="${words}: ${section.heading ?? text.noHeading}" ?disabled=${off || this.busy} @click=${work}>${icon(name)}</button>`
    const move = (by: number) => {
      const ids = all.map(({ id }) => id)
      ids.splice(at + by, 0, ...ids.splice(at, 1))
      void this.#work(() => orderPages(ids))
    }
    const kind = text.kinds[section.kind as keyof typeof text.kinds] ?? section.kind
    return html`<article class="page-section">
      <div>
        <h3>${section.heading ?? text.noHeading}</h3>
        <p class="page-text">${section.text}</p>
        <p class="hint">
          ${kind}${section.publishedAt === null ? nothing : html` · ${text.publishedAt.toLowerCase()} ${formatDay(section.publishedAt, this.language)}`}
        </p>
      </div>
      <div class="page-tools">
        ${tool('up', text.up, () => move(-1), at === 0)}
        ${tool('down', text.down, () => move(1), at === all.length - 1)}
        ${tool('edit', text.edit, () => this.#toggle(section.id))}
        ${tool('bin', text.remove, () => {
          if (confirm(text.removeSure)) void this.#work(() => removePage(section.id))
        })}
      </div>
    </article>`
  }
}

/** A new section stands beside those that are there most. */
function blank(pages: readonly PageSection[]): SectionDraft {
  const last = pages.at(-1)
  const today = new Date().toISOString().slice(0, 10)
  return { url: last?.url ?? null, kind: last?.kind ?? 'faq', heading: null, text: '', publishedAt: today }
}

define('vb-page-editor', PageEditor)
