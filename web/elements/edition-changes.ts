/** What changed between two editions: three numbers with their n, and what clients ask and say. */
import { html, nothing, type TemplateResult } from 'lit'
import {
  type EditionChanges,
  type Figure,
  type FigureId,
  formatMoney,
  formatNumber,
  formatPercent,
  type Language,
  type ThemeChange,
} from '../../server/api/contract.ts'
import { editionsText } from '../text/editions.ts'

const NUMBERS: readonly FigureId[] = ['cac', 'conversion', 'check']
const THEMES = ['appeared', 'faded', 'rose'] as const
/** Fewer behind a number and it says little. */
const FEW = 10

interface Reader {
  language: Language
  currency: string
}

/** A number as it is written, by what it is. */
export function writeFigure(id: FigureId, { value }: Figure, { language, currency }: Reader): string {
  if (value === null) return editionsText(language).unknown
  return id === 'conversion' ? formatPercent(value, language) : formatMoney(value, currency, language)
}

/** «CAC 14 200 ₽ (31 новый клиент)», three in a row. */
export function figuresLine(changes: EditionChanges, reader: Reader): TemplateResult {
  const words = editionsText(reader.language)
  return html`<ul class="edition-figures">
    ${NUMBERS.map(id => {
      const { now } = changes.numbers[id]
      return html`<li>
        ${words.figures[id]} <b>${writeFigure(id, now, reader)}</b> <span class="hint">${words.n[id](now.n)}</span>
      </li>`
    })}
  </ul>`
}

/** The whole comparison. */
export function changesView(changes: EditionChanges, reader: Reader): TemplateResult {
  const words = editionsText(reader.language)
  const quiet = THEMES.every(kind => changes[kind].length === 0)
  return html`<div class="edition-changes">
    <table class="table">
      <thead>
        <tr>
          <td></td>
          <th scope="col" class="num">${words.number(changes.since)}</th>
          <th scope="col" class="num">${words.now}</th>
          <th scope="col">${words.difference}</th>
        </tr>
      </thead>
      <tbody>
        ${NUMBERS.map(id => {
          const { before, now, sure } = changes.numbers[id]
          const cell = (figure: Figure) =>
            html`<td class="num">${writeFigure(id, figure, reader)} <span class="hint">${words.n[id](figure.n)}</span></td>`
          return html`<tr>
            <th scope="row">${words.figures[id]}</th>
            ${cell(before)}${cell(now)}
            <td>${verdict(id, before, now, sure, reader)}</td>
          </tr>`
        })}
      </tbody>
    </table>
    ${THEMES.map(kind => themeList(kind, changes, reader))}
    ${quiet ? html`<p>${words.quiet}</p>` : nothing}
    <p class="hint">${words.method(changes.clients.before, changes.clients.now)}</p>
  </div>`
}

function verdict(id: FigureId, before: Figure, now: Figure, sure: boolean, { language }: Reader): string {
  const words = editionsText(language)
  if (before.value === null || now.value === null) return words.unknown
  if (Math.min(before.n, now.n) < FEW) return words.few
  if (before.value === now.value) return words.same
  if (id === 'cac') return words.untested
  return sure ? words.sure : words.chance
}

function themeList(kind: (typeof THEMES)[number], changes: EditionChanges, reader: Reader): unknown {
  if (changes[kind].length === 0) return nothing
  return html`<h4>${editionsText(reader.language)[kind]}</h4>
    <ul class="edition-themes">
      ${changes[kind].map(theme => html`<li>${theme.label} <span class="hint">${countsOf(theme, changes, reader)}</span></li>`)}
    </ul>`
}

function countsOf({ before, now }: ThemeChange, { clients }: EditionChanges, { language }: Reader) {
  const words = editionsText(language)
  const share = (n: number, of: number) =>
    `${formatNumber(n, language)} ${words.of} ${formatNumber(of, language)}${of > 0 ? ` (${formatPercent(n / of, language)})` : ''}`
  return `${share(now, clients.now)}, ${words.wasBefore} ${share(before, clients.before)}`
}
