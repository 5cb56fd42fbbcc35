/** Results drawn in the browser: charts and tables are live elements, quotes lead to their conversation. */
import { html } from 'lit'
import { conversationPath, type Language } from '../../server/api/contract.ts'
import type { RenderContext } from './context.ts'
import './vb-ad-line.ts'
import './vb-chart.ts'
import './vb-table.ts'

export interface BrowserOptions {
  language: Language
  currency: string
  /** What was chosen for an input, as words; by default inputs are not repeated among the results. */
  inputChoice?: RenderContext['inputChoice']
  chartTools?: RenderContext['chartTools']
}

export function browserContext({
  language,
  currency,
  inputChoice,
  chartTools,
}: BrowserOptions): RenderContext {
  return {
    language,
    currency,
    interactive: true,
    ...(chartTools && { chartTools }),
    linkTo: conversationPath,
    inputChoice: inputChoice ?? (() => null),
    drawChart: output =>
      html`<vb-chart .spec=${output.spec} .language=${language} .currency=${currency}></vb-chart>`,
  }
}
