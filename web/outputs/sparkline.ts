/** A trend the size of a word: a line with its last point marked, and the same in words for those who can't see it. */
import { html, nothing, svg, type TemplateResult } from 'lit'
import { type Claim, formatMonth, type Language } from '../../server/api/contract.ts'
import { wordsOf } from './words.ts'

const WIDTH = 96
const HEIGHT = 24
const PAD = 3

export function renderSparkline(
  trend: NonNullable<Claim['trend']>,
  language: Language,
): TemplateResult | typeof nothing {
  if (trend.length < 2) return nothing
  const top = Math.max(1, ...trend.map(point => point.clients))
  const x = (i: number) => PAD + (i * (WIDTH - 2 * PAD)) / (trend.length - 1)
  const y = (clients: number) => HEIGHT - PAD - (clients * (HEIGHT - 2 * PAD)) / top
  const round = (n: number) => Math.round(n * 10) / 10
  const points = trend.map(({ clients }, i) => `${round(x(i))},${round(y(clients))}`)
  const [first, last] = [trend[0]!, trend.at(-1)!]
  const words = wordsOf(language).insight.trend(
    formatMonth(first.label, language),
    first.clients,
    formatMonth(last.label, language),
    last.clients,
  )
  const base = HEIGHT - PAD
  return html`<span class="vb-spark" title=${words}
    ><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" width=${WIDTH} height=${HEIGHT} aria-hidden="true">
      ${svg`<path class="vb-spark__area" d="M${PAD},${base}L${points.join('L')}L${WIDTH - PAD},${base}Z" />
      <path class="vb-spark__line" d="M${points.join('L')}" />
      <circle class="vb-spark__end" cx=${round(x(trend.length - 1))} cy=${round(y(last.clients))} r="2.5" />`}
    </svg><span class="vb-hidden">${words}</span></span
  >`
}
