/** <vb-period-field>: a period, ready-made or by own dates. Fires `vb-pick` with its text. */
import { html, nothing, type TemplateResult } from 'lit'
import { formatDay, type InputSpec, type InputValue } from '../../server/api/contract.ts'
import { parseDays, parseRelative, periodsOffered } from '../state/inputs.ts'
import { define, WorkbenchElement } from './element.ts'
import { icon } from './icon.ts'

export class PeriodField extends WorkbenchElement {
  static override properties = {
    spec: { attribute: false },
    value: { attribute: false },
    resolved: { attribute: false },
    from: { state: true },
    to: { state: true },
  }
  declare spec: InputSpec
  declare value: string
  declare resolved: InputValue | undefined
  /** Own dates as typed, before they are applied; null while they are those of the value. */
  declare from: string | null
  declare to: string | null

  constructor() {
    super()
    this.value = ''
    this.resolved = undefined
    this.from = null
    this.to = null
  }

  protected override render(): TemplateResult {
    const id = `input-${this.spec.name}`
    const name = this.#name(this.value)
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
        <span>${name}${this.#dates(name)}</span>${icon('down')}
      </button>
      <div id="${id}-menu" class="menu period-menu" popover role="dialog" aria-labelledby="${id}-label">
        <ul>
          ${periodsOffered(this.spec).map(
            text => html`<li>
              <button
                type="button"
                class="menu-item"
                aria-pressed=${String(text === this.value)}
                @click=${() => this.#pick(text)}
              >
                ${this.#name(text)}${text === this.value ? icon('check') : nothing}
              </button>
            </li>`,
          )}
        </ul>
        ${this.#own(id)}
      </div>
    </div>`
  }

  /** Which days it came to, beside a relative name. */
  #dates(name: string): unknown {
    const days = daysOf(this.resolved)
    if (!days || this.value === 'all' || parseDays(this.value)) return nothing
    const text = this.#range(days)
    return text === name ? nothing : html`<span class="field-aside">${text}</span>`
  }

  #range({ from, to }: { from: string; to: string }): string {
    return `${formatDay(from, this.language)} — ${formatDay(to, this.language)}`
  }

  #name(text: string): string {
    const words = this.text.inputs
    const relative = parseRelative(text)
    if (relative) return words.last(relative.n, relative.unit)
    if (text in words.periods) return words.periods[text as keyof typeof words.periods]
    const days = parseDays(text)
    return days ? this.#range(days) : text
  }

  #own(id: string): TemplateResult {
    const words = this.text.inputs
    const days = parseDays(this.value) ?? daysOf(this.resolved)
    const open = days && this.value !== 'all' ? days : { from: '', to: '' }
    const [from, to] = [this.from ?? open.from, this.to ?? open.to]
    const disordered = from !== '' && to !== '' && from > to
    const field = (part: 'from' | 'to', label: string, value: string) => html`<label>
      ${label}
      <input
        type="date"
        .value=${value}
        aria-describedby="${id}-order"
        aria-invalid=${disordered ? 'true' : nothing}
        @change=${(event: Event) => {
          this[part] = (event.target as HTMLInputElement).value
        }}
      />
    </label>`
    return html`<fieldset class="period-own">
      <legend>${words.own}</legend>
      <div>${field('from', words.from, from)} ${field('to', words.to, to)}</div>
      <p class="field-error" id="${id}-order" aria-live="polite">${disordered ? words.order : nothing}</p>
      <button
        type="button"
        class="button"
        ?disabled=${disordered || from === '' || to === ''}
        @click=${() => this.#pick(`${from}..${to}`)}
      >
        ${words.apply}
      </button>
    </fieldset>`
  }

  #pick(text: string): void {
    this.from = null
    this.to = null
    this.querySelector<HTMLElement>('[popover]')?.hidePopover()
    if (text !== this.value) this.dispatchEvent(new CustomEvent('vb-pick', { detail: text }))
  }
}

function daysOf(value: InputValue | undefined): { from: string; to: string } | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
}

define('vb-period-field', PeriodField)
