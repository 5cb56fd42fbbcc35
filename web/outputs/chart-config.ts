/** The house look of charts as a Vega-Lite config: light grid, no frames, quiet axes, text in the page's face. */
import type { Language } from '../../server/api/contract.ts'
import type { Colours } from './chart-colours.ts'
import { formatText, NUMBER_FORMAT } from './chart-format.ts'
import { LABEL_SIZE } from './chart-names.ts'
import type { Node } from './chart-spec.ts'

export const FACE = "'Golos Text', 'Segoe UI', Roboto, Arial, sans-serif"
export const SERIES = Array.from({ length: 8 }, (_, i) => `series-${i + 1}`)

export function chartConfig(colours: Colours, language: Language, currency: string): Node {
  const [ink, muted, line, accent, paper] = ['ink', 'muted', 'line', 'accent', 'paper'].map(colours)
  const text = { font: FACE, fontSize: LABEL_SIZE }
  return {
    background: null,
    padding: { left: 0, right: 4, top: 4, bottom: 0 },
    font: FACE,
    customFormatTypes: true,
    numberFormatType: NUMBER_FORMAT,
    numberFormat: formatText(language, currency, ''),
    view: { stroke: null, continuousHeight: 240 },
    mark: { color: accent, tooltip: true },
    bar: { discreteBandSize: { band: 0.64 } },
    line: { strokeWidth: 2, strokeCap: 'round', strokeJoin: 'round' },
    area: { fillOpacity: 0.16, line: true },
    point: { filled: true, size: 70 },
    circle: { opacity: 0.75 },
    rect: { stroke: paper, strokeWidth: 1 },
    rule: { color: accent, strokeWidth: 2 },
    scale: { minSize: 60, maxSize: 1200 },
    text: { ...text, color: ink },
    axis: {
      labelFont: FACE,
      labelFontSize: LABEL_SIZE,
      labelColor: muted,
      labelPadding: 8,
      titleFont: FACE,
      titleFontSize: LABEL_SIZE,
      titleFontWeight: 400,
      titleColor: muted,
      titlePadding: 10,
      domain: false,
      ticks: false,
      gridColor: line,
      gridWidth: 1,
    },
    axisXQuantitative: { tickCount: 5, titleAnchor: 'end' },
    axisYQuantitative: {
      tickCount: 5,
      titleAngle: 0,
      titleAnchor: 'end',
      titleAlign: 'left',
      titleBaseline: 'bottom',
      titleX: 0,
      titleY: -10,
    },
    axisXTemporal: { grid: false, domain: true, domainColor: line, ticks: true, tickColor: line },
    axisXDiscrete: { domain: true, domainColor: line },
    axisYDiscrete: { labelColor: ink },
    legend: {
      orient: 'top',
      direction: 'horizontal',
      labelFont: FACE,
      labelFontSize: LABEL_SIZE,
      labelColor: ink,
      titleFont: FACE,
      titleFontSize: LABEL_SIZE,
      titleFontWeight: 400,
      titleColor: muted,
      symbolSize: 80,
      symbolStrokeWidth: 2,
      labelLimit: 240,
      offset: 12,
      columnPadding: 16,
    },
    header: {
      labelFont: FACE,
      labelFontSize: LABEL_SIZE,
      labelColor: ink,
      labelAnchor: 'start',
      title: null,
    },
    range: {
      category: SERIES.map(colours),
      ordinal: [colours('ramp-low'), colours('ramp-high')],
      ramp: [colours('ramp-low'), colours('ramp-high')],
      heatmap: [colours('ramp-low'), colours('ramp-high')],
      diverging: ['diverge-low', 'diverge-mid', 'diverge-high'].map(colours),
    },
  }
}
