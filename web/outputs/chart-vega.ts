/**
 * What Vega itself must be taught before it draws our charts: our number and date writers, our text widths, and that it
 * fetches nothing. Takes the Vega at hand, so that importing this loads none.
 */
import type { Loader, View } from 'vega'
import { NUMBER_FORMAT, TIME_FORMAT, verbatimNumber, verbatimTime } from './chart-format.ts'
import { textWidth } from './text-width.ts'

type Vega = typeof import('vega')

interface TextItem {
  fontSize?: number
  fontWeight?: string | number
}

interface TextMetrics {
  width(item: TextItem, text: unknown): number
}

/** Teaches a Vega; the same however often it is called. */
export function teachVega(vega: Vega): void {
  vega.expressionFunction(NUMBER_FORMAT, verbatimNumber)
  vega.expressionFunction(TIME_FORMAT, verbatimTime)
  // Exported since Vega 5 for this purpose, but missing from its types.
  const metrics = (vega as unknown as { textMetrics: TextMetrics }).textMetrics
  metrics.width = (item, text) => {
    const bold = item.fontWeight === 'bold' || Number(item.fontWeight) >= 600
    return textWidth(text === null || text === undefined ? '' : String(text), item.fontSize ?? 11, bold)
  }
}

/** A loader that refuses every address: a chart is drawn from the data it was given. */
export function closedLoader(vega: Vega): Loader {
  const refuse = async (): Promise<never> => {
    throw new Error('Charts load nothing')
  }
  return Object.assign(vega.loader(), { load: refuse, http: refuse, file: refuse, sanitize: refuse })
}

/**
 * Draws until all of it fits. Vega fits once, by where things stood before it made room for the axes: labels beside marks
 * then stick out. Each further turn leaves a fraction of that.
 */
export async function fitChart(view: View): Promise<void> {
  await view.runAsync()
  for (let turn = 0; turn < 3; turn++) await view.resize().runAsync()
}
