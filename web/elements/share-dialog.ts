/**
 * <vb-share-dialog .notebook .query>: the dialog that makes a link: what will be seen, what kind of link, until when, under
 * which password; then the link, which is shown this once.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { Exposure, NotebookDocument, ShareMade } from '../../server/api/contract.ts'
import { createShare, previewShare } from '../api.ts'
import { define, WorkbenchElement } from './element.ts'
import { icon } from './icon.ts'
import { errorNote } from './message.ts'
import { shareExposure } from './share-exposure.ts'

const LIFETIMES = ['1d', '7d', '30d', '90d', '365d', 'never'] as const
const MODES = ['frozen', 'live', 'edition'] as const
const READER_INPUTS = ['locked', 'hidden', 'open'] as const
const SHORTEST_PASSWORD = 8

export class ShareDialog extends WorkbenchElement {
  static override properties = {
    notebook: { attribute: false },
    query: { attribute: false },
    exposure: { state: true },
    failure: { state: true },
    busy: { state: true },
    made: { state: true },
    confirmed: { state: true },
    mode: { state: true },
    readerInputs: { state: true },
    copied: { state: true },
  }
  declare notebook: NotebookDocument
  /** Inputs as in the address, without `?`. */
  declare query: string
  declare exposure: Exposure | null
  declare failure: unknown
  declare busy: boolean
  declare made: ShareMade | null
  declare confirmed: boolean
  declare mode: (typeof MODES)[number]
  declare readerInputs: (typeof READER_INPUTS)[number]
  declare copied: boolean

  constructor() {
    super()
    this.query = ''
    this.#reset()
  }

  #reset(): void {
    this.exposure = null
    this.failure = null
    this.busy = false
    this.made = null
    this.confirmed = false
    this.mode = 'frozen'
    this.readerInputs = 'locked'
    this.copied = false
  }

  get #values(): Record<string, string> {
    return Object.fromEntries(new URLSearchParams(this.query))
  }

  /** Only a live report can be asked with other filters. */
  get #readerInputs(): (typeof READER_INPUTS)[number] {
    return this.readerInputs === 'open' && this.mode !== 'live' ? 'locked' : this.readerInputs
  }

  /** The page that readers would see, as the form stands. */
  get #asReader(): string {
    const query = new URLSearchParams(this.query)
    query.set('_inputs', this.#readerInputs)
    return `/api/notebooks/${encodeURIComponent(this.notebook.id)}/as-reader?${query}`
  }

  get #dialog(): HTMLDialogElement {
    return this.querySelector('dialog')!
  }

  /** Shows the dialog, afresh. */
  open(): void {
    this.#reset()
    this.#dialog.showModal()
    void this.#measure()
  }

  async #measure(): Promise<void> {
    this.failure = null
    try {
      this.exposure = await previewShare({ notebook: this.notebook.id, values: this.#values })
    } catch (error) {
      this.failure = error
    }
  }

  async #create(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const form = new FormData(event.target as HTMLFormElement)
    const password = String(form.get('password') ?? '')
    this.busy = true
    this.failure = null
    try {
      this.made = await createShare({
        notebook: this.notebook.id,
        values: this.#values,
        mode: MODES.find(mode => mode === form.get('mode')) ?? 'frozen',
        expires: String(form.get('expires')),
        password: password === '' ? null : password,
        confirmed: this.confirmed,
        downloads: form.get('downloads') !== null,
        readerInputs: this.#readerInputs,
      })
    } catch (error) {
      this.failure = error
    }
    this.busy = false
    await this.updateComplete
    this.querySelector<HTMLInputElement>('.share-link input')?.select()
  }

  async #copy(address: string): Promise<void> {
    await navigator.clipboard.writeText(address).catch(() => {
      this.querySelector<HTMLInputElement>('.share-link input')?.select()
    })
    this.copied = true
  }

  protected override render(): TemplateResult {
    const { dialog: words } = this.text.shares
    return html`
      <dialog class="dialog" aria-labelledby="share-title">
        <header class="dialog-head">
          <h2 id="share-title">${words.title(this.notebook.title)}</h2>
          <button
            type="button"
            class="button-icon"
            title=${words.close}
            aria-label=${words.close}
            @click=${() => this.#dialog.close()}
          >
            ${icon('close')}
          </button>
        </header>
        ${this.made ? this.#link(this.made) : this.#form()}
      </dialog>
    `
  }

  #form(): TemplateResult {
    const { dialog: words } = this.text.shares
    const { exposure } = this
    const raw = exposure !== null && Object.keys(exposure.raw).length > 0
    return html`<form class="share-form" @submit=${(event: SubmitEvent) => void this.#create(event)}>
      <section aria-busy=${String(exposure === null && this.failure === null)}>
        <h3>${words.exposure}</h3>
        ${
          exposure
            ? shareExposure(exposure, this.text)
            : this.failure === null
              ? html`<p class="hint" role="status">${words.measuring}…</p>`
              : nothing
        }
        ${
          raw
            ? html`<label class="share-confirm">
                <input
                  type="checkbox"
                  .checked=${this.confirmed}
                  @change=${(event: Event) => {
                    this.confirmed = (event.target as HTMLInputElement).checked
                  }}
                />
                ${words.confirm}
              </label>`
            : nothing
        }
        <p><a class="share-as" href=${this.#asReader} target="_blank" rel="noreferrer">${icon('open')}${words.asReader}</a></p>
      </section>
      <fieldset>
        <legend>${words.mode}</legend>
        ${MODES.map(
          mode => html`<label class="share-mode">
            <input
              type="radio"
              name="mode"
              value=${mode}
              .checked=${mode === this.mode}
              @change=${() => {
                this.mode = mode
              }}
            />
            <span>${words.modes[mode]}<span class="hint">${words.modeHints[mode]}</span></span>
          </label>`,
        )}
      </fieldset>
      ${this.notebook.inputs.length > 0 && this.mode !== 'edition' ? this.#inputs() : nothing}
      <label class="share-mode">
        <input type="checkbox" name="downloads" />
        <span>${words.downloads}<span class="hint">${words.downloadsHint}</span></span>
      </label>
      <div class="share-fields">
        <label>
          <span>${words.expires}</span>
          <select class="upload-field" name="expires">
            ${LIFETIMES.map(
              lifetime =>
                html`<option value=${lifetime} ?selected=${lifetime === '30d'}>${words.lifetimes[lifetime]}</option>`,
            )}
          </select>
        </label>
        <label>
          <span>${words.password}</span>
          <input
            class="upload-field"
            name="password"
            type="text"
            minlength=${SHORTEST_PASSWORD}
            maxlength="200"
            autocomplete="off"
            spellcheck="false"
            aria-describedby="share-password-hint"
          />
        </label>
        <p id="share-password-hint" class="hint">${words.passwordHint}</p>
      </div>
      ${
        this.failure === null
          ? nothing
          : errorNote(this.failure, this.text, exposure ? undefined : () => void this.#measure())
      }
      <div class="dialog-actions">
        <button class="button button-primary" ?disabled=${this.busy || exposure === null || (raw && !this.confirmed)}>
          ${this.busy ? `${words.creating}…` : words.create}
        </button>
        <a class="share-all" href="/links" @click=${() => this.#dialog.close()}>${words.toLinks}</a>
      </div>
    </form>`
  }

  #inputs(): TemplateResult {
    const { dialog: words } = this.text.shares
    return html`<fieldset>
      <legend>${words.inputs}</legend>
      ${READER_INPUTS.map(
        how => html`<label class="share-mode">
          <input
            type="radio"
            name="readerInputs"
            value=${how}
            .checked=${how === this.#readerInputs}
            ?disabled=${how === 'open' && this.mode !== 'live'}
            @change=${() => {
              this.readerInputs = how
            }}
          />
          <span>${words.inputModes[how]}<span class="hint">${words.inputHints[how]}</span></span>
        </label>`,
      )}
    </fieldset>`
  }

  #link({ path }: ShareMade): TemplateResult {
    const { dialog: words } = this.text.shares
    const address = new URL(path, location.origin).href
    return html`<div class="share-form">
      <section>
        <h3 role="status">${words.made}</h3>
        <p>${words.once}</p>
        <div class="share-link">
          <input class="upload-field" readonly aria-label=${words.link} .value=${address} />
          <button type="button" class="button button-primary" @click=${() => void this.#copy(address)}>
            ${icon(this.copied ? 'check' : 'copy')}${this.copied ? words.copied : words.copy}
          </button>
        </div>
      </section>
      <div class="dialog-actions">
        <a class="button" href=${path} target="_blank" rel="noreferrer">${icon('open')}${words.open}</a>
        <a class="share-all" href="/links" @click=${() => this.#dialog.close()}>${words.toLinks}</a>
      </div>
    </div>`
  }
}

define('vb-share-dialog', ShareDialog)
