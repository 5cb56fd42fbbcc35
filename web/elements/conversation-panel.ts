/**
 * <vb-conversation-panel>: a quote's conversation beside the report. Takes the focus when it opens and gives it back when
 * it closes (Escape, the cross, Back). Fires `vb-close`.
 */
import { html, type PropertyValues, type TemplateResult } from 'lit'
import type { Conversation } from '../../server/api/contract.ts'
import { matchRoute } from '../state/router.ts'
import { conversationTitle } from './conversation-title.ts'

import { readPlace } from './conversation-view.ts'
import { define, WorkbenchElement } from './element.ts'
import { icon } from './icon.ts'

export class ConversationPanel extends WorkbenchElement {
  static override properties = { address: { attribute: false }, found: { state: true } }
  declare address: URL
  declare found: Conversation | null
  /** Where the reader was. */
  #before: Element | null = null

  constructor() {
    super()
    this.found = null
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#before = document.activeElement
    document.addEventListener('keydown', this.#onKey)
  }

  override disconnectedCallback(): void {
    document.removeEventListener('keydown', this.#onKey)
    if (this.#before instanceof HTMLElement && this.#before.isConnected)
      this.#before.focus({ preventScroll: true })
    super.disconnectedCallback()
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    // An open menu takes the key for itself.
    if (event.key === 'Escape' && !document.querySelector(':popover-open')) this.#close()
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent('vb-close'))
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('address')) this.found = null
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('address')) this.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true })
  }

  protected override render(): TemplateResult {
    const route = matchRoute(this.address.pathname)
    const { conversation: text, shell } = this.text
    if (route.page !== 'conversation') return html``
    return html`<aside class="panel" aria-labelledby="panel-title" lang=${this.language}>
      <header class="panel-head">
        <h2 id="panel-title" tabindex="-1">${conversationTitle(this.found, this.text)}</h2>
        <a
          class="button-icon"
          href="${this.address.pathname}${this.address.search}"
          target="_blank"
          title=${text.full}
          aria-label=${text.full}
          >${icon('open')}</a
        >
        <button
          type="button"
          class="button-icon"
          title=${shell.close}
          aria-label=${shell.close}
          @click=${() => this.#close()}
        >
          ${icon('close')}
        </button>
      </header>
      <div class="panel-body">
        <vb-conversation-view
          .client=${route.client}
          .conversation=${route.conversation}
          .place=${readPlace(this.address.searchParams)}
          .near=${4}
          @vb-found=${(event: CustomEvent<Conversation>) => {
            this.found = event.detail
          }}
        ></vb-conversation-view>
      </div>
    </aside>`
  }
}

define('vb-conversation-panel', ConversationPanel)
