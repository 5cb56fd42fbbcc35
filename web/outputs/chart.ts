/** A chart as a figure: title, the chart in words for those who can't see it, and the drawing. */
import { html, nothing, type TemplateResult } from 'lit'
import type { ChartOutput } from '../../server/api/contract.ts'
import type { RenderContext } from './context.ts'

export function renderChart(output: ChartOutput, context: RenderContext): TemplateResult {
  return html`<figure class="vb-figure">
    ${output.title ? html`<figcaption class="vb-title">${output.title}</figcaption>` : nothing}
    ${output.description ? html`<p class="vb-hidden">${output.description}</p>` : nothing}
    <div class="vb-figure__drawing" aria-hidden=${output.description ? 'true' : nothing}>
      ${context.drawChart(output)}
    </div>
    ${context.chartTools?.(output) ?? nothing}
  </figure>`
}
