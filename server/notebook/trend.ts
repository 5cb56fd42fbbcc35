/** One metric by days, weeks or months: this period beside the one before it, as a chart and a table. */
import { formatDay, formatMonth } from '../lib/locale.ts'
import { definitions } from '../metrics/definitions.ts'
import { measure } from '../metrics/measures.ts'
import type { MoneyRule } from '../metrics/money.ts'
import type { Grain } from '../metrics/periods.ts'
import type { Tally } from '../metrics/tally.ts'
import type { Figures } from './figures.ts'
import type { ChartOutput, Format, Scalar, Table } from './output.ts'

/** Metrics that deals alone say, and so have a trend. */
export const trendMetrics = [
  'leads',
  'mql',
  'sql',
  'won',
  'fresh',
  'purchases',
  'revenue',
  'conversion',
  'check',
] as const
export type TrendMetric = (typeof trendMetrics)[number]

export interface TrendPoint {
  /** Start of the span. */
  span: string
  value: number | null
  /** The span of the previous period that it is drawn over, and its value. */
  before: string | null
  beforeValue: number | null
  /** The span is cut by the period's end: its value will still grow. */
  partial: boolean
}

/** Value of a metric in a span; counts and sums of a span without deals are zero, shares and means are not there. */
export function trendValue(tally: Tally | undefined, metric: TrendMetric, rule: MoneyRule): number | null {
  if (!tally) return metric === 'conversion' || metric === 'check' ? null : 0
  return measure(tally, null, rule)[metric]
}

/** Pairs spans of two periods by their place. */
export function pairSpans(
  now: readonly string[],
  before: readonly string[],
  nowOf: (span: string) => number | null,
  beforeOf: (span: string) => number | null,
  partial: (span: string) => boolean,
): TrendPoint[] {
  return now.map((span, i) => ({
    span,
    value: nowOf(span),
    before: before[i] ?? null,
    beforeValue: before[i] === undefined ? null : beforeOf(before[i]),
    partial: partial(span),
  }))
}

const words = {
  ru: {
    now: 'этот период',
    before: 'прошлый период',
    span: { day: 'День', week: 'Неделя с', month: 'Месяц' },
    was: 'Было',
  },
  en: {
    now: 'this period',
    before: 'period before',
    span: { day: 'Day', week: 'Week of', month: 'Month' },
    was: 'Before',
  },
} as const

export function spanLabel(span: string, grain: Grain, language: 'ru' | 'en'): string {
  return grain === 'month' ? formatMonth(span.slice(0, 7), language) : formatDay(span, language)
}

export function trendChart(
  points: readonly TrendPoint[],
  metric: TrendMetric,
  grain: Grain,
  figures: Figures,
): ChartOutput {
  const own = words[figures.language]
  const { label, format } = definitions[metric]
  const hasBefore = points.some(point => point.beforeValue !== null)
  const values = points.flatMap(point => [
    { span: point.span, value: point.value, series: own.now },
    ...(hasBefore ? [{ span: point.span, value: point.beforeValue, series: own.before }] : []),
  ])
  const write = (value: number | null) =>
    format === 'money'
      ? figures.money(value)
      : format === 'percent'
        ? figures.percent(value)
        : figures.number(value)
  return {
    type: 'chart',
    title: label[figures.language],
    description: points
      .map(point => `${spanLabel(point.span, grain, figures.language)}: ${write(point.value)}`)
      .join('; '),
    spec: {
      data: { values },
      height: 240,
      mark: { type: 'line', point: true },
      encoding: {
        x: { field: 'span', type: 'temporal', title: null },
        y: { field: 'value', type: 'quantitative', axis: { title: null, format } },
        ...(hasBefore && {
          color: { field: 'series', type: 'nominal', title: null, sort: [own.now, own.before] },
          strokeDash: { field: 'series', type: 'nominal', legend: null, sort: [own.now, own.before] },
        }),
      },
    },
  }
}

export function trendTable(
  points: readonly TrendPoint[],
  metric: TrendMetric,
  grain: Grain,
  figures: Figures,
): Table {
  const own = words[figures.language]
  const { label, format } = definitions[metric]
  const spanFormat: Format = grain === 'month' ? 'month' : 'day'
  const cut = (span: string | null): Scalar =>
    span === null ? null : grain === 'month' ? span.slice(0, 7) : span
  return {
    columns: [
      { name: 'span', label: own.span[grain], format: spanFormat },
      { name: metric, label: label[figures.language], format },
      { name: 'before_span', label: own.before, format: spanFormat },
      { name: 'before', label: own.was, format },
    ],
    rows: points.map(point => [cut(point.span), point.value, cut(point.before), point.beforeValue]),
    truncated: false,
  }
}
