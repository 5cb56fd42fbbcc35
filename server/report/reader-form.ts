/** The inputs of a live report as a plain form, which needs no JavaScript: sending it asks for the page with that choice. */
import { html, type TemplateResult } from 'lit'
import { shares as en } from '../../web/text/en/shares.ts'
import { shares as ru } from '../../web/text/ru/shares.ts'
import type { Language } from '../lib/locale.ts'
import { OWN_PERIOD, type ReaderField, type ReaderOption, SENT } from './reader-inputs.ts'

export function drawReaderForm(fields: readonly ReaderField[], language: Language): TemplateResult {
  const { page: words } = language === 'ru' ? ru : en
  return html`<form class="vb-report__choices vb-reader" method="get" aria-label=${words.inputs}>
    <input type="hidden" name=${SENT} value="1" />
    ${fields.map(field => (field.multiple ? drawList(field, language) : drawSelect(field, language)))}
    <button>${words.apply}</button>
  </form>`
}

function drawSelect({ name, label, type, options }: ReaderField, language: Language): TemplateResult {
  const { page: words } = language === 'ru' ? ru : en
  return html`<label>
    <span>${label}</span>
    <select name=${name}>
      ${type === 'select' ? html`<option value="">${words.all}</option>` : ''}
      ${options.map(
        option =>
          html`<option value=${option.key} ?selected=${option.chosen}>${labelOf(option, type, language)}</option>`,
      )}
    </select>
  </label>`
}

/** Many of many: boxes behind what is chosen, since a list of several rows is hard to use on a phone. */
function drawList({ name, label, type, options }: ReaderField, language: Language): TemplateResult {
  const { page: words } = language === 'ru' ? ru : en
  const chosen = options.filter(option => option.chosen).map(option => labelOf(option, type, language))
  return html`<details>
    <summary><span>${label}</span> ${chosen.length > 0 ? chosen.join(', ') : words.all}</summary>
    <fieldset>
      <legend class="vb-hidden">${label}</legend>
      ${options.map(
        option => html`<label>
          <input type="checkbox" name=${name} value=${option.key} ?checked=${option.chosen} />
          ${labelOf(option, type, language)}
        </label>`,
      )}
    </fieldset>
  </details>`
}

function labelOf({ key, label }: ReaderOption, type: ReaderField['type'], language: Language): string {
  const { page: words } = language === 'ru' ? ru : en
  if (type === 'flag') return key === 'true' ? words.yes : words.no
  if (type === 'period')
    return key === OWN_PERIOD ? words.own : words.periods[key as keyof typeof words.periods]
  return label
}
