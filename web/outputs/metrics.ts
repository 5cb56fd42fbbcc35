/** Tiles: a number, how it changed, how sure it is, and what it means. */
import { html, nothing, type TemplateResult } from 'lit'
import {
  formatNumber,
  formatPercent,
  formatScalar,
  type Language,
  type MetricsOutput,
  type MetricTile,
} from '../../server/api/contract.ts'
import type { RenderContext } from './context.ts'
import { formatInterval } from './interval.ts'
import { wordsOf } from './words.ts'

export function renderMetrics(output: MetricsOutput, context: RenderContext): TemplateResult {
  const { metrics } = wordsOf(context.language)
  return html`<ul class="vb-tiles" aria-label=${metrics.label}>
    ${output.tiles.map(tile => renderTile(tile, context))}
  </ul>`
}

function renderTile(tile: MetricTile, context: RenderContext): TemplateResult {
  const { metrics } = wordsOf(context.language)
  const currency = tile.currency ?? context.currency
  const write = (value: number) => formatScalar(value, tile.format, context.language, currency)
  const range = tile.interval && formatInterval(tile.interval, tile.format, context.language, currency)
  return html`<li class="vb-tile">
    <details class="vb-tile__about">
      <summary class="vb-tile__label">${tile.label}</summary>
      <p class="vb-tile__definition">${tile.definition}</p>
    </details>
    <p class="vb-tile__value">${tile.value === null ? html`<span class="vb-none">${metrics.none}</span>` : write(tile.value)}</p>
    ${renderChange(tile, context, write)}
    ${renderYear(tile, context, write)}
    ${
      tile.n === undefined && !range
        ? nothing
        : html`<p class="vb-tile__doubt">
            ${tile.n === undefined ? nothing : html`<span>${metrics.n(tile.n)}</span>`}
            ${range ? html`<span>${metrics.interval} <span class="vb-range">${range}</span></span>` : nothing}
          </p>`
    }
  </li>`
}

/** «↑ 12 %, лучше · было 14 200 ₽». Nothing without a former value. */
function renderChange(
  tile: MetricTile,
  { language }: RenderContext,
  write: (value: number) => string,
): TemplateResult | typeof nothing {
  const { value, previous, better } = tile
  if (value === null || previous === null || previous === undefined) return nothing
  const { metrics } = wordsOf(language)
  if (value === previous) return html`<p class="vb-tile__change">${metrics.same}</p>`
  const up = value > previous
  const good = better === undefined ? null : (better === 'up') === up
  const judged = good === null ? '' : good ? metrics.better : metrics.worse
  const words = [changeSize(tile, previous, language), judged].filter(Boolean).join(', ')
  return html`<p class="vb-tile__change">
    <span class=${good === null ? 'vb-change' : good ? 'vb-change vb-good' : 'vb-change vb-bad'}
      ><span aria-hidden="true">${up ? '↑' : '↓'}</span
      ><span class="vb-hidden">${up ? metrics.rise : metrics.fall}</span> ${words}</span
    >
    <span class="vb-tile__before">${metrics.before(write(previous))}</span>
  </p>`
}

/** «↑ 12 % · год назад 12 700 ₽»: judged nowhere, since the line above already is. */
function renderYear(
  tile: MetricTile,
  { language }: RenderContext,
  write: (value: number) => string,
): TemplateResult | typeof nothing {
  const { value, yearAgo } = tile
  if (value === null || yearAgo === null || yearAgo === undefined) return nothing
  const { metrics } = wordsOf(language)
  const up = value > yearAgo
  const change = html`<span class="vb-change"
    ><span aria-hidden="true">${up ? '↑' : '↓'}</span
    ><span class="vb-hidden">${up ? metrics.rise : metrics.fall}</span> ${changeSize(tile, yearAgo, language)}</span
  >`
  return html`<p class="vb-tile__change vb-tile__year">
    ${value === yearAgo ? html`<span class="vb-change">${metrics.same}</span>` : change}
    <span class="vb-tile__before">${metrics.yearAgo(write(yearAgo))}</span>
  </p>`
}

/** By how much: points for a share, per cent of the former value for the rest; empty where that says nothing. */
function changeSize(tile: MetricTile, previous: number, language: Language): string {
  const value = tile.value!
  if (tile.format === 'percent') {
    const points = Math.abs(value - previous) * 100
    return wordsOf(language).metrics.points(formatNumber(points, language, points < 10 ? 1 : 0))
  }
  return previous > 0 && value >= 0 ? formatPercent(Math.abs(value / previous - 1), language) : ''
}
