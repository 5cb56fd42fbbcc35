/** One option of a cell as a labelled field. What it is set to comes as `set(value)`; undefined takes the option out. */
import { html, nothing, type TemplateResult } from 'lit'
import type { Choice, InputSpec } from '../../server/api/contract.ts'
import type { OptionField } from '../state/option-fields.ts'
import type { AppText } from '../text/text.ts'

export interface FieldParts {
  field: OptionField
  value: unknown
  inputs: readonly InputSpec[]
  choices: readonly Choice[]
  text: AppText['editing']['options']
  set(value: unknown): void
}

/** Inputs whose value an option of a type can take. */
const FITTING: Record<OptionField['type'], readonly InputSpec['type'][]> = {
  period: ['period'],
  choice: ['select', 'text'],
  list: ['select', 'text'],
  number: ['number'],
  flag: ['flag'],
  text: ['text', 'select', 'number'],
  cell: [],
  source: [],
}

export function drawField(parts: FieldParts): TemplateResult | typeof nothing {
  const { field, text } = parts
  const label = text.names[field.name] ?? field.name
  if (field.type === 'source') return nothing
  if (field.type === 'list') return listField(parts, label)
  const control = {
    period: periodControl,
    choice: choiceControl,
    cell: choiceControl,
    flag: choiceControl,
    number: textControl,
    text: textControl,
  }[field.type](parts)
  return html`<label class="form-field"><span>${label}</span>${control}</label>`
}

const fitting = ({ field, inputs }: FieldParts) =>
  inputs
    .filter(({ type }) => FITTING[field.type].includes(type))
    .map(({ name, label }) => ({ value: `:${name}`, label }))

/** What stands when nothing is set, in the reader's words. */
function usual({ field, text, choices }: FieldParts): string {
  const value = field.default
  if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0))
    return text.notSet
  if (typeof value === 'boolean') return text.usual(value ? text.yes : text.no)
  const name = (each: unknown) => choices.find(choice => choice.value === each)?.label ?? String(each)
  return typeof value === 'object' && !Array.isArray(value)
    ? text.notSet
    : text.usual([value].flat().map(name).join(', '))
}

function select(parts: FieldParts, options: readonly Choice[], value: string, set: (value: string) => void) {
  const { text, field } = parts
  const inputs = fitting(parts)
  const known = [...options, ...inputs].some(choice => choice.value === value)
  const option = (choice: Choice) =>
    html`<option value=${choice.value} .selected=${choice.value === value}>${choice.label}</option>`
  return html`<select
    ?required=${field.required}
    @change=${(event: Event) => set((event.target as HTMLSelectElement).value)}
  >
    ${field.required && value !== '' ? nothing : html`<option value="" .selected=${value === ''}>${usual(parts)}</option>`}
    ${known || value === '' ? nothing : option({ value, label: value })} ${options.map(option)}
    ${
      inputs.length > 0
        ? html`<optgroup label=${text.filters}>
            ${inputs.map(input => option({ ...input, label: `${input.label} (${input.value})` }))}
          </optgroup>`
        : nothing
    }
  </select>`
}

function choiceControl(parts: FieldParts): TemplateResult {
  const { field, value, choices, text, set } = parts
  const flag = field.type === 'flag'
  const options = flag
    ? [
        { value: 'true', label: text.yes },
        { value: 'false', label: text.no },
      ]
    : choices
  const written = value === undefined || value === null ? '' : String(value)
  return html`${select(parts, options, written, next =>
    set(next === '' ? undefined : flag && !next.startsWith(':') ? next === 'true' : next),
  )}${field.type === 'cell' && options.length === 0 ? html`<span class="hint">${text.noCells}</span>` : nothing}`
}

function periodControl(parts: FieldParts): TemplateResult {
  const { value, text, set } = parts
  const days = typeof value === 'object' && value !== null ? (value as { from?: string; to?: string }) : null
  const day = (end: 'from' | 'to', words: string) => html`<input
    type="date"
    aria-label=${words}
    .value=${String(days?.[end] ?? '')}
    @change=${(event: Event) => {
      const { value: chosen } = event.target as HTMLInputElement
      if (chosen !== '') set({ ...days, [end]: chosen })
    }}
  />`
  const today = new Date().toISOString().slice(0, 10)
  return html`${select(
    parts,
    [{ value: '*days', label: text.days }],
    days ? '*days' : typeof value === 'string' ? value : '',
    next =>
      set(
        next === '' ? undefined : next === '*days' ? { from: `${today.slice(0, 4)}-01-01`, to: today } : next,
      ),
  )}
  ${days ? html`<span class="form-days">${day('from', text.from)}${day('to', text.to)}</span>` : nothing}`
}

function textControl(parts: FieldParts): TemplateResult {
  const { field, value, set } = parts
  const inputs = fitting(parts)
  const id = `inputs-${field.name}`
  const bounds = field.min !== null && field.max !== null ? `${field.min} – ${field.max}` : ''
  return html`<input
      type="text"
      inputmode=${field.type === 'number' ? 'decimal' : 'text'}
      autocomplete="off"
      placeholder=${usual(parts)}
      title=${bounds || nothing}
      list=${inputs.length > 0 ? id : nothing}
      .value=${value === undefined || value === null ? '' : String(value)}
      @change=${(event: Event) => set(readValue((event.target as HTMLInputElement).value.trim(), field))}
    />
    ${inputs.length > 0 ? html`<datalist id=${id}>${inputs.map(input => html`<option value=${input.value}>${input.label}</option>`)}</datalist>` : nothing}`
}

/** Several: boxes to tick where it is known what there is, else words with commas. */
function listField(parts: FieldParts, label: string): TemplateResult {
  const { field, value, choices, text, set } = parts
  const chosen = new Set([value ?? []].flat().map(String))
  const inputs = fitting(parts)
  if (choices.length === 0 && inputs.length === 0)
    return html`<label class="form-field"
      ><span>${label}</span
      ><input
        type="text"
        autocomplete="off"
        placeholder=${text.several}
        .value=${[...chosen].join(', ')}
        @change=${(event: Event) => {
          const words = (event.target as HTMLInputElement).value.split(',').map(word => word.trim())
          set(orNone(words.filter(Boolean)))
        }}
    /></label>`
  const all = [
    ...choices,
    ...[...chosen].filter(known => !isAmong(known, [...choices, ...inputs])).map(toChoice),
  ]
  const names = [...all, ...inputs].filter(choice => chosen.has(choice.value)).map(choice => choice.label)
  const box = (choice: Choice, isInput: boolean) => html`<label>
    <input
      type="checkbox"
      .checked=${chosen.has(choice.value)}
      ?disabled=${!isInput && !chosen.has(choice.value) && field.max !== null && chosen.size >= field.max}
      @change=${(event: Event) => {
        const on = (event.target as HTMLInputElement).checked
        // An input stands for the whole list.
        if (isInput) return set(on ? choice.value : undefined)
        const kept = [...chosen].filter(known => known !== choice.value && !known.startsWith(':'))
        set(orNone(on ? [...kept, choice.value] : kept))
      }}
    />
    ${choice.label}
  </label>`
  return html`<details class="form-field form-list">
    <summary><span>${label}</span><span class="form-chosen">${names.join(', ') || usual(parts)}</span></summary>
    <fieldset aria-label=${label}>
      ${inputs.map(input => box({ ...input, label: `${input.label} (${input.value})` }, true))}
      ${all.map(choice => box(choice, false))}
    </fieldset>
  </details>`
}

const toChoice = (value: string): Choice => ({ value, label: value })
const isAmong = (value: string, choices: readonly Choice[]) => choices.some(choice => choice.value === value)
const orNone = (values: string[]) => (values.length === 0 ? undefined : values)

function readValue(written: string, field: OptionField): unknown {
  if (written === '') return undefined
  const number = Number(written.replace(',', '.'))
  return field.type === 'number' && Number.isFinite(number) ? number : written
}
