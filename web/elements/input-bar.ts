/**
 * <vb-input-bar>: a notebook's inputs, stuck to the top of the page while it scrolls. Fires `vb-change` with all values
 * as texts (see state/inputs.ts) when the reader changes one.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { InputSpec, InputValue } from '../../server/api/contract.ts'
import { defaultText, type InputTexts } from '../state/inputs.ts'
import './choice-field.ts'
import { define, WorkbenchElement } from './element.ts'
import './period-field.ts'

/** A longer list is a menu with a search. */
const NATIVE_CHOICES = 12

export class InputBar extends WorkbenchElement {
  static override properties = {
    specs: { attribute: false },
    choices: { attribute: false },
    values: { attribute: false },
    resolved: { attribute: false },
    invalid: { attribute: false },
  }
  declare specs: readonly InputSpec[]
  declare choices: Readonly<Record<string, { value: string; label: string }[]>>
  declare values: InputTexts
  /** What the values came to in the last run, by name. */
  declare resolved: Readonly<Record<string, InputValue>>
  declare invalid: { name: string; message: string } | null

  constructor() {
    super()
    this.specs = []
    this.choices = {}
    this.values = {}
    this.resolved = {}
    this.invalid = null
  }

  #set(name: string, text: string): void {
    this.dispatchEvent(
      new CustomEvent('vb-change', { detail: { ...this.values, [name]: text }, bubbles: true }),
    )
  }

  protected override render(): TemplateResult {
    const changed = this.specs.some(spec => this.#text(spec) !== defaultText(spec))
    return html`<form
      class="input-bar"
      aria-label=${this.text.notebook.inputs}
      @submit=${(event: Event) => event.preventDefault()}
    >
      ${this.specs.map(spec => this.#field(spec))}
      ${
        changed
          ? html`<button
              type="button"
              class="button-link"
              @click=${() => this.dispatchEvent(new CustomEvent('vb-change', { detail: {}, bubbles: true }))}
            >
              ${this.text.notebook.reset}
            </button>`
          : nothing
      }
    </form>`
  }

  #text(spec: InputSpec): string {
    return this.values[spec.name] ?? defaultText(spec)
  }

  #field(spec: InputSpec): TemplateResult {
    const text = this.#text(spec)
    const id = `input-${spec.name}`
    const set = (value: string) => this.#set(spec.name, value)
    const onText = (event: Event) => set((event.target as HTMLInputElement).value.trim())
    const wrong = this.invalid?.name === spec.name ? this.invalid.message : null
    const labelled = (control: TemplateResult) => html`<div class="field">
      <label for=${id}>${spec.label}</label>${control}
      ${wrong === null ? nothing : html`<p class="field-error" id="${id}-error">${wrong}</p>`}
    </div>`
    switch (spec.type) {
      case 'period':
        return html`<vb-period-field
          .spec=${spec}
          .value=${text}
          .resolved=${this.resolved[spec.name]}
          @vb-pick=${(event: CustomEvent<string>) => set(event.detail)}
        ></vb-period-field>`
      case 'select': {
        const choices = this.choices[spec.name] ?? []
        if (spec.multiple || choices.length > NATIVE_CHOICES)
          return html`<vb-choice-field
            .spec=${spec}
            .value=${text}
            .choices=${choices}
            @vb-pick=${(event: CustomEvent<string>) => set(event.detail)}
          ></vb-choice-field>`
        return labelled(html`<select id=${id} @change=${onText}>
          ${text === '' || defaultText(spec) === '' ? html`<option value="" .selected=${text === ''}>${this.text.inputs.all}</option>` : nothing}
          ${choices.map(
            choice =>
              html`<option value=${choice.value} .selected=${choice.value === text}>${choice.label}</option>`,
          )}
        </select>`)
      }
      case 'number':
        return labelled(html`<input
          id=${id}
          class="field-number"
          inputmode="decimal"
          .value=${text}
          aria-invalid=${wrong === null ? nothing : 'true'}
          aria-describedby=${wrong === null ? nothing : `${id}-error`}
          @change=${onText}
        />`)
      case 'flag':
        return html`<label class="field field-flag">
          <input
            type="checkbox"
            .checked=${/^(?:true|1|yes|да)$/i.test(text)}
            @change=${(event: Event) => set(String((event.target as HTMLInputElement).checked))}
          />
          ${spec.label}
        </label>`
      case 'text':
        return labelled(html`<input id=${id} .value=${text} @change=${onText} />`)
    }
  }
}

define('vb-input-bar', InputBar)
