/** <vb-user-list>: people who may come in: invited, given roles, shut out. */
import { html, nothing, type TemplateResult } from 'lit'
import {
  formatDay,
  formatMoment,
  type Role,
  type UserLink,
  type UserRecord,
} from '../../server/api/contract.ts'
import { ApiError } from '../api.ts'
import { addUser, changeUser, endUserSessions, getUsers, makeUserLink } from '../api-accounts.ts'
import { Loader } from '../state/loader.ts'
import { localMoment } from '../state/local-moment.ts'
import { accountText } from '../text/accounts.ts'
import { accountSecret } from './account-secret.ts'
import { define, WorkbenchElement } from './element.ts'
import { errorNote, loadingNote } from './message.ts'

const ROLES: readonly Role[] = ['viewer', 'editor', 'administrator']

export class UserList extends WorkbenchElement {
  static override properties = { failure: { state: true }, link: { state: true }, told: { state: true } }
  declare failure: unknown
  /** The link made last, shown this once. */
  declare link: UserLink | null
  declare told: string
  readonly users = new Loader(this, getUsers)

  constructor() {
    super()
    this.failure = null
    this.link = null
    this.told = ''
  }

  async #do(work: () => Promise<string>): Promise<void> {
    this.failure = null
    this.link = null
    this.told = ''
    try {
      this.told = await work()
    } catch (error) {
      this.failure = error
    }
    await this.users.load()
  }

  #invite(event: SubmitEvent): void {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const data = new FormData(form)
    void this.#do(async () => {
      this.link = await addUser({
        login: String(data.get('login')),
        name: String(data.get('name')),
        role: String(data.get('role')) as Role,
      })
      form.reset()
      return ''
    })
  }

  protected override render(): unknown {
    const { value, failure } = this.users
    const words = accountText(this.language).people
    if (failure !== null) return errorNote(failure, this.text, () => void this.users.load())
    if (value === null) return loadingNote(this.text)
    return html`
      <p class="account-lead">${words.lead}</p>
      <p role="status" class="hint">${this.told}</p>
      ${this.failure === null ? nothing : this.#fault(this.failure)}
      ${
        this.link === null
          ? nothing
          : accountSecret(new URL(this.link.path, location.origin).href, {
              told: `${this.link.user.name}. ${words.link} ${words.linkUntil(formatDay(localMoment(this.link.expiresAt), this.language))}`,
              copy: accountText(this.language).tokens.copy,
            })
      }
      <section class="account-part">${this.#form()}</section>
      ${this.#table(value)}
    `
  }

  #fault(error: unknown): TemplateResult {
    const words = accountText(this.language).people
    const isConflict = error instanceof ApiError && error.shape.code === 'conflict'
    if (!isConflict) return errorNote(error, this.text)
    const message = /last administrator/.test(error.message) ? words.last : words.taken
    return errorNote(new ApiError({ code: 'conflict', message }, 409), this.text)
  }

  #form(): TemplateResult {
    const words = accountText(this.language).people
    return html`<form class="account-form" @submit=${(event: SubmitEvent) => this.#invite(event)}>
      <label>
        <span>${words.email}</span>
        <input class="upload-field" name="login" type="email" required maxlength="200" autocomplete="off" />
      </label>
      <label>
        <span>${words.name}</span>
        <input class="upload-field" name="name" required maxlength="100" autocomplete="off" />
      </label>
      <label>
        <span>${words.role}</span>
        <select class="upload-field" name="role">
          ${this.#roles('viewer')}
        </select>
      </label>
      <button class="button button-primary">${words.invite}</button>
    </form>`
  }

  #roles(chosen: Role): TemplateResult[] {
    const { roles } = accountText(this.language)
    return ROLES.map(role => html`<option value=${role} ?selected=${role === chosen}>${roles[role]}</option>`)
  }

  #table(users: readonly UserRecord[]): TemplateResult {
    const words = accountText(this.language).people
    return html`<div class="table-scroll" tabindex="0" role="region" aria-label=${accountText(this.language).users}>
      <table class="table people-table">
        <thead>
          <tr>
            <th scope="col">${words.name}</th>
            <th scope="col">${words.role}</th>
            <th scope="col">${words.state}</th>
            <th scope="col">${words.seen}</th>
            <th scope="col"><span class="visually-hidden">${words.actions}</span></th>
          </tr>
        </thead>
        <tbody>
          ${users.map(user => this.#row(user))}
        </tbody>
      </table>
    </div>`
  }

  #row(user: UserRecord): TemplateResult {
    const words = accountText(this.language).people
    const { id, name } = user
    const state = user.disabled ? 'disabled' : user.joined ? 'joined' : 'invited'
    const change = (changed: { role?: Role; disabled?: boolean }) => () =>
      void this.#do(async () => {
        await changeUser(id, changed)
        return words.changed
      })
    const link = async () => {
      this.link = await makeUserLink(id)
      return ''
    }
    const logout = async () => words.loggedOut((await endUserSessions(id)).ended)
    return html`<tr class=${user.disabled ? 'is-empty' : nothing}>
      <th scope="row">${name} <span class="hint">${user.login}</span></th>
      <td>
        <select
          class="upload-field"
          aria-label=${words.roleOf(name)}
          .value=${user.role}
          @change=${(event: Event) => {
            const select = event.target as HTMLSelectElement
            const role = select.value as Role
            // Shown as it is until the server agrees.
            select.value = user.role
            change({ role })()
          }}
        >
          ${this.#roles(user.role)}
        </select>
      </td>
      <td>${words.states[state]}</td>
      <td>${user.seenAt === null ? words.never : formatMoment(localMoment(user.seenAt), this.language)}</td>
      <td>
        <div class="people-actions">
          ${
            user.disabled
              ? nothing
              : html`<button
                    type="button"
                    class="button"
                    aria-label=${words.newLinkOf(name)}
                    @click=${() => void this.#do(link)}
                  >
                    ${words.newLink}
                  </button>
                  <button
                    type="button"
                    class="button"
                    aria-label=${words.logoutOf(name)}
                    @click=${() => void this.#do(logout)}
                  >
                    ${words.logout}
                  </button>`
          }
          <button
            type="button"
            class="button"
            aria-label=${user.disabled ? words.enableOf(name) : words.disableOf(name)}
            @click=${change({ disabled: !user.disabled })}
          >
            ${user.disabled ? words.enable : words.disable}
          </button>
        </div>
      </td>
    </tr>`
  }
}

define('vb-user-list', UserList)
