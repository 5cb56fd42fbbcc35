/** «Выпуск 4» at the top of an edition's page: its number, and what changed since the one before, with n. */
import { html, nothing, type TemplateResult } from 'lit'
import { editions as en } from '../../web/text/en/editions.ts'
import { editions as ru } from '../../web/text/ru/editions.ts'
import { formatDay, formatMoney, formatNumber, formatPercent, type Language } from '../lib/locale.ts'
import {
  type EditionChanges,
  type Figure,
  type FigureId,
  figureIds,
  type ThemeChange,
} from './edition-figures.ts'

export interface EditionHead {
  number: number
  /** Null for a first one. */
  changes: EditionChanges | null
  /** ISO 4217. */
  currency: string
}

const texts = { en, ru }

export function drawEdition({ number, changes, currency }: EditionHead, language: Language): TemplateResult {
  const words = texts[language]
  if (!changes)
    return html`<section class="vb-edition">
      <p class="vb-edition__number">${words.number(number)}</p>
      <p class="vb-note">${words.first}</p>
    </section>`
  const quiet = changes.appeared.length + changes.faded.length + changes.rose.length === 0
  return html`<section class="vb-edition">
    <p class="vb-edition__number">${words.number(number)}</p>
    <h2>${words.since(changes.since, formatDay(changes.sinceAt, language))}</h2>
    <dl class="vb-edition__numbers">
      ${figureIds.map(id => drawNumber(id, changes, currency, language))}
    </dl>
    ${(['appeared', 'faded', 'rose'] as const).map(kind => drawThemes(kind, changes, language))}
    ${quiet ? html`<p class="vb-note">${words.quiet}</p>` : nothing}
    <p class="vb-note">${words.method(changes.clients.before, changes.clients.now)}</p>
  </section>`
}

function drawNumber(id: FigureId, changes: EditionChanges, currency: string, language: Language) {
  const words = texts[language]
  const { before, now, sure } = changes.numbers[id]
  const write = ({ value }: Figure) =>
    value === null
      ? words.unknown
      : id === 'conversion'
        ? formatPercent(value, language)
        : formatMoney(value, currency, language)
  const n = (figure: Figure) => words.n[id](figure.n)
  return html`<div>
    <dt>${words.figures[id]}</dt>
    <dd><b>${write(now)}</b> <span class="vb-note">${n(now)}</span></dd>
    <dd class="vb-note">${words.was(write(before), n(before))}${doubt(id, before, now, sure, language)}</dd>
  </div>`
}

/** Fewer behind a number and it says little. */
const FEW = 10

function doubt(id: FigureId, before: Figure, now: Figure, sure: boolean, language: Language): string {
  const words = texts[language]
  if (before.value === null || now.value === null) return ''
  if (Math.min(before.n, now.n) < FEW) return `; ${words.few}`
  if (before.value === now.value) return `; ${words.same}`
  if (id === 'cac') return ''
  return sure ? `; ${words.sure}` : `; ${words.chance}`
}

function drawThemes(kind: 'appeared' | 'faded' | 'rose', changes: EditionChanges, language: Language) {
  const themes = changes[kind]
  if (themes.length === 0) return nothing
  return html`<h3>${texts[language][kind]}</h3>
    <ul class="vb-edition__themes">
      ${themes.map(theme => html`<li><b>${theme.label}</b> ${countsOf(theme, changes, language)}</li>`)}
    </ul>`
}

/** «41 клиент из 950 (4,3 %), было 12 из 900 (1,3 %)». */
export function countsOf(
  { before, now }: Pick<ThemeChange, 'before' | 'now'>,
  { clients }: Pick<EditionChanges, 'clients'>,
  language: Language,
): string {
  const share = (n: number, of: number) =>
    `${formatNumber(n, language)} ${texts[language].of} ${formatNumber(of, language)}${of > 0 ? ` (${formatPercent(n / of, language)})` : ''}`
  return `${share(now, clients.now)}, ${texts[language].wasBefore} ${share(before, clients.before)}`
}
