/**
 * <vb-erase-client>: erasing a client on their wish: who is meant (`?client=` in the address), what would be removed, the
 * confirmation; below, the certificates of those who were erased.
 */
import { html, nothing, type TemplateResult } from 'lit'
import {
  type ErasureCertificate,
  type ErasurePlan,
  formatMoment,
  formatNumber,
} from '../../server/api/contract.ts'
import { eraseClient, getErasures, previewErasure } from '../api.ts'
import { Loader } from '../state/loader.ts'
import { careText } from '../text/care.ts'
import { define, WorkbenchElement } from './element.ts'
import { errorNote } from './message.ts'
import './retention.ts'

export class EraseClient extends WorkbenchElement {
  static override properties = {
    plan: { state: true },
    done: { state: true },
    busy: { state: true },
    failure: { state: true },
  }
  declare plan: ErasurePlan | null
  declare done: ErasureCertificate | null
  declare busy: boolean
  declare failure: unknown
  readonly certificates = new Loader(this, getErasures)
  /** As it was typed when the plan was made. */
  #asked = ''

  constructor() {
    super()
    this.#asked = new URLSearchParams(location.search).get('client') ?? ''
    this.plan = null
    this.done = null
    this.busy = false
    this.failure = null
  }

  override connectedCallback(): void {
    super.connectedCallback()
    if (this.#asked !== '') void this.#look(this.#asked)
  }

  async #look(client: string): Promise<void> {
    this.#asked = client.trim()
    this.plan = null
    this.done = null
    if (this.#asked === '') return
    await this.#work(async () => {
      this.plan = await previewErasure(this.#asked)
    })
    await this.updateComplete
    this.querySelector<HTMLElement>('#erase-plan')?.focus()
  }

  async #erase({ alias }: ErasurePlan): Promise<void> {
    await this.#work(async () => {
      this.done = await eraseClient(this.#asked, alias)
      this.plan = null
    })
    await this.certificates.load()
    await this.updateComplete
    this.querySelector<HTMLElement>('#erase-done')?.focus()
  }

  async #work(work: () => Promise<void>): Promise<void> {
    this.busy = true
    this.failure = null
    try {
      await work()
    } catch (error) {
      this.failure = error
    }
    this.busy = false
  }

  protected override render(): TemplateResult {
    const { erase: text } = careText(this.language)
    return html`
      <section class="erase" aria-labelledby="erase-title">
        <h2 id="erase-title">${text.title}</h2>
        <p class="lead">${text.lead}</p>
        <form
          class="erase-ask"
          @submit=${(event: SubmitEvent) => {
            event.preventDefault()
            void this.#look(String(new FormData(event.target as HTMLFormElement).get('client')))
          }}
        >
          <label>
            <span>${text.client}</span>
            <input
              class="upload-field"
              name="client"
              required
              maxlength="300"
              autocomplete="off"
              .value=${this.#asked}
              aria-describedby="erase-hint"
            />
          </label>
          <button class="button" ?disabled=${this.busy}>${this.busy && !this.plan ? `${text.looking}…` : text.look}</button>
          <p id="erase-hint" class="hint">${text.clientHint}</p>
        </form>
        ${this.failure === null ? nothing : errorNote(this.failure, this.text)}
        ${this.plan === null ? nothing : this.#plan(this.plan)}
        ${
          this.done === null
            ? nothing
            : html`<div class="note erase-done" id="erase-done" tabindex="-1" role="status">
                <div><p class="note-title">${text.done(this.done.alias)}</p>${this.#counts(this.done.counts)}</div>
              </div>`
        }
      </section>
      <section class="data-part" aria-labelledby="retention-title">
        <h2 id="retention-title">${careText(this.language).retention.title}</h2>
        <p class="hint">${careText(this.language).retention.lead}</p>
        <vb-retention></vb-retention>
      </section>
      <section class="data-part" aria-labelledby="certificates-title">
        <h2 id="certificates-title">${text.certificates}</h2>
        ${this.#certificates()}
      </section>
    `
  }

  #plan(plan: ErasurePlan): TemplateResult {
    const { erase: text } = careText(this.language)
    return html`<div class="erase-plan" id="erase-plan" tabindex="-1">
      <h3>${text.willGo(plan.alias)}</h3>
      ${this.#counts(plan.counts)}
      ${plan.alike.length > 0 ? html`<p class="bad">${text.alike(plan.alike.join(', '))}</p>` : nothing}
      <p class="actions">
        <button type="button" class="button button-danger" ?disabled=${this.busy} @click=${() => void this.#erase(plan)}>
          ${this.busy ? `${text.erasing}…` : text.confirm(plan.alias)}
        </button>
        <button
          type="button"
          class="button"
          @click=${() => {
            this.plan = null
          }}
        >
          ${text.cancel}
        </button>
        <span class="hint">${text.sure}</span>
      </p>
    </div>`
  }

  #counts(counts: Readonly<Record<string, number>>): TemplateResult {
    const { erase: text } = careText(this.language)
    const { tables } = this.text.data
    const name = (place: string) =>
      text.places[place as keyof typeof text.places] ?? tables[place as keyof typeof tables] ?? place
    return html`<dl class="erase-counts">
      ${Object.entries(counts).map(
        ([place, n]) => html`<div><dt>${name(place)}</dt><dd>${formatNumber(n, this.language)}</dd></div>`,
      )}
    </dl>`
  }

  #certificates(): TemplateResult {
    const { erase: text } = careText(this.language)
    const { value, failure } = this.certificates
    if (failure !== null) return errorNote(failure, this.text, () => void this.certificates.load())
    if (value === null || value.length === 0) return html`<p class="hint">${text.noCertificates}</p>`
    return html`<div class="table-scroll" tabindex="0" role="region" aria-labelledby="certificates-title">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">${text.client}</th>
            <th scope="col">${text.when}</th>
            <th scope="col">${text.who}</th>
            <th scope="col">${text.what}</th>
            <th scope="col">${text.certificate}</th>
          </tr>
        </thead>
        <tbody>
          ${value.map(certificate => this.#certificate(certificate))}
        </tbody>
      </table>
    </div>`
  }

  #certificate({ id, alias, author, finishedAt, madeAt, counts }: ErasureCertificate): TemplateResult {
    const { erase: text } = careText(this.language)
    const removed = Object.values(counts).reduce((sum, n) => sum + n, 0)
    return html`<tr>
      <th scope="row">${formatNumber(alias, this.language)}</th>
      <td>
        ${formatMoment(finishedAt ?? madeAt, this.language)}
        ${finishedAt === null ? html`<span class="hint">${text.unfinished}</span>` : nothing}
      </td>
      <td>${author ?? '—'}</td>
      <td><details><summary>${text.rows(removed)}</summary>${this.#counts(counts)}</details></td>
      <td><a href="/api/erasures/${id}" download="certificate-${id}.json">${id.slice(0, 8)}</a></td>
    </tr>`
  }
}

define('vb-erase-client', EraseClient)
