/** <vb-account-page section>: one's own account; for administrators people and the log, with addresses of their own. */
import { html, nothing, type TemplateResult } from 'lit'
import type { AccountPart } from '../state/router.ts'
import { reaches } from '../state/session.ts'
import './account-own.ts'
import './audit-list.ts'
import { define, WorkbenchElement } from './element.ts'
import './user-list.ts'
import { accountText } from '../text/accounts.ts'

const addresses: Record<AccountPart, string> = {
  own: '/account',
  users: '/account/users',
  audit: '/account/audit',
}

export class AccountPage extends WorkbenchElement {
  static override properties = { section: {} }
  declare section: AccountPart

  constructor() {
    super()
    this.section = 'own'
  }

  protected override render(): TemplateResult {
    const text = accountText(this.language)
    const parts: AccountPart[] = reaches('administrator') ? ['own', 'users', 'audit'] : ['own']
    return html`<div class="page">
      <header class="page-head"><h1>${text.title}</h1></header>
      ${
        parts.length === 1
          ? nothing
          : html`<nav class="tabs" aria-label=${text.parts}>
              ${parts.map(
                part =>
                  html`<a href=${addresses[part]} aria-current=${part === this.section ? 'page' : nothing}
                    >${text[part]}</a
                  >`,
              )}
            </nav>`
      }
      ${
        parts.includes(this.section) && this.section !== 'own'
          ? this.section === 'users'
            ? html`<vb-user-list></vb-user-list>`
            : html`<vb-audit-list></vb-audit-list>`
          : html`<vb-account-own></vb-account-own>`
      }
    </div>`
  }
}

define('vb-account-page', AccountPage)
