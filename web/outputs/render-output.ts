/**
 * The one drawing of results, for workbench, report and export. Pure: lit templates without elements of their own,
 * which the browser renders live and the server renders to text.
 */
import { html, type nothing, type TemplateResult } from 'lit'
import type { Output } from '../../server/api/contract.ts'
import { renderChart } from './chart.ts'
import type { RenderContext } from './context.ts'
import { renderInput } from './input.ts'
import { renderInsight } from './insight.ts'
import { renderMetrics } from './metrics.ts'
import { renderTable } from './table.ts'
import { renderText } from './text.ts'

export type Drawn = TemplateResult | typeof nothing

/** One output. The compiler names a type that is missing here. */
export function renderOutput(output: Output, context: RenderContext): Drawn {
  switch (output.type) {
    case 'text':
      return renderText(output)
    case 'table':
      return renderTable(output, context)
    case 'chart':
      return renderChart(output, context)
    case 'metrics':
      return renderMetrics(output, context)
    case 'insight':
      return renderInsight(output, context)
    case 'input':
      return renderInput(output, context)
    default:
      return output satisfies never
  }
}

/** All outputs of a cell, in order. A title that repeats the one before it in the same cell is not said twice. */
export function renderResult(outputs: readonly Output[], context: RenderContext): TemplateResult {
  let last = ''
  const told = outputs.map(output => {
    if (!('title' in output) || output.title === '') return output
    if (output.title === last && output.type === 'insight') return { ...output, title: '' }
    last = output.title
    return output
  })
  return html`<div class="vb-result">${told.map(output => renderOutput(output, context))}</div>`
}
