/** <vb-audit-list>: the log of what matters for safety, the newest first, by event. */
import { html, nothing, type TemplateResult } from 'lit'
import { type AuditEvent, type AuditLine, formatMoment, type Role } from '../../server/api/contract.ts'
import { getAudit } from '../api-accounts.ts'
import { localMoment } from '../state/local-moment.ts'
import { accountText } from '../text/accounts.ts'
import { define, WorkbenchElement } from './element.ts'
import { emptyNote, errorNote, loadingNote } from './message.ts'

/** Lines that come at a time. */
const PAGE = 100

export class AuditList extends WorkbenchElement {
  static override properties = {
    event: { state: true },
    lines: { state: true },
    failure: { state: true },
    ended: { state: true },
  }
  declare event: AuditEvent | ''
  declare lines: readonly AuditLine[] | null
  declare failure: unknown
  /** Whether there are no earlier ones. */
  declare ended: boolean

  constructor() {
    super()
    this.event = ''
    this.lines = null
    this.failure = null
    this.ended = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load(null)
  }

  async #load(before: string | null): Promise<void> {
    const { event } = this
    this.failure = null
    try {
      const lines = await getAudit({ event, before })
      if (event !== this.event) return
      this.lines = before === null ? lines : [...(this.lines ?? []), ...lines]
      this.ended = lines.length < PAGE
    } catch (error) {
      this.failure = error
    }
  }

  protected override render(): TemplateResult {
    const words = accountText(this.language).log
    return html`
      <p class="account-lead">${words.lead}</p>
      <div class="field data-filter">
        <label for="audit-event">${words.event}</label>
        <select
          id="audit-event"
          @change=${(event: Event) => {
            this.event = (event.target as HTMLSelectElement).value as AuditEvent | ''
            void this.#load(null)
          }}
        >
          <option value="">${words.all}</option>
          ${Object.entries(words.events).map(([name, label]) => html`<option value=${name}>${label}</option>`)}
        </select>
      </div>
      ${
        this.failure === null
          ? this.#table(this.lines)
          : errorNote(this.failure, this.text, () => void this.#load(null))
      }
    `
  }

  #table(lines: readonly AuditLine[] | null): unknown {
    const words = accountText(this.language).log
    if (lines === null) return loadingNote(this.text)
    if (lines.length === 0) return emptyNote(words.none, '')
    return html`<div class="table-scroll" tabindex="0" role="region" aria-label=${accountText(this.language).audit}>
        <table class="table people-table">
          <thead>
            <tr>
              <th scope="col">${words.when}</th>
              <th scope="col">${words.event}</th>
              <th scope="col">${words.who}</th>
              <th scope="col">${words.what}</th>
            </tr>
          </thead>
          <tbody>
            ${lines.map(
              line => html`<tr>
                <td class="num">${formatMoment(localMoment(line.at), this.language)}</td>
                <th scope="row">${words.events[line.event] ?? line.event}</th>
                <td>${this.#who(line)}</td>
                <td>${this.#what(line)}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${
        this.ended
          ? nothing
          : html`<div class="pager">
              <button type="button" class="button" @click=${() => void this.#load(lines.at(-1)!.at)}>
                ${words.more}
              </button>
            </div>`
      }`
  }

  #who({ user, via }: AuditLine): string {
    const words = accountText(this.language).log
    if (user === null) return via === 'local' ? words.local : via === 'cli' ? words.cli : words.nobody
    return `${user.name ?? words.gone}${via === 'token' ? `, ${words.token}` : ''}`
  }

  #what({ subject, subjectName, details }: AuditLine): unknown {
    const { log: words, roles } = accountText(this.language)
    const { role, was, mode, count, masked, disabled, ...others } = details
    const said = [
      ...(was === undefined ? [] : [`${roles[was as Role]} → ${roles[role as Role]}`]),
      ...(was === undefined && role !== undefined ? [roles[role as Role]] : []),
      ...(mode === undefined ? [] : [words.modes[mode as keyof typeof words.modes] ?? mode]),
      ...Object.values(others).map(String),
      ...(count === undefined ? [] : [`× ${count}`]),
      ...(masked === true ? [words.masked] : []),
      ...(disabled === undefined ? [] : [disabled ? words.shutOut : words.letIn]),
    ]
    const name = subjectName ?? (subject === null ? nothing : html`<code>${subject}</code>`)
    return html`${name} <span class="hint">${said.join(' · ')}</span>`
  }
}

define('vb-audit-list', AuditList)
