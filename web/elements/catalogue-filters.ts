/** <vb-catalogue-filters>: what narrows and orders the table. Fires `vb-change` with what of the view changes. */
import { html, nothing, type TemplateResult } from 'lit'
import { wordsOf } from '../outputs/words.ts'
import {
  type CatalogueView,
  faqStates,
  isFiltered,
  type Sort,
  sorts,
  statuses,
  topics,
} from '../state/catalogue.ts'
import { define, WorkbenchElement } from './element.ts'

/** Until the reader has stopped typing. */
const PAUSE_MS = 200

export class CatalogueFilters extends WorkbenchElement {
  static override properties = {
    view: { attribute: false },
    total: { attribute: false },
    of: { attribute: false },
  }
  declare view: CatalogueView
  /** Themes that the filters leave; null while they are counted. */
  declare total: number | null
  /** Themes without filters. */
  declare of: number | null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super()
    this.total = null
    this.of = null
  }

  override disconnectedCallback(): void {
    clearTimeout(this.#timer)
    super.disconnectedCallback()
  }

  #change(change: Partial<CatalogueView>): void {
    clearTimeout(this.#timer)
    this.dispatchEvent(new CustomEvent('vb-change', { detail: change }))
  }

  protected override render(): TemplateResult {
    const { view } = this
    const text = this.text.catalogue
    const words: Record<string, string> = wordsOf(this.language).topics
    return html`<form
        class="catalogue-filters"
        role="search"
        @submit=${(event: Event) => {
          event.preventDefault()
          this.#change({ search: this.querySelector('input')!.value.trim() })
        }}
      >
        <input
          type="search"
          class="choice-search"
          placeholder=${text.search}
          aria-label=${text.search}
          .value=${view.search}
          @input=${(event: Event) => {
            const search = (event.target as HTMLInputElement).value.trim()
            clearTimeout(this.#timer)
            this.#timer = setTimeout(() => this.#change({ search }), PAUSE_MS)
          }}
        />
        ${this.#select('topic', text.topic, topics, view.topic, value => words[value] ?? value)}
        ${this.#select('status', text.status, statuses, view.status, value => text.statuses[value])}
        ${
          view.kind === 'question'
            ? this.#select('faq', text.faq, faqStates, view.faq, value => text.faqStates[value])
            : nothing
        }
      </form>
      <div class="catalogue-count">
        <p role="status">
          ${this.#count()}
          ${
            isFiltered(view)
              ? html`<button
                  type="button"
                  class="button-link"
                  @click=${() =>
                    this.#change({ topic: null, status: null, faq: null, search: '', hidden: false })}
                >
                  ${text.reset}
                </button>`
              : nothing
          }
        </p>
        <div class="field">
          <label for="catalogue-sort">${text.order}</label>
          <select
            id="catalogue-sort"
            @change=${(event: Event) =>
              this.#change({ sort: (event.target as HTMLSelectElement).value as Sort, reverse: false })}
          >
            ${sorts.map(sort => html`<option value=${sort} .selected=${sort === view.sort}>${text.orders[sort]}</option>`)}
          </select>
        </div>
        <label class="field field-flag">
          <input
            type="checkbox"
            .checked=${view.hidden}
            @change=${(event: Event) => this.#change({ hidden: (event.target as HTMLInputElement).checked })}
          />
          ${text.hidden}
        </label>
      </div>`
  }

  #count(): unknown {
    const { found, foundOf } = this.text.catalogue
    if (this.total === null) return html`&nbsp;`
    return this.of === null || this.of === this.total ? found(this.total) : foundOf(this.total, this.of)
  }

  #select<T extends string>(
    name: 'topic' | 'status' | 'faq',
    label: string,
    values: readonly T[],
    chosen: string | null,
    words: (value: T) => string,
  ): TemplateResult {
    return html`<div class="field">
      <label for="catalogue-${name}">${label}</label>
      <select
        id="catalogue-${name}"
        @change=${(event: Event) => this.#change({ [name]: (event.target as HTMLSelectElement).value || null })}
      >
        <option value="" .selected=${chosen === null}>${this.text.catalogue.any}</option>
        ${values.map(
          value => html`<option value=${value} .selected=${value === chosen}>${words(value)}</option>`,
        )}
      </select>
    </div>`
  }
}

define('vb-catalogue-filters', CatalogueFilters)
