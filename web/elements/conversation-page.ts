/** <vb-conversation-page>: a conversation on a page of its own; `?n=` in the address marks and shows a turn of it. */
import { html, type PropertyValues, type TemplateResult } from 'lit'
import type { Conversation } from '../../server/api/contract.ts'
import { conversationTitle } from './conversation-title.ts'

import { readPlace } from './conversation-view.ts'
import { define, WorkbenchElement } from './element.ts'

export class ConversationPage extends WorkbenchElement {
  static override properties = {
    client: { attribute: false },
    conversation: { attribute: false },
    found: { state: true },
  }
  declare client: string
  declare conversation: string
  declare found: Conversation | null

  constructor() {
    super()
    this.found = null
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('client') || changed.has('conversation')) this.found = null
  }

  protected override render(): TemplateResult {
    return html`<div class="page">
      <header class="page-head"><h1>${conversationTitle(this.found, this.text)}</h1></header>
      <vb-conversation-view
        .client=${this.client}
        .conversation=${this.conversation}
        .place=${readPlace(new URLSearchParams(location.search))}
        @vb-found=${(event: CustomEvent<Conversation>) => {
          this.found = event.detail
        }}
      ></vb-conversation-view>
    </div>`
  }
}

define('vb-conversation-page', ConversationPage)
