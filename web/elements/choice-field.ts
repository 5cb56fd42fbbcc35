/** <vb-choice-field>: one or several of a list, with a search when the list is long. Fires `vb-pick` with its text. */
import { html, nothing, type TemplateResult } from 'lit'
import type { InputSpec } from '../../server/api/contract.ts'
import { splitChoice } from '../state/inputs.ts'
import { define, WorkbenchElement } from './element.ts'
import { icon } from './icon.ts'

const SEARCH_FROM = 9

export class ChoiceField extends WorkbenchElement {
  static override properties = {
    spec: { attribute: false },
    value: { attribute: false },
    choices: { attribute: false },
    sought: { state: true },
  }
  declare spec: InputSpec
  declare value: string
  declare choices: readonly { value: string; label: string }[]
  declare sought: string

  constructor() {
    super()
    this.value = ''
    this.choices = []
    this.sought = ''
  }

  protected override render(): TemplateResult {
    const id = `input-${this.spec.name}`
    const words = this.text.inputs
    const chosen = new Set(splitChoice(this.value))
    const sought = this.sought.trim().toLowerCase()
    const found = this.choices.filter(choice => choice.label.toLowerCase().includes(sought))
    return html`<div class="field">
      <span class="field-label" id="${id}-label">${this.spec.label}</span>
      <button
        type="button"
        class="field-button"
        id=${id}
        popovertarget="${id}-menu"
        aria-haspopup="dialog"
        aria-labelledby="${id}-label ${id}"
      >
        <span>${this.#summary(chosen)}</span>${icon('down')}
      </button>
      <div
        id="${id}-menu"
        class="menu choice-menu"
        popover
        role="dialog"
        aria-labelledby="${id}-label"
        @toggle=${(event: ToggleEvent) => {
          if (event.newState === 'closed') this.sought = ''
        }}
      >
        ${
          this.choices.length >= SEARCH_FROM
            ? html`<input
                type="search"
                class="choice-search"
                placeholder=${words.search}
                aria-label=${words.search}
                .value=${this.sought}
                @input=${(event: Event) => {
                  this.sought = (event.target as HTMLInputElement).value
                }}
              />`
            : nothing
        }
        <div class="choice-list" role="group" aria-labelledby="${id}-label">
          ${found.map(choice => this.#option(choice, chosen))}
          ${found.length === 0 ? html`<p class="hint">${words.nothing}</p>` : nothing}
        </div>
        ${
          chosen.size > 0
            ? html`<button type="button" class="button-link" @click=${() => this.#pick('')}>${words.clear}</button>`
            : nothing
        }
      </div>
    </div>`
  }

  #summary(chosen: ReadonlySet<string>): string {
    const words = this.text.inputs
    if (chosen.size === 0) return words.all
    if (chosen.size > 2) return words.chosen(chosen.size)
    const label = (value: string) => this.choices.find(choice => choice.value === value)?.label ?? value
    return [...chosen].map(label).join(', ')
  }

  #option(choice: { value: string; label: string }, chosen: ReadonlySet<string>): TemplateResult {
    const { multiple, name } = this.spec
    return html`<label class="menu-item">
      <input
        type=${multiple ? 'checkbox' : 'radio'}
        name="choice-${name}"
        .checked=${chosen.has(choice.value)}
        @change=${(event: Event) => {
          const { checked } = event.target as HTMLInputElement
          if (!multiple) return this.#pick(choice.value)
          const next = new Set(chosen)
          if (checked) next.add(choice.value)
          else next.delete(choice.value)
          // In the order of the list, so that the same choice is the same text.
          const kept = [...next].filter(value => !this.choices.some(known => known.value === value))
          const listed = this.choices.map(known => known.value).filter(value => next.has(value))
          this.#pick([...listed, ...kept].join(','))
        }}
      />
      ${choice.label}
    </label>`
  }

  #pick(text: string): void {
    this.dispatchEvent(new CustomEvent('vb-pick', { detail: text }))
  }
}

define('vb-choice-field', ChoiceField)
