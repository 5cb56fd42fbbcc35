/** Pictures of segments: shares with their intervals, bubbles of cost and conversion, a heat map of two fields. */

import type { Segment, Segments } from '../metrics/segments.ts'
import type { Figures } from './figures.ts'
import { intervalLayers } from './interval-layers.ts'
import type { ChartOutput } from './output.ts'

export const heatMeasures = ['conversion', 'check', 'cac', 'romi', 'leads', 'revenue'] as const
export type HeatMeasure = (typeof heatMeasures)[number]

const axes = {
  ru: {
    conversion: 'Конверсия в продажу',
    cac: 'CAC — цена нового клиента',
    check: 'Средний чек',
    romi: 'ROMI',
    leads: 'Лиды',
    revenue: 'Выручка',
    bubbles: 'конверсия и цена клиента',
    small: 'мало данных',
    differs: '≠',
  },
  en: {
    conversion: 'Conversion to sale',
    cac: 'CAC, cost of a new client',
    check: 'Average deal',
    romi: 'ROMI',
    leads: 'Leads',
    revenue: 'Revenue',
    bubbles: 'conversion and cost of a client',
    small: 'little data',
    differs: '≠',
  },
} as const

const FADED = 0.35

/** Conversion of each segment with its 95 % interval; what differs from the others in colour, little data faded. */
export function intervalChart(
  segments: readonly Segment[],
  nameOf: (segment: Segment) => string,
  title: string,
  figures: Figures,
): ChartOutput {
  const own = axes[figures.language]
  const values = segments.map(segment => ({
    segment: nameOf(segment),
    conversion: segment.conversion ?? 0,
    low: segment.interval[0],
    high: segment.interval[1],
    opacity: segment.small ? FADED : 1,
    differs: segment.differs.conversion ? 1 : 0,
    text: [
      `${figures.percent(segment.conversion)} · n ${figures.number(segment.leads)}`,
      ...(segment.cac === null ? [] : [`CAC ${figures.money(segment.cac)}`]),
      ...(segment.small ? [own.small] : []),
    ].join(' · '),
  }))
  const opacity = { field: 'opacity', type: 'quantitative', scale: null }
  const color = {
    condition: { test: 'datum.differs === 1', value: 'accent' },
    value: 'muted',
  }
  return {
    type: 'chart',
    title,
    description: values.map(value => `${value.segment}: ${value.text}`).join('; '),
    spec: {
      data: { values },
      height: { step: 34 },
      encoding: {
        y: {
          field: 'segment',
          type: 'nominal',
          sort: null,
          axis: { title: null, domain: false, ticks: false },
        },
      },
      layer: intervalLayers({ value: 'conversion', axis: own.conversion, opacity, color }),
    },
  }
}

/** Cost of a client against conversion, revenue as size. Null when fewer than three segments have a cost of a client. */
export function bubbleChart(
  segments: readonly Segment[],
  nameOf: (segment: Segment) => string,
  title: string,
  figures: Figures,
): ChartOutput | null {
  const own = axes[figures.language]
  const priced = segments.filter(segment => segment.cac !== null)
  if (priced.length < 3) return null
  const values = priced.map(segment => ({
    segment: nameOf(segment),
    conversion: segment.conversion,
    cac: segment.cac,
    revenue: Math.max(0, segment.revenue),
    opacity: segment.small ? FADED : 0.75,
  }))
  const position = {
    // Bubbles need room to the edges; nothing is compared by its distance from zero.
    x: {
      field: 'cac',
      type: 'quantitative',
      scale: { zero: false, padding: 56 },
      axis: { title: own.cac, format: 'money' },
    },
    y: {
      field: 'conversion',
      type: 'quantitative',
      scale: { zero: false, padding: 44 },
      axis: { title: own.conversion, format: 'percent' },
    },
  }
  return {
    type: 'chart',
    title: `${title}: ${own.bubbles}`,
    description: priced
      .map(
        segment =>
          `${nameOf(segment)}: CAC ${figures.money(segment.cac)}, ${own.conversion.toLowerCase()} ${figures.percent(segment.conversion)}, ${own.revenue.toLowerCase()} ${figures.money(segment.revenue)}`,
      )
      .join('; '),
    spec: {
      data: { values },
      height: 320,
      encoding: position,
      layer: [
        {
          mark: { type: 'circle', color: 'accent' },
          encoding: {
            size: {
              field: 'revenue',
              type: 'quantitative',
              scale: { range: [40, 1600] },
              legend: {
                title: own.revenue,
                orient: 'bottom',
                format: 'money',
                values: sizes(values.map(value => value.revenue)),
              },
            },
            opacity: { field: 'opacity', type: 'quantitative', scale: null },
          },
        },
        { mark: { type: 'text', dy: -26 }, encoding: { text: { field: 'segment' } } },
      ],
    },
  }
}

/** Two round sizes for the legend. */
function sizes(values: readonly number[]): number[] {
  const top = Math.max(...values, 1)
  const unit = 10 ** Math.floor(Math.log10(top))
  const large = Math.max(1, Math.floor(top / unit)) * unit
  return [large / 4, large]
}

/** One measure over two fields; the number and n in each cell, little data faded. */
export function heatMap(
  all: Segments,
  nameOf: (segment: Segment, at: number) => string,
  measure: HeatMeasure,
  labels: readonly [string, string],
  title: string,
  limit: number,
  figures: Figures,
): ChartOutput {
  const own = axes[figures.language]
  const [rows, columns] = [0, 1].map(at => largest(all.segments, at, limit))
  const shown = all.segments.filter(
    segment => rows!.includes(segment.names[0]!) && columns!.includes(segment.names[1]!),
  )
  const write = (value: number | null) =>
    measure === 'conversion' || measure === 'romi'
      ? figures.percent(value)
      : measure === 'leads'
        ? figures.number(value)
        : figures.money(value)
  const values = shown.map(segment => ({
    row: nameOf(segment, 0),
    column: nameOf(segment, 1),
    value: segment[measure],
    opacity: segment.small ? FADED : 1,
    text: `${write(segment[measure])}${segment.differs.conversion && measure === 'conversion' ? ` ${own.differs}` : ''}`,
    n: `n ${figures.number(segment.leads)}`,
  }))
  const opacity = { field: 'opacity', type: 'quantitative', scale: null }
  const order = (at: number, kept: readonly (string | null)[]) =>
    kept.map(name => nameOf(shown.find(segment => segment.names[at] === name) ?? shown[0]!, at))
  return {
    type: 'chart',
    title,
    description: values.map(value => `${value.row} × ${value.column}: ${value.text}, ${value.n}`).join('; '),
    spec: {
      data: { values },
      height: { step: 44 },
      encoding: {
        y: {
          field: 'row',
          type: 'nominal',
          sort: order(0, rows!),
          axis: { title: labels[0], domain: false, ticks: false },
        },
        x: {
          field: 'column',
          type: 'nominal',
          sort: order(1, columns!),
          axis: { title: labels[1], orient: 'top', domain: false, ticks: false, labelAngle: 0 },
        },
      },
      layer: [
        {
          // By opacity, not by a ramp of colours: one picture then serves light, dark and print.
          mark: { type: 'rect', color: 'accent' },
          encoding: {
            fillOpacity: {
              field: 'value',
              type: 'quantitative',
              scale: { range: [0.05, 0.55] },
              legend: null,
            },
            opacity,
          },
        },
        { mark: { type: 'text', dy: -7 }, encoding: { text: { field: 'text' } } },
        { mark: { type: 'text', dy: 9, color: 'muted', fontSize: 11 }, encoding: { text: { field: 'n' } } },
      ],
    },
  }
}

/** Values of a field with the most leads. */
function largest(segments: readonly Segment[], at: number, limit: number): (string | null)[] {
  const leads = new Map<string | null, number>()
  for (const segment of segments) {
    const name = segment.names[at]!
    leads.set(name, (leads.get(name) ?? 0) + segment.leads)
  }
  return [...leads]
    .sort((a, b) => b[1] - a[1])
    .slice(0, limit)
    .map(([name]) => name)
}
