/** <vb-account-own>: name, password, where one is logged in, tokens. */
import { html, nothing, type TemplateResult } from 'lit'
import { type Account, type AccountSession, formatMoment } from '../../server/api/contract.ts'
import { changePassword, endSessions, getAccount, logOut, renameAccount } from '../api-accounts.ts'
import { Loader } from '../state/loader.ts'
import { localMoment } from '../state/local-moment.ts'
import { loadSession, setSession } from '../state/session.ts'
import './account-tokens.ts'
import { accountText } from '../text/accounts.ts'
import { define, WorkbenchElement } from './element.ts'
import { errorNote, loadingNote } from './message.ts'

export class AccountOwn extends WorkbenchElement {
  static override properties = { failure: { state: true }, told: { state: true } }
  declare failure: unknown
  /** What was done last. */
  declare told: string
  readonly account = new Loader(this, getAccount)

  constructor() {
    super()
    this.failure = null
    this.told = ''
  }

  async #do(work: () => Promise<string>): Promise<void> {
    this.failure = null
    this.told = ''
    try {
      this.told = await work()
      await this.account.load()
    } catch (error) {
      this.failure = error
    }
  }

  #rename(event: SubmitEvent): void {
    event.preventDefault()
    const form = new FormData(event.target as HTMLFormElement)
    void this.#do(async () => {
      await renameAccount(String(form.get('name')))
      await loadSession()
      return accountText(this.language).profile.saved
    })
  }

  #change(event: SubmitEvent): void {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const data = new FormData(form)
    const current = data.get('current')
    void this.#do(async () => {
      await changePassword(current === null ? null : String(current), String(data.get('next')))
      form.reset()
      return accountText(this.language).profile.changed
    })
  }

  async #leave(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
      setSession(await logOut())
    } catch {
      await loadSession().catch((error: unknown) => {
        this.failure = error
      })
    }
  }

  protected override render(): unknown {
    const { value, failure } = this.account
    if (failure !== null) return errorNote(failure, this.text, () => void this.account.load())
    if (value === null) return loadingNote(this.text)
    return html`
      <p role="status" class="hint">${this.told}</p>
      ${this.failure === null ? nothing : errorNote(this.failure, this.text)}
      ${this.#profile(value)} ${this.#password(value)} ${this.#sessions(value.sessions)}
      <vb-account-tokens .account=${value} @vb-changed=${() => void this.account.load()}></vb-account-tokens>
    `
  }

  #profile({ user }: Account): TemplateResult {
    const { profile: words, roles, roleHints } = accountText(this.language)
    return html`<section class="account-part">
      <p>${user.login} · ${roles[user.role]} <span class="hint">(${roleHints[user.role]})</span></p>
      <form class="account-form" @submit=${(event: SubmitEvent) => this.#rename(event)}>
        <label>
          <span>${words.name}</span>
          <input
            class="upload-field"
            name="name"
            required
            maxlength="100"
            autocomplete="name"
            aria-describedby="name-hint"
            .value=${user.name}
          />
        </label>
        <button class="button">${words.save}</button>
        <button type="button" class="button" @click=${() => void this.#leave(async () => undefined)}>
          ${words.logout}
        </button>
      </form>
      <p id="name-hint" class="hint">${words.nameHint}</p>
    </section>`
  }

  #password({ hasPassword, user }: Account): TemplateResult {
    const words = accountText(this.language).profile
    const field = (name: string, label: string, autocomplete: 'current-password' | 'new-password') =>
      html`<label>
        <span>${label}</span>
        <input
          class="upload-field"
          name=${name}
          type="password"
          required
          minlength=${name === 'next' ? 8 : nothing}
          maxlength="200"
          autocomplete=${autocomplete}
        />
      </label>`
    return html`<section class="account-part">
      <h2 class="section-title">${words.password}</h2>
      <form class="account-form" @submit=${(event: SubmitEvent) => this.#change(event)}>
        <input type="hidden" name="username" autocomplete="username" .value=${user.login} />
        ${hasPassword ? field('current', words.current, 'current-password') : nothing}
        ${field('next', words.next, 'new-password')}
        <button class="button">${hasPassword ? words.change : words.setFirst}</button>
      </form>
    </section>`
  }

  #sessions(sessions: readonly AccountSession[]): TemplateResult {
    const words = accountText(this.language).profile
    return html`<section class="account-part">
      <h2 class="section-title">${words.sessions}</h2>
      <div class="table-scroll" tabindex="0" role="region" aria-label=${words.sessions}>
        <table class="table people-table">
          <thead>
            <tr>
              <th scope="col">${words.device}</th>
              <th scope="col">${words.since}</th>
              <th scope="col">${words.seen}</th>
              <th scope="col"><span class="visually-hidden">${accountText(this.language).people.actions}</span></th>
            </tr>
          </thead>
          <tbody>
            ${sessions.map(session => this.#session(session))}
          </tbody>
        </table>
      </div>
      <button type="button" class="button" @click=${() => void this.#leave(() => endSessions())}>
        ${words.endAll}
      </button>
    </section>`
  }

  #session({ id, agent, createdAt, seenAt, current }: AccountSession): TemplateResult {
    const words = accountText(this.language).profile
    const device = agent || words.unknownDevice
    const end = async () => {
      await endSessions(id)
      return ''
    }
    return html`<tr>
      <th scope="row">${device} ${current ? html`<span class="hint">${words.thisOne}</span>` : nothing}</th>
      <td>${formatMoment(localMoment(createdAt), this.language)}</td>
      <td>${formatMoment(localMoment(seenAt), this.language)}</td>
      <td>
        ${
          current
            ? nothing
            : html`<button
                type="button"
                class="button-link"
                aria-label=${words.endOf(device)}
                @click=${() => void this.#do(end)}
              >
                ${words.end}
              </button>`
        }
      </td>
    </tr>`
  }
}

define('vb-account-own', AccountOwn)
