/**
 * <vb-cell-form>: the options of a cell as fields, out of its kind's own schema, beside the source of the same YAML. Tells
 * `vb-type` with the whole text. Loaded when the first cell with options is opened.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { Choice, InputSpec, KindSummary, Language, Table } from '../../server/api/contract.ts'
import { getChoices } from '../api-editing.ts'
import { fieldsOf, type OptionField } from '../state/option-fields.ts'
import { readOptions, writeOption } from '../state/yaml-options.ts'
import './chart-builder.ts'
import { drawField, type FieldParts } from './cell-form-field.ts'
import { define, WorkbenchElement } from './element.ts'

export class CellForm extends WorkbenchElement {
  static override properties = {
    kind: { attribute: false },
    body: { attribute: false },
    cells: { attribute: false },
    inputs: { attribute: false },
    tableOf: { attribute: false },
    currency: {},
  }
  declare kind: KindSummary
  declare body: string
  /** Names of the other cells. */
  declare cells: readonly string[]
  declare inputs: readonly InputSpec[]
  /** What a cell gave when it ran last, by name. */
  declare tableOf: (name: string) => Table | null
  declare currency: string

  #set(path: readonly string[], value: unknown): void {
    this.dispatchEvent(new CustomEvent('vb-type', { detail: writeOption(this.body, path, value) }))
  }

  protected override render(): TemplateResult {
    const text = this.text.editing.options
    const { values, problem } = readOptions(this.body)
    if (problem !== null)
      return html`<div class="cell-form" lang=${this.language}>
        <p class="hint" role="status">${text.unreadable}</p>
      </div>`
    const fields = fieldsOf(this.kind.schema)
    const deep = fields.flatMap(({ type, name }) =>
      type === 'source' ? [(text.names[name] ?? name).toLowerCase()] : [],
    )
    return html`<div class="cell-form" role="group" aria-label=${text.form} lang=${this.language}>
      ${fields.filter(({ type }) => type !== 'source').map(field => drawField(this.#parts(field, values[field.name])))}
      ${deep.length > 0 ? html`<p class="hint">${text.inSource(deep.join(', '))}</p>` : nothing}
      ${
        this.kind.kind === 'chart'
          ? html`<vb-chart-builder
              class="form-whole"
              .spec=${values}
              .table=${typeof values.data === 'string' ? this.tableOf(values.data) : null}
              .currency=${this.currency}
              @vb-set=${(event: CustomEvent<{ path: string[]; value: unknown }>) =>
                this.#set(event.detail.path, event.detail.value)}
            ></vb-chart-builder>`
          : nothing
      }
    </div>`
  }

  #parts(field: OptionField, value: unknown): FieldParts {
    return {
      field,
      value,
      inputs: this.inputs,
      choices: this.#choices(field),
      text: this.text.editing.options,
      set: next => this.#set([field.name], next),
    }
  }

  #choices(field: OptionField): readonly Choice[] {
    if (field.type === 'cell') return this.cells.map(name => ({ value: name, label: name }))
    const names = this.text.editing.options.values
    if (field.values.length > 0 || field.from === null)
      return field.values.map(value => ({ value, label: names[value] ?? value }))
    const key = `${field.from} ${this.language}`
    const known = choicesKnown.get(key)
    if (known) return known
    void loadChoices(key, field.from, this.language).then(() => this.requestUpdate())
    return []
  }
}

const choicesKnown = new Map<string, readonly Choice[]>()

/** Asked once as long as the page is open; what can't be read leaves a field without choices. */
async function loadChoices(key: string, from: string, language: Language): Promise<void> {
  choicesKnown.set(key, [])
  choicesKnown.set(key, await getChoices(from, language).catch(() => []))
}

define('vb-cell-form', CellForm)
