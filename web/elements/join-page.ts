/** <vb-join-page>: setting a password by a link, whose token stands behind the #, where no server and no log sees it. */
import { html, nothing, type TemplateResult } from 'lit'
import type { AccountLink } from '../../server/api/contract.ts'
import { ApiError } from '../api.ts'
import { readLink, useLink } from '../api-accounts.ts'
import { navigate } from '../state/router.ts'
import { setSession } from '../state/session.ts'
import { accountText } from '../text/accounts.ts'
import { define, WorkbenchElement } from './element.ts'
import { emptyNote, errorNote, loadingNote } from './message.ts'

export class JoinPage extends WorkbenchElement {
  static override properties = { link: { state: true }, failure: { state: true }, busy: { state: true } }
  declare link: AccountLink | null
  declare failure: unknown
  declare busy: boolean
  readonly #token = location.hash.slice(1)

  constructor() {
    super()
    this.link = null
    this.failure = null
    this.busy = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#read()
  }

  async #read(): Promise<void> {
    this.failure = null
    try {
      this.link = await readLink(this.#token)
    } catch (error) {
      this.failure = error
    }
  }

  async #set(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const form = new FormData(event.target as HTMLFormElement)
    this.busy = true
    this.failure = null
    try {
      const session = await useLink(this.#token, String(form.get('password')))
      navigate('/', { replace: true })
      setSession(session)
    } catch (error) {
      this.failure = error
      this.busy = false
    }
  }

  protected override render(): TemplateResult {
    return html`<div class="door">${this.#content()}</div>`
  }

  #content(): unknown {
    const words = accountText(this.language).join
    const { link, failure } = this
    if (failure instanceof ApiError && failure.shape.code === 'forbidden')
      return html`<h1 class="visually-hidden">${words.dead}</h1>
        ${emptyNote(words.dead, words.deadHint, html`<a class="button" href="/">${words.toLogin}</a>`)}`
    if (link === null)
      return failure === null
        ? loadingNote(this.text)
        : errorNote(failure, this.text, () => void this.#read())
    return html`<h1>${link.kind === 'invitation' ? words.invitation(link.name) : words.reset}</h1>
      <p class="lead">${words.lead(link.login)}</p>
      ${failure === null ? nothing : errorNote(failure, this.text)}
      <form class="door-form" @submit=${(event: SubmitEvent) => void this.#set(event)}>
        <input type="hidden" name="username" autocomplete="username" .value=${link.login} />
        <label>
          <span>${words.password}</span>
          <input
            class="upload-field"
            name="password"
            type="password"
            required
            minlength="8"
            maxlength="200"
            autocomplete="new-password"
            aria-describedby="join-hint"
          />
        </label>
        <p id="join-hint" class="hint">${words.hint}</p>
        <button class="button button-primary" ?disabled=${this.busy}>
          ${this.busy ? `${words.setting}…` : words.set}
        </button>
      </form>`
  }
}

define('vb-join-page', JoinPage)
