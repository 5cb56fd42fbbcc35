/**
 * <vb-editions-page notebook-id>: the editions of a report, when they are made by themselves, and what was sent. The address
 * carries the report's inputs, which a new edition gets.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import {
  type DeliveryRecord,
  type EditionPage,
  formatMoment,
  type NotebookDocument,
} from '../../server/api/contract.ts'
import { ApiError, getNotebook } from '../api.ts'
import { getEditions, makeEdition, retryDelivery } from '../api-editions.ts'
import { editionsText } from '../text/editions.ts'
import './edition-list.ts'
import { define, WorkbenchElement } from './element.ts'
import { icon } from './icon.ts'
import { emptyNote, errorNote, loadingNote } from './message.ts'
import './schedule-list.ts'

export class EditionsPage extends WorkbenchElement {
  static override properties = {
    notebookId: { attribute: 'notebook-id' },
    notebook: { state: true },
    found: { state: true },
    failure: { state: true },
    making: { state: true },
    told: { state: true },
  }
  declare notebookId: string
  declare notebook: NotebookDocument | null
  declare found: EditionPage | null
  declare failure: unknown
  declare making: boolean
  declare told: string

  constructor() {
    super()
    this.notebookId = ''
    this.notebook = null
    this.found = null
    this.failure = null
    this.making = false
    this.told = ''
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('notebookId')) void this.#load()
  }

  async #load(): Promise<void> {
    const id = this.notebookId
    try {
      const [notebook, found] = await Promise.all([getNotebook(id), getEditions(id)])
      if (id !== this.notebookId) return
      this.notebook = notebook
      this.found = found
      this.failure = null
      const title = `${editionsText(this.language).title}: ${notebook.title}`
      this.dispatchEvent(new CustomEvent('vb-title', { detail: title, bubbles: true }))
    } catch (error) {
      if (id === this.notebookId) this.failure = error
    }
  }

  /** What stands is kept until the answer comes. */
  async #refresh(): Promise<void> {
    try {
      this.found = await getEditions(this.notebookId)
    } catch (error) {
      this.failure = error
    }
  }

  async #make(confirmed = false): Promise<void> {
    this.making = true
    this.failure = null
    try {
      const edition = await makeEdition({
        notebook: this.notebookId,
        values: this.#values,
        approve: false,
        confirmed,
      })
      this.told = editionsText(this.language).made(edition.number)
      await this.#refresh()
    } catch (error) {
      this.failure = error
    }
    this.making = false
  }

  get #values(): Record<string, string> {
    const query = new URLSearchParams(location.search)
    return Object.fromEntries(
      (this.notebook?.inputs ?? []).flatMap(({ name }) => {
        const value = query.get(name)
        return value === null ? [] : [[name, value]]
      }),
    )
  }

  protected override render(): TemplateResult {
    const words = editionsText(this.language)
    const { notebook, found } = this
    if (notebook === null || found === null)
      return html`<div class="page">
        <h1 class="visually-hidden">${words.title}</h1>
        ${this.failure === null ? loadingNote(this.text) : errorNote(this.failure, this.text, () => void this.#load())}
      </div>`
    const filters = Object.entries(this.#values).map(([name, value]) => `${name}: ${value}`)
    return html`<div class="page editions" @vb-changed=${() => void this.#refresh()}>
      <header class="page-head">
        <p><a href="/notebooks/${encodeURIComponent(notebook.id)}${location.search}">${notebook.title}</a></p>
        <h1>${words.title}</h1>
        <p class="lead">${words.lead}</p>
      </header>
      <div class="actions">
        <button type="button" class="button button-primary" ?disabled=${this.making} @click=${() => void this.#make()}>
          ${icon('copy')}${this.making ? `${words.making}…` : words.make}
        </button>
        ${filters.length > 0 ? html`<span class="hint">${words.withFilters(filters.join('; '))}</span>` : nothing}
      </div>
      <p class="visually-hidden" role="status">${this.told}</p>
      ${this.failure === null ? nothing : this.#fault()}
      ${
        found.editions.length === 0
          ? emptyNote(words.none, words.noneHint)
          : html`<vb-edition-list .editions=${found.editions} .channels=${found.channels}></vb-edition-list>`
      }
      <vb-schedule-list
        .notebook=${notebook.id}
        .values=${this.#values}
        .schedules=${found.schedules}
        .channels=${found.channels}
        .timeZone=${found.timeZone}
      ></vb-schedule-list>
      ${found.deliveries.length > 0 ? this.#deliveries(found.deliveries) : nothing}
    </div>`
  }

  /** Personal data on the page may be there on purpose: then its author says so. */
  #fault(): TemplateResult {
    const words = editionsText(this.language)
    const details = this.failure instanceof ApiError ? this.failure.shape.details : undefined
    return html`${errorNote(this.failure, this.text)}
    ${
      details?.exposure === undefined
        ? nothing
        : html`<button type="button" class="button" @click=${() => void this.#make(true)}>${words.makeAnyway}</button>`
    }`
  }

  #deliveries(deliveries: readonly DeliveryRecord[]): TemplateResult {
    const words = editionsText(this.language)
    return html`<section aria-labelledby="deliveries-title">
      <h2 id="deliveries-title">${words.deliveries}</h2>
      <div class="table-scroll" tabindex="0" role="region" aria-label=${words.deliveries}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">${words.recipient}</th>
              <th scope="col">${words.edition}</th>
              <th scope="col">${words.state}</th>
              <th scope="col"><span class="visually-hidden">${this.text.shares.list.actions}</span></th>
            </tr>
          </thead>
          <tbody>
            ${deliveries.map(
              delivery => html`<tr>
                <th scope="row">${delivery.to} <span class="hint">${words.channels[delivery.channel]}</span></th>
                <td>${delivery.number}</td>
                <td class="wrap">
                  ${words.deliveryStates[delivery.state]}${delivery.sentAt === null ? '' : `, ${formatMoment(delivery.sentAt, this.language)}`}
                  ${delivery.error === null ? nothing : html`<span class="hint">${words.tries(delivery.tries)}: ${delivery.error}</span>`}
                </td>
                <td>
                  ${
                    delivery.state === 'failed'
                      ? html`<button
                          type="button"
                          class="button"
                          @click=${async () => {
                            await retryDelivery(delivery.id).catch((error: unknown) => {
                              this.failure = error
                            })
                            await this.#refresh()
                          }}
                        >
                          ${words.retry}
                        </button>`
                      : nothing
                  }
                </td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </section>`
  }
}

define('vb-editions-page', EditionsPage)
