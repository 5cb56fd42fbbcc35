/** <vb-data-page section>: what is loaded and how to load more. Its parts have addresses of their own. */
import { html, nothing, type TemplateResult } from 'lit'
import type { DataPart } from '../state/router.ts'
import { careText } from '../text/care.ts'
import './data-overview.ts'
import { define, WorkbenchElement } from './element.ts'
import './erase-client.ts'
import './import-list.ts'
import './page-editor.ts'
import './reject-list.ts'
import './schema-browser.ts'

const parts: readonly DataPart[] = ['overview', 'imports', 'rejects', 'pages', 'schema', 'erase']

export class DataPage extends WorkbenchElement {
  static override properties = { section: {} }
  declare section: DataPart

  constructor() {
    super()
    this.section = 'overview'
  }

  protected override updated(): void {
    // On a narrow screen the tabs scroll sideways: the chosen one is in sight.
    this.querySelector('.tabs [aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }

  protected override render(): TemplateResult {
    const { data: text } = this.text
    const care = careText(this.language)
    return html`<div class="page">
      <header class="page-head"><h1>${text.title}</h1></header>
      <nav class="tabs" aria-label=${text.parts}>
        ${parts.map(
          part => html`<a
            href=${part === 'overview' ? '/data' : `/data/${part}`}
            aria-current=${part === this.section ? 'page' : nothing}
            >${part === 'pages' ? care.pages.tab : part === 'erase' ? care.erase.tab : text[part]}</a
          >`,
        )}
      </nav>
      ${this.#content()}
    </div>`
  }

  #content(): TemplateResult {
    switch (this.section) {
      case 'overview':
        return html`<vb-data-overview></vb-data-overview>`
      case 'imports':
        return html`<vb-import-list></vb-import-list>`
      case 'rejects':
        return html`<vb-reject-list></vb-reject-list>`
      case 'pages':
        return html`<vb-page-editor></vb-page-editor>`
      case 'erase':
        return html`<vb-erase-client></vb-erase-client>`
      case 'schema':
        return html`<vb-schema-browser></vb-schema-browser>`
    }
  }
}

define('vb-data-page', DataPage)
