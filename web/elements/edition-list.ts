/** <vb-edition-list>: a report's editions, the newest first: numbers, what changed, and what can be done with each. */
import { html, nothing, type TemplateResult } from 'lit'
import { type EditionChanges, type EditionRecord, formatMoment } from '../../server/api/contract.ts'
import {
  approveEdition,
  compareEditions,
  removeEditions,
  sendEdition,
  shareEdition,
} from '../api-editions.ts'
import { editionsText } from '../text/editions.ts'
import { changesView, figuresLine } from './edition-changes.ts'
import { define, WorkbenchElement } from './element.ts'
import { icon } from './icon.ts'
import { errorNote } from './message.ts'
import { parseRecipients } from './schedule-recipients.ts'

export class EditionList extends WorkbenchElement {
  static override properties = {
    editions: { attribute: false },
    channels: { attribute: false },
    opened: { state: true },
    failure: { state: true },
    link: { state: true },
    told: { state: true },
  }
  declare editions: readonly EditionRecord[]
  /** Ways to send messages that are set up. */
  declare channels: readonly string[]
  /** Whose comparison is shown, with which one. */
  declare opened: { id: string; since: number; changes: EditionChanges | null } | null
  declare failure: unknown
  /** A link that was just made, shown this once. */
  declare link: { id: string; address: string } | null
  declare told: string

  constructor() {
    super()
    this.editions = []
    this.channels = []
    this.opened = null
    this.failure = null
    this.link = null
    this.told = ''
  }

  async #do(work: () => Promise<unknown>): Promise<void> {
    this.failure = null
    try {
      await work()
    } catch (error) {
      this.failure = error
    }
  }

  /** What stands elsewhere is read anew. */
  #changed(): void {
    this.dispatchEvent(new CustomEvent('vb-changed', { bubbles: true }))
  }

  #approve(edition: EditionRecord): Promise<void> {
    return this.#do(async () => {
      await approveEdition(edition.id, edition.approvedAt === null)
      this.#changed()
    })
  }

  #remove({ id }: EditionRecord): Promise<void> {
    return this.#do(async () => {
      await removeEditions([id])
      this.#changed()
    })
  }

  #share({ id }: EditionRecord): Promise<void> {
    return this.#do(async () => {
      const { path } = await shareEdition(id)
      this.link = { id, address: new URL(path, location.origin).href }
      await this.updateComplete
      this.querySelector<HTMLInputElement>('.edition-link input')?.select()
    })
  }

  #send({ id }: EditionRecord, event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    return this.#do(async () => {
      const recipients = parseRecipients(String(new FormData(form).get('to')), this.language)
      for (const to of recipients) await sendEdition(id, to)
      form.reset()
      this.told = editionsText(this.language).sending
      this.#changed()
    })
  }

  #compare(edition: EditionRecord, since: number): Promise<void> {
    return this.#do(async () => {
      const own = edition.changes?.since === since ? edition.changes : null
      this.opened = { id: edition.id, since, changes: own ?? (await compareEditions(edition.id, since)) }
    })
  }

  protected override render(): TemplateResult {
    return html`
      <p class="visually-hidden" role="status">${this.told}</p>
      ${this.failure === null ? nothing : errorNote(this.failure, this.text)}
      <ol class="edition-list">
        ${this.editions.map(edition => this.#item(edition))}
      </ol>
    `
  }

  #item(edition: EditionRecord): TemplateResult {
    const words = editionsText(this.language)
    const filters = Object.entries(edition.inputs).map(([name, value]) => `${name}: ${value}`)
    const reader = { language: this.language, currency: edition.currency }
    return html`<li class="edition" ?data-approved=${edition.approvedAt !== null}>
      <div class="edition-head">
        <h3>
          <a href="/api/editions/${edition.id}/page" target="_blank" rel="noreferrer">${words.number(edition.number)}</a>
        </h3>
        <p class="hint">
          ${formatMoment(edition.madeAt, this.language)}, ${words.causes[edition.cause]}${edition.madeBy === null ? '' : `, ${edition.madeBy}`}
          ${filters.length > 0 ? html`<br />${filters.join('; ')}` : nothing}
        </p>
        <p class=${edition.approvedAt === null ? 'edition-state' : 'edition-state is-approved'}>
          ${edition.approvedAt === null ? words.notApproved : html`${icon('check')}${words.approved}`}
        </p>
      </div>
      ${edition.changes === null ? html`<p class="hint">${words.first}</p>` : html`${figuresLine(edition.changes, reader)}${this.#summary(edition, edition.changes)}`}
      <div class="actions">
        <button type="button" class="button" aria-label="${edition.approvedAt === null ? words.approve : words.withdraw}: ${words.number(edition.number)}" @click=${() => void this.#approve(edition)}>
          ${edition.approvedAt === null ? words.approve : words.withdraw}
        </button>
        <button type="button" class="button" aria-label="${words.link}: ${words.number(edition.number)}" @click=${() => void this.#share(edition)}>
          ${icon('share')}${words.link}
        </button>
        <button type="button" class="button" aria-label="${words.remove}: ${words.number(edition.number)}" @click=${() => void this.#remove(edition)}>
          ${icon('bin')}${words.remove}
        </button>
      </div>
      ${this.link?.id === edition.id ? this.#linkField(this.link.address) : nothing}
      ${this.#details(edition, reader)}
    </li>`
  }

  #summary(edition: EditionRecord, { since, appeared, faded, rose }: EditionChanges): TemplateResult {
    const words = editionsText(this.language)
    return html`<p class="edition-summary">
      ${
        appeared.length + faded.length + rose.length === 0
          ? words.quietSince(since)
          : words.summary(since, appeared.length, faded.length, rose.length)
      }
      <button
        type="button"
        class="button-link"
        aria-expanded=${String(this.opened?.id === edition.id)}
        @click=${() => {
          if (this.opened?.id === edition.id) this.opened = null
          else void this.#compare(edition, since)
        }}
      >
        ${this.opened?.id === edition.id ? words.hide : words.show}
      </button>
    </p>`
  }

  #linkField(address: string): TemplateResult {
    const words = editionsText(this.language)
    return html`<p class="edition-link">
      <label><span>${words.linkOnce}</span><input class="upload-field" readonly .value=${address} /></label>
    </p>`
  }

  #details(edition: EditionRecord, reader: Parameters<typeof changesView>[1]): unknown {
    const words = editionsText(this.language)
    const { opened } = this
    if (opened?.id !== edition.id) return nothing
    const others = this.editions.filter(other => other.number !== edition.number)
    return html`<section class="edition-details" aria-label=${words.compare}>
      <label class="edition-since">
        <span>${words.compareWith}</span>
        <select
          class="upload-field"
          @change=${(event: Event) => void this.#compare(edition, Number((event.target as HTMLSelectElement).value))}
        >
          ${others.map(
            ({ number }) =>
              html`<option value=${number} ?selected=${number === opened.since}>${words.number(number)}</option>`,
          )}
        </select>
      </label>
      ${opened.changes ? changesView(opened.changes, reader) : nothing}
      ${
        this.channels.length > 0 && edition.approvedAt !== null
          ? html`<form class="edition-send" @submit=${(event: SubmitEvent) => void this.#send(edition, event)}>
              <label><span>${words.sendTo}</span><input class="upload-field" name="to" required placeholder="name@example.org" /></label>
              <button class="button">${words.send}</button>
            </form>`
          : nothing
      }
    </section>`
  }
}

define('vb-edition-list', EditionList)
