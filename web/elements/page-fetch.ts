/** <vb-page-fetch>: a page taken from its address: first its sections are shown, then they are kept. Fires `vb-taken`. */
import { html, nothing, type TemplateResult } from 'lit'
import type { FetchedPage } from '../../server/api/contract.ts'
import { fetchPage } from '../api.ts'
import { careText } from '../text/care.ts'
import { define, WorkbenchElement } from './element.ts'
import { errorNote } from './message.ts'

const KINDS = ['landing', 'faq', 'help'] as const

export class PageFetch extends WorkbenchElement {
  static override properties = { found: { state: true }, busy: { state: true }, failure: { state: true } }
  declare found: FetchedPage | null
  declare busy: boolean
  declare failure: unknown

  constructor() {
    super()
    this.found = null
    this.busy = false
    this.failure = null
  }

  async #fetch(take: boolean): Promise<void> {
    const form = new FormData(this.querySelector('form')!)
    this.busy = true
    this.failure = null
    try {
      this.found = await fetchPage({ url: String(form.get('url')), kind: String(form.get('kind')), take })
      if (take) this.dispatchEvent(new CustomEvent('vb-taken', { detail: this.found }))
    } catch (error) {
      this.failure = error
      this.found = null
    }
    this.busy = false
  }

  protected override render(): TemplateResult {
    const { pages: text } = careText(this.language)
    const { found } = this
    return html`<div class="page-form">
      <form
        class="page-form-row"
        @submit=${(event: SubmitEvent) => {
          event.preventDefault()
          void this.#fetch(false)
        }}
        @input=${() => {
          this.found = null
        }}
      >
        <label class="page-address"><span>${text.address}</span><input class="upload-field" name="url" type="url" required maxlength="2000" placeholder="https://" aria-describedby="page-fetch-hint" /></label>
        <label
          ><span>${text.kind}</span>
          <select class="upload-field" name="kind">
            ${KINDS.map(kind => html`<option value=${kind}>${text.kinds[kind]}</option>`)}
          </select>
        </label>
        <button class="button" ?disabled=${this.busy}>${this.busy && !found ? `${text.finding}…` : text.find}</button>
      </form>
      <p class="hint" id="page-fetch-hint">${text.addressHint}</p>
      ${this.failure === null ? nothing : errorNote(this.failure, this.text)}
      ${found === null ? nothing : this.#sections(found)}
    </div>`
  }

  #sections({ sections, taken }: FetchedPage): TemplateResult {
    const { pages: text } = careText(this.language)
    if (taken) return html`<p role="status">${text.kept(taken.added, taken.changed)}</p>`
    return html`<p role="status"><b>${text.found(sections.length)}</b></p>
      <ul class="page-found">
        ${sections.map(({ heading, text: words }) => html`<li><b>${heading ?? text.noHeading}</b> <span class="hint">${words.slice(0, 160)}</span></li>`)}
      </ul>
      <p class="actions">
        <button type="button" class="button button-primary" ?disabled=${this.busy} @click=${() => void this.#fetch(true)}>${text.take}</button>
      </p>`
  }
}

define('vb-page-fetch', PageFetch)
