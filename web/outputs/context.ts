/** What the drawing of a result depends on besides the result: the reader, and the place where it is shown. */
import type { ChartOutput, Language, SpanRef } from '../../server/api/contract.ts'

export interface RenderContext {
  language: Language
  /** ISO 4217, for columns of money that don't say theirs. */
  currency: string
  /**
   * The chart itself, inside a figure that has its title and description already: an SVG on the server, `<vb-chart>` in
   * the browser. Anything that lit can put into a template.
   */
  drawChart(output: ChartOutput): unknown
  /** Beside a chart's title: ways to keep it as a file; nothing where there are none. */
  chartTools?(output: ChartOutput): unknown
  /** Address of a quote's place in its conversation; null where there is nowhere to go (a saved file). */
  linkTo(ref: SpanRef): string | null
  /** What was chosen for an input, as words; null for an input that is not there. */
  inputChoice(name: string): { label: string; value: string } | null
  /** Whether scripts run: tables then sort and unfold row by row (`vb-table.ts` must be loaded). */
  interactive: boolean
}
