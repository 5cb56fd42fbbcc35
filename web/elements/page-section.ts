/** <vb-page-section .section>: the form of one section of a page. Fires `vb-save` with its draft, `vb-cancel`. */
import { html, type TemplateResult } from 'lit'
import type { SectionDraft } from '../api.ts'
import { careText } from '../text/care.ts'
import { define, WorkbenchElement } from './element.ts'

const KINDS = ['landing', 'faq', 'help'] as const

export class PageSectionForm extends WorkbenchElement {
  static override properties = { section: { attribute: false }, busy: { type: Boolean } }
  declare section: SectionDraft
  declare busy: boolean

  constructor() {
    super()
    this.busy = false
  }

  #save(event: SubmitEvent): void {
    event.preventDefault()
    const form = new FormData(event.target as HTMLFormElement)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const detail: SectionDraft = {
      url: text('url') || null,
      kind: text('kind'),
      heading: text('heading') || null,
      text: text('text'),
      publishedAt: text('publishedAt') || null,
    }
    this.dispatchEvent(new CustomEvent('vb-save', { detail }))
  }

  protected override firstUpdated(): void {
    this.querySelector<HTMLElement>('[name="heading"]')?.focus()
  }

  protected override render(): TemplateResult {
    const { pages: text } = careText(this.language)
    const { section } = this
    return html`<form class="page-form" @submit=${(event: SubmitEvent) => this.#save(event)}>
      <label><span>${text.heading}</span><input class="upload-field" name="heading" maxlength="500" .value=${section.heading ?? ''} /></label>
      <label><span>${text.text}</span><textarea class="upload-field" name="text" rows="6" required maxlength="100000" .value=${section.text}></textarea></label>
      <div class="page-form-row">
        <label
          ><span>${text.kind}</span>
          <select class="upload-field" name="kind">
            ${KINDS.map(kind => html`<option value=${kind} ?selected=${kind === section.kind}>${text.kinds[kind]}</option>`)}
          </select>
        </label>
        <label><span>${text.address}</span><input class="upload-field" name="url" type="url" maxlength="2000" .value=${section.url ?? ''} /></label>
        <label><span>${text.publishedAt}</span><input name="publishedAt" type="date" .value=${section.publishedAt ?? ''} /></label>
      </div>
      <p class="actions">
        <button class="button button-primary" ?disabled=${this.busy}>${text.save}</button>
        <button type="button" class="button" @click=${() => this.dispatchEvent(new CustomEvent('vb-cancel'))}>${text.cancel}</button>
      </p>
    </form>`
  }
}

define('vb-page-section', PageSectionForm)
