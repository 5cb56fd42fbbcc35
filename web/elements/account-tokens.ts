/** <vb-account-tokens account>: tokens for programs: listed, made, taken away. Fires `vb-changed`. */
import { html, nothing, type TemplateResult } from 'lit'
import {
  type Account,
  type ApiToken,
  formatDay,
  formatMoment,
  type Scope,
} from '../../server/api/contract.ts'
import { makeToken, revokeToken } from '../api-accounts.ts'
import { localMoment } from '../state/local-moment.ts'
import { accountText } from '../text/accounts.ts'
import { accountSecret } from './account-secret.ts'
import { define, WorkbenchElement } from './element.ts'
import { errorNote } from './message.ts'

const LIFETIMES = ['30', '90', '365', ''] as const

export class AccountTokens extends WorkbenchElement {
  static override properties = {
    account: { attribute: false },
    failure: { state: true },
    made: { state: true },
  }
  declare account: Account
  declare failure: unknown
  declare made: string | null

  constructor() {
    super()
    this.failure = null
    this.made = null
  }

  async #do(work: () => Promise<unknown>): Promise<void> {
    this.failure = null
    this.made = null
    try {
      await work()
      this.dispatchEvent(new CustomEvent('vb-changed', { bubbles: true }))
    } catch (error) {
      this.failure = error
    }
  }

  #make(event: SubmitEvent): void {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const data = new FormData(form)
    const days = String(data.get('days'))
    void this.#do(async () => {
      const { token } = await makeToken({
        name: String(data.get('name')),
        scopes: data.getAll('scopes').map(String) as Scope[],
        days: days === '' ? null : Number(days),
      })
      this.made = token
      form.reset()
    })
  }

  protected override render(): TemplateResult {
    const words = accountText(this.language).tokens
    const { tokens } = this.account
    return html`<section class="account-part">
      <h2 class="section-title">${words.title}</h2>
      <p>${words.lead}</p>
      ${this.failure === null ? nothing : errorNote(this.failure, this.text)}
      ${this.made === null ? nothing : accountSecret(this.made, { told: words.made, copy: words.copy })}
      ${tokens.length === 0 ? html`<p class="hint">${words.none}</p>` : this.#table(tokens)} ${this.#form()}
    </section>`
  }

  #table(tokens: readonly ApiToken[]): TemplateResult {
    const words = accountText(this.language).tokens
    return html`<div class="table-scroll" tabindex="0" role="region" aria-label=${words.title}>
      <table class="table people-table">
        <thead>
          <tr>
            <th scope="col">${words.name}</th>
            <th scope="col">${words.scopes}</th>
            <th scope="col">${words.until}</th>
            <th scope="col">${words.used}</th>
            <th scope="col"><span class="visually-hidden">${accountText(this.language).people.actions}</span></th>
          </tr>
        </thead>
        <tbody>
          ${tokens.map(
            token => html`<tr class=${token.ended ? 'is-empty' : nothing}>
              <th scope="row">${token.name}</th>
              <td>${token.scopes.map(scope => words.scope[scope]).join(', ')}</td>
              <td>
                ${
                  token.ended
                    ? words.ended
                    : token.expiresAt === null
                      ? words.forever
                      : formatDay(localMoment(token.expiresAt), this.language)
                }
              </td>
              <td>${token.usedAt === null ? words.never : formatMoment(localMoment(token.usedAt), this.language)}</td>
              <td>
                <button
                  type="button"
                  class="button-link"
                  aria-label=${words.revokeOf(token.name)}
                  @click=${() => void this.#do(() => revokeToken(token.id))}
                >
                  ${words.revoke}
                </button>
              </td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`
  }

  #form(): TemplateResult {
    const words = accountText(this.language).tokens
    return html`<form class="account-form" @submit=${(event: SubmitEvent) => this.#make(event)}>
      <label>
        <span>${words.name}</span>
        <input class="upload-field" name="name" required maxlength="100" autocomplete="off" />
      </label>
      <label>
        <span>${words.until}</span>
        <select class="upload-field" name="days">
          ${LIFETIMES.map(
            days => html`<option value=${days} ?selected=${days === '90'}>${words.lifetimes[days]}</option>`,
          )}
        </select>
      </label>
      <fieldset class="account-scopes">
        <legend>${words.scopes}</legend>
        ${this.account.scopes.map(
          scope => html`<label>
            <input type="checkbox" name="scopes" value=${scope} ?checked=${scope === 'read'} />
            ${words.scope[scope]}
          </label>`,
        )}
      </fieldset>
      <button class="button">${words.make}</button>
    </form>`
  }
}

define('vb-account-tokens', AccountTokens)
