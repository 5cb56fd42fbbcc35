/**
 * <vb-catalogue-proposals kind>: what grouping everything afresh would merge and split, each with its words, to be taken one
 * by one. Fires `vb-taken` with the edit's id, and `vb-failed` with an error.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import type { ThemeProposal } from '../../server/api/contract.ts'
import { acceptProposals, findProposals, getProposals } from '../api.ts'
import { wordsOf } from '../outputs/words.ts'
import { type Kind, kinds } from '../state/catalogue.ts'
import { Loader } from '../state/loader.ts'
import { define, WorkbenchElement } from './element.ts'
import './job-list.ts'
import { emptyNote, errorNote, loadingNote } from './message.ts'

export class CatalogueProposals extends WorkbenchElement {
  static override properties = { kind: { attribute: false }, revision: { attribute: false } }
  declare kind: Kind
  declare revision: number
  readonly proposals = new Loader<ThemeProposal[]>(this, signal => getProposals(this.kind, signal))

  constructor() {
    super()
    this.kind = 'question'
    this.revision = 0
  }

  protected override updated(changed: PropertyValues): void {
    const again = ['kind', 'revision'].some(name => changed.has(name) && changed.get(name) !== undefined)
    if (again) void this.proposals.load()
  }

  #fire<T>(name: string, detail: T): void {
    this.dispatchEvent(new CustomEvent(name, { detail }))
  }

  async #find(): Promise<void> {
    await findProposals(this.kind).catch(error => this.#fire('vb-failed', error))
  }

  async #accept(id: string): Promise<void> {
    try {
      const { edits } = await acceptProposals(this.kind, [id])
      this.#fire('vb-taken', edits[0])
    } catch (error) {
      this.#fire('vb-failed', error)
    }
  }

  protected override render(): TemplateResult {
    const { proposals: text, parts, kinds: names } = this.text.catalogue
    return html`
      <nav class="tabs catalogue-tabs" aria-label=${parts}>
        ${kinds.map(
          kind => html`<a
            href="/catalogue/proposals${kind === 'question' ? '' : `?kind=${kind}`}"
            aria-current=${kind === this.kind ? 'page' : nothing}
            >${names[kind]}</a
          >`,
        )}
      </nav>
      <p class="actions">
        <button type="button" class="button" @click=${() => void this.#find()}>${text.find}</button>
        <span class="hint" role="status">
          ${this.proposals.value?.length ? text.found(this.proposals.value.length) : nothing}
        </span>
      </p>
      <vb-job-list @vb-job-ended=${() => void this.proposals.load()}></vb-job-list>
      ${this.#list()}
    `
  }

  #list(): TemplateResult {
    const { value, failure } = this.proposals
    const { proposals: text } = this.text.catalogue
    if (failure !== null) return errorNote(failure, this.text, () => void this.proposals.load())
    if (value === null) return loadingNote(this.text)
    if (value.length === 0) return emptyNote(text.none, text.noneHint)
    return html`<ol class="proposals vb-kind--${this.kind}">
      ${value.map(proposal => this.#proposal(proposal))}
    </ol>`
  }

  #proposal({ id, action, parts }: ThemeProposal): TemplateResult {
    const { proposals: text } = this.text.catalogue
    const { quote } = wordsOf(this.language)
    const quoted = (words: string) => `${quote.open}${words.trim()}${quote.close}`
    const what = action === 'merge' ? text.acceptMerge : text.acceptSplit
    const becomes = [text.stays, text.leaves]
    return html`<li class="proposal">
      <h2>${action === 'merge' ? text.merge : text.split}</h2>
      <div class="proposal-parts">
        ${parts.map(
          ({ label, clients, quotes }, i) => html`<div class="proposal-part">
            <p class="speech">${label}</p>
            <p class="hint">${text.clients(clients)}${action === 'split' ? ` · ${becomes[i]}` : nothing}</p>
            <ul>
              ${quotes.map(words => html`<li class="speech">${quoted(words)}</li>`)}
            </ul>
          </div>`,
        )}
      </div>
      <button
        type="button"
        class="button"
        aria-label=${`${what}: ${parts.map(part => quoted(part.label)).join(', ')}`}
        @click=${() => void this.#accept(id)}
      >
        ${what}
      </button>
    </li>`
  }
}

define('vb-catalogue-proposals', CatalogueProposals)
