/** <vb-login-page>: e-mail and password, or the provider. Stands at whatever address was asked for, which opens then. */
import { html, nothing, type TemplateResult } from 'lit'
import { ApiError } from '../api.ts'
import { logIn, providerPath } from '../api-accounts.ts'
import { session, sessionEnded, setSession } from '../state/session.ts'
import { accountText } from '../text/accounts.ts'
import { define, WorkbenchElement } from './element.ts'
import { lookSwitches } from './look-switches.ts'
import { errorNote } from './message.ts'

export class LoginPage extends WorkbenchElement {
  static override properties = { failure: { state: true }, busy: { state: true } }
  declare failure: unknown
  declare busy: boolean

  constructor() {
    super()
    this.failure = null
    this.busy = false
  }

  async #enter(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const form = new FormData(event.target as HTMLFormElement)
    this.busy = true
    this.failure = null
    try {
      setSession(await logIn(String(form.get('login')), String(form.get('password'))))
    } catch (error) {
      this.failure = error
      await this.updateComplete
      this.querySelector<HTMLInputElement>('[name=password]')?.select()
    }
    this.busy = false
  }

  protected override render(): TemplateResult {
    const words = accountText(this.language).login
    const provider = session()?.provider ?? null
    return html`<div class="door">
      <h1>${words.title}</h1>
      <p class="lead">${words.lead}</p>
      ${this.#said()}
      <form class="door-form" @submit=${(event: SubmitEvent) => void this.#enter(event)}>
        <label>
          <span>${words.email}</span>
          <input class="upload-field" name="login" type="email" required maxlength="200" autocomplete="username" />
        </label>
        <label>
          <span>${words.password}</span>
          <input
            class="upload-field"
            name="password"
            type="password"
            required
            maxlength="200"
            autocomplete="current-password"
          />
        </label>
        <button class="button button-primary" ?disabled=${this.busy}>
          ${this.busy ? `${words.entering}…` : words.enter}
        </button>
      </form>
      ${
        provider === null
          ? nothing
          : html`<p class="door-or hint">${words.or}</p>
              <a class="button" href=${providerPath(`${location.pathname}${location.search}`)}>${words.provider(provider)}</a>`
      }
      <p class="hint">${words.forgotten}</p>
      <div class="door-look">${lookSwitches('door', this.text)}</div>
    </div>`
  }

  #said(): unknown {
    const words = accountText(this.language).login
    if (this.failure instanceof ApiError) {
      const { code } = this.failure.shape
      if (code === 'not_signed_in') return html`<p class="door-fault" role="alert">${words.wrong}</p>`
      if (code === 'too_many') return html`<p class="door-fault" role="alert">${words.tooMany}</p>`
    }
    if (this.failure !== null) return errorNote(this.failure, this.text)
    const provider = new URLSearchParams(location.search).get('provider')
    if (provider === 'failed') return html`<p class="door-fault" role="alert">${words.providerFailed}</p>`
    if (provider === 'unknown') return html`<p class="door-fault" role="alert">${words.providerUnknown}</p>`
    return sessionEnded() ? html`<p role="status">${words.again}</p>` : nothing
  }
}

define('vb-login-page', LoginPage)
