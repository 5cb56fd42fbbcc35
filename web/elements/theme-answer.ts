/**
 * <vb-theme-answer>: the answer for the site to a theme's question: what agents of won deals said, the editor's text, how
 * far it is, and what publishing changed. Fires `vb-saved` once something was written, so that the table asks anew.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import {
  conversationPath,
  type FaqDraft,
  type FaqEdit,
  type FaqStatus,
  formatPercent,
} from '../../server/api/contract.ts'
import { getDraft, makeFaqEdit } from '../api.ts'
import { renderQuote } from '../outputs/quote.ts'
import { define, WorkbenchElement } from './element.ts'
import { errorNote, loadingNote } from './message.ts'

const statuses = ['new', 'in_work', 'draft', 'published'] as const satisfies FaqStatus[]

export class ThemeAnswer extends WorkbenchElement {
  static override properties = {
    themeId: { attribute: false },
    revision: { attribute: false },
    draft: { state: true },
    failure: { state: true },
    saving: { state: true },
    question: { state: true },
    answer: { state: true },
  }
  declare themeId: string
  declare revision: number
  /** Null where the theme has none; undefined while it is asked for. */
  declare draft: FaqDraft | null | undefined
  declare failure: unknown
  declare saving: boolean
  /** What stands in the fields; null as long as nobody typed. */
  declare question: string | null
  declare answer: string | null
  #abort: AbortController | undefined

  constructor() {
    super()
    this.themeId = ''
    this.revision = 0
    this.draft = undefined
    this.failure = null
    this.saving = false
    this.question = null
    this.answer = null
  }

  override disconnectedCallback(): void {
    this.#abort?.abort()
    super.disconnectedCallback()
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('themeId')) {
      this.draft = undefined
      this.failure = null
      this.question = null
      this.answer = null
    }
    if (changed.has('themeId') || changed.has('revision')) void this.#load()
  }

  async #load(): Promise<void> {
    this.#abort?.abort()
    const abort = new AbortController()
    this.#abort = abort
    try {
      const draft = await getDraft(this.themeId, abort.signal)
      if (abort.signal.aborted) return
      this.draft = draft
      this.failure = null
    } catch (failure) {
      if (!abort.signal.aborted) this.failure = failure
    }
  }

  async #make(edit: FaqEdit): Promise<void> {
    this.saving = true
    try {
      await makeFaqEdit(edit)
      if (edit.action === 'write') {
        this.question = null
        this.answer = null
      }
      this.failure = null
      this.dispatchEvent(new CustomEvent('vb-saved'))
      await this.#load()
    } catch (failure) {
      this.failure = failure
    } finally {
      this.saving = false
    }
  }

  protected override render(): TemplateResult {
    const words = this.text.catalogue.answer
    const { draft } = this
    if (draft === null && this.failure === null) return html``
    return html`<section class="theme-answer" aria-labelledby="theme-answer-title">
      <h3 id="theme-answer-title">${words.title}</h3>
      ${this.failure === null ? nothing : errorNote(this.failure, this.text, () => void this.#load())}
      ${draft ? this.#content(draft) : this.failure === null ? loadingNote(this.text) : nothing}
    </section>`
  }

  #content(draft: FaqDraft): TemplateResult {
    const words = this.text.catalogue.answer
    const { answer, place } = draft
    const where =
      place === null
        ? words.noPages
        : place.near
          ? words.section(place.heading ?? place.url ?? '')
          : words.atEnd(place.url ?? '')
    return html`
      <p class="hint">${where}</p>
      ${
        answer === null
          ? html`<p class="hint">${words.nothingSaid}</p>`
          : html`<details class="theme-answer-said">
              <summary>${words.said(answer.variants.length)}</summary>
              ${answer.variants.map(
                variant => html`<p class="hint">${words.told(variant.clients)}</p>
                  ${variant.quotes.slice(0, 1).map(quote =>
                    renderQuote(quote, 'draft', {
                      language: this.language,
                      currency: '',
                      interactive: true,
                      linkTo: conversationPath,
                      inputChoice: () => null,
                      drawChart: () => nothing,
                    }),
                  )}`,
              )}
            </details>`
      }
      ${answer?.differs ? html`<p class="theme-answer-doubt">${words.differs}</p>` : nothing}
      ${this.#form(draft)} ${this.#effect(draft)}
    `
  }

  #form(draft: FaqDraft): TemplateResult {
    const words = this.text.catalogue.answer
    const { saved, theme } = draft
    const question = this.question ?? saved?.question ?? draft.question
    const answer = this.answer ?? saved?.answer ?? draft.suggestion
    const written = saved?.answer !== undefined && saved.answer !== null
    const changed = !written || question !== saved.question || answer !== saved.answer
    const fits = question.trim() !== '' && answer.trim() !== ''
    return html`<form
      @submit=${(event: SubmitEvent) => {
        event.preventDefault()
        void this.#make({ action: 'write', theme, question: question.trim(), answer: answer.trim() })
      }}
    >
      <label class="theme-answer-field">
        ${words.question}
        <input
          maxlength="300"
          .value=${question}
          @input=${(event: InputEvent) => {
            this.question = (event.target as HTMLInputElement).value
          }}
        />
      </label>
      <label class="theme-answer-field">
        ${words.answer}
        <textarea
          rows="3"
          maxlength="5000"
          .value=${answer}
          @input=${(event: InputEvent) => {
            this.answer = (event.target as HTMLTextAreaElement).value
          }}
        ></textarea>
      </label>
      <div class="actions">
        <button type="submit" class="button" ?disabled=${this.saving || !changed || !fits}>
          ${changed ? words.save : words.savedAlready}
        </button>
        <div class="field">
          <label for="theme-progress">${words.status}</label>
          <select
            id="theme-progress"
            ?disabled=${this.saving}
            @change=${(event: Event) =>
              void this.#make({
                action: 'status',
                theme,
                status: (event.target as HTMLSelectElement).value as FaqStatus,
              })}
          >
            ${statuses.map(
              name => html`<option
                value=${name}
                ?disabled=${name === 'published' && !written}
                .selected=${name === (saved?.status ?? 'new')}
              >${words.statuses[name]}</option>`,
            )}
          </select>
        </div>
      </div>
      ${saved === null ? nothing : html`<p class="hint">${words.changed(saved.changedAt, saved.author)}</p>`}
    </form>`
  }

  #effect({ saved, effect }: FaqDraft): TemplateResult | typeof nothing {
    const words = this.text.catalogue.answer
    if (saved?.status !== 'published' || saved.publishedAt === null) return nothing
    if (effect === null) return html`<p class="hint">${words.tooEarly(saved.publishedAt)}</p>`
    const share = ({ clients, of }: { clients: number; of: number }) =>
      formatPercent(clients / of, this.language)
    return html`<dl class="theme-facts theme-answer-effect">
      <div><dt>${words.before(effect.days)}</dt><dd>${share(effect.before)} <small>n = ${effect.before.of}</small></dd></div>
      <div><dt>${words.after(effect.days)}</dt><dd>${share(effect.after)} <small>n = ${effect.after.of}</small></dd></div>
      <div><dt>${words.outcome}</dt><dd>${effect.faded ? words.faded : words.same}</dd></div>
    </dl>`
  }
}

define('vb-theme-answer', ThemeAnswer)
