/**
 * <vb-theme-quotes>: a theme's mentions as quotes, the most central first, searched and unfolded by the hundred. Fires
 * `vb-move` with a mention; while `splitting`, mentions are ticked and named: `vb-split` with the part, or `vb-cancel`.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { conversationPath, type MentionRef, type ThemeMention } from '../../server/api/contract.ts'
import { getMentions } from '../api.ts'
import { renderQuote } from '../outputs/quote.ts'
import type { Kind } from '../state/catalogue.ts'
import { define, WorkbenchElement } from './element.ts'
import { errorNote, loadingNote } from './message.ts'

export interface PartOfTheme {
  label: string
  mentions: MentionRef[]
}

const PAGE = 50
const PAUSE_MS = 200
/** From so many quotes on it is worth searching among them. */
const SEARCH_FROM = 8

export class ThemeQuotes extends WorkbenchElement {
  static override properties = {
    themeId: { attribute: false },
    kind: { attribute: false },
    total: { attribute: false },
    revision: { attribute: false },
    splitting: { attribute: false },
    mentions: { state: true },
    complete: { state: true },
    failure: { state: true },
    ticked: { state: true },
  }
  declare themeId: string
  declare kind: Kind
  /** Mentions in all, where known. */
  declare total: number | null
  declare revision: number
  declare splitting: boolean
  declare mentions: ThemeMention[] | null
  /** Whether there are no more than these. */
  declare complete: boolean
  declare failure: unknown
  /** By their place. */
  declare ticked: ReadonlyMap<string, MentionRef>
  #search = ''
  #timer: ReturnType<typeof setTimeout> | undefined
  #abort: AbortController | undefined

  constructor() {
    super()
    this.themeId = ''
    this.kind = 'question'
    this.total = null
    this.revision = 0
    this.splitting = false
    this.mentions = null
    this.complete = true
    this.failure = null
    this.ticked = new Map()
  }

  override disconnectedCallback(): void {
    clearTimeout(this.#timer)
    this.#abort?.abort()
    super.disconnectedCallback()
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('themeId')) {
      this.mentions = null
      this.#search = ''
    }
    if (changed.has('themeId') || changed.has('splitting')) this.ticked = new Map()
    if (changed.has('themeId') || changed.has('revision')) void this.#load(0)
  }

  async #load(offset: number): Promise<void> {
    this.#abort?.abort()
    const abort = new AbortController()
    this.#abort = abort
    try {
      const page = { search: this.#search, limit: PAGE, offset }
      const found = await getMentions(this.themeId, page, abort.signal)
      if (abort.signal.aborted) return
      this.mentions = offset === 0 ? found : [...(this.mentions ?? []), ...found]
      this.complete = found.length < PAGE
      this.failure = null
    } catch (failure) {
      if (!abort.signal.aborted) this.failure = failure
    }
  }

  #tick(mentions: readonly ThemeMention[], on: boolean): void {
    const ticked = new Map(this.ticked)
    for (const { ref } of mentions) {
      const { client_id, conversation_id, n, from } = ref
      if (on) ticked.set(placeOf(ref), { client_id, conversation_id, n, from })
      else ticked.delete(placeOf(ref))
    }
    this.ticked = ticked
  }

  protected override render(): TemplateResult {
    const { panel } = this.text.catalogue
    const { mentions } = this
    const waits = this.themeId.startsWith('waiting-')
    const long = (this.total ?? mentions?.length ?? 0) >= SEARCH_FROM || this.#search !== ''
    return html`<section class="theme-quotes">
      ${
        this.splitting
          ? html`<div class="split-head">
              <h3 tabindex="-1">${panel.splitTitle}</h3>
              <p class="hint">${panel.splitHint}</p>
            </div>`
          : html`<h3>${panel.quotes(this.total ?? mentions?.length ?? 0)}</h3>`
      }
      ${
        long
          ? html`<input
              type="search"
              class="choice-search"
              placeholder=${panel.search}
              aria-label=${panel.search}
              .value=${this.#search}
              @input=${(event: Event) => {
                this.#search = (event.target as HTMLInputElement).value.trim()
                clearTimeout(this.#timer)
                this.#timer = setTimeout(() => void this.#load(0), PAUSE_MS)
              }}
            />`
          : nothing
      }
      ${this.failure !== null ? errorNote(this.failure, this.text, () => void this.#load(0)) : nothing}
      ${mentions === null && this.failure === null ? loadingNote(this.text) : nothing}
      ${mentions?.length === 0 ? html`<p class="hint">${waits && this.#search === '' ? panel.noWaiting : panel.noQuotes}</p>` : nothing}
      ${this.splitting && mentions ? this.#tickAll(mentions) : nothing}
      <ul class="quote-list">
        ${mentions?.map(mention => this.#quote(mention, waits))}
      </ul>
      ${
        mentions === null || this.complete
          ? nothing
          : html`<button type="button" class="button quote-more" @click=${() => void this.#load(mentions.length)}>
              ${panel.more}
            </button>`
      }
      ${this.splitting ? this.#part() : nothing}
    </section>`
  }

  #tickAll(mentions: readonly ThemeMention[]): TemplateResult {
    const { panel } = this.text.catalogue
    return html`<p class="actions">
      <button type="button" class="button-link" @click=${() => this.#tick(mentions, true)}>${panel.tickAll}</button>
      ${
        this.ticked.size > 0
          ? html`<button
              type="button"
              class="button-link"
              @click=${() => {
                this.ticked = new Map()
              }}
            >
              ${panel.untickAll}
            </button>`
          : nothing
      }
    </p>`
  }

  #quote(mention: ThemeMention, waits: boolean): TemplateResult {
    const { panel } = this.text.catalogue
    const { language } = this
    const quote = renderQuote(mention, this.kind, {
      language,
      currency: '',
      interactive: true,
      linkTo: conversationPath,
      inputChoice: () => null,
      drawChart: () => nothing,
    })
    if (this.splitting)
      return html`<li class="quote-tick">
        <input
          type="checkbox"
          aria-label=${panel.tick(mention.text.trim())}
          .checked=${this.ticked.has(placeOf(mention.ref))}
          @change=${(event: Event) => this.#tick([mention], (event.target as HTMLInputElement).checked)}
        />
        ${quote}
      </li>`
    return html`<li>
      ${quote}
      <button
        type="button"
        class="button-link quote-move"
        aria-label="${waits ? panel.place : panel.move} ${mention.text.trim()}"
        @click=${() => this.dispatchEvent(new CustomEvent('vb-move', { detail: mention }))}
      >
        ${waits ? panel.place : panel.move}
      </button>
    </li>`
  }

  #part(): TemplateResult {
    const { panel } = this.text.catalogue
    return html`<form
      class="split-part"
      @submit=${(event: SubmitEvent) => {
        event.preventDefault()
        const label = String(new FormData(event.target as HTMLFormElement).get('label')).trim()
        const detail: PartOfTheme = { label, mentions: [...this.ticked.values()] }
        if (label !== '') this.dispatchEvent(new CustomEvent('vb-split', { detail }))
      }}
    >
      <label for="split-label">${panel.part}</label>
      <input id="split-label" name="label" class="choice-search" required maxlength="200" />
      <div class="actions">
        <button type="submit" class="button button-primary" ?disabled=${this.ticked.size === 0}>
          ${panel.doSplit(this.ticked.size)}
        </button>
        <button type="button" class="button" @click=${() => this.dispatchEvent(new CustomEvent('vb-cancel'))}>
          ${panel.cancel}
        </button>
      </div>
    </form>`
  }
}

const placeOf = (ref: MentionRef) => JSON.stringify([ref.client_id, ref.conversation_id, ref.n, ref.from])

define('vb-theme-quotes', ThemeQuotes)
