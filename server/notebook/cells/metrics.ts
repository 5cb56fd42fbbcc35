/** Numbers of a period beside those of the period before it and of a year ago, and how the main one grew. */
import { z } from 'zod'
import { addDays } from '../../lib/dates.ts'
import { type MetricId, metricIds, readConversion, type View, views } from '../../metrics/definitions.ts'
import { grainOf, isBounded, previousPeriod, spanOf, spansOf, yearBefore } from '../../metrics/periods.ts'
import { readQuality } from '../../metrics/quality.ts'
import type { Period } from '../../metrics/query.ts'
import { readFirstDay, readTotals } from '../../metrics/totals.ts'
import { defineCell } from '../cell.ts'
import { comparable, coverageNote } from '../comparable.ts'
import { createFigures, type Figures } from '../figures.ts'
import { metricsFinding } from '../metric-finding.ts'
import { type Compared, metricFormat, metricLabel, toTile, valueIn } from '../metric-tiles.ts'
import { moneyNotes, toNote } from '../number-notes.ts'
import { numberOptions, toFilter, toRates } from '../number-options.ts'
import type { Output, Table } from '../output.ts'
import { qualityNotes } from '../quality-notes.ts'
import { pairSpans, type TrendMetric, trendChart, trendMetrics, trendTable, trendValue } from '../trend.ts'

const usual: MetricId[] = ['leads', 'won', 'conversion', 'revenue', 'check', 'spend', 'cac', 'romi']
const nameOption = z
  .string()
  .refine(name => (metricIds as readonly string[]).includes(name) || readConversion(name) !== null, {
    error: `There is no such metric. Metrics: ${metricIds.join(', ')}, conversion:mql:sql and the like`,
  })

const optionsSchema = z.strictObject({
  period: numberOptions.period,
  source: numberOptions.source,
  rates: numberOptions.rates,
  show: z.array(nameOption).min(1).default(usual).meta({ choices: 'metric' }),
  /** Whether sales count by the day the lead came or by the day they were made. */
  view: z.enum(views).default('calendar'),
  /** The north-star metric: whose growth the sentence tells, and whose course is drawn. */
  star: z.enum(trendMetrics).default('revenue'),
  /** Draws the course of the north-star metric. */
  trend: z.boolean().default(true),
})

export default defineCell<z.infer<typeof optionsSchema>>({
  kind: 'metrics',
  body: 'yaml',
  options: optionsSchema,
  example:
    'period: :period\nshow: [leads, won, conversion, "conversion:mql:sql", revenue, cac]\nstar: revenue',
  tables: ['deals', 'spend', 'visits', 'conversations'],
  run: async (options, context) => {
    const { language, currency } = context
    const { view, star, show } = options
    const rates = toRates(options, context)
    const filter = toFilter(options)
    const grain = grainOf(filter.period)
    const wanted = new Set(show.flatMap(stepsOf))
    const read = (period: Period, spans: boolean) =>
      readTotals(context, {
        filter: { ...filter, period },
        view,
        currency,
        rates,
        wanted,
        ...(spans && options.trend && { spanOf: (day: string) => spanOf(day, grain) }),
      })
    const bounded = isBounded(filter.period)
    const [previous, yearAgo] = [previousPeriod, yearBefore].map(of => (bounded ? of(filter.period) : null))
    const [now, before, year, quality, first] = await Promise.all([
      read(filter.period, true),
      previous ? read(previous, true) : null,
      yearAgo ? read(yearAgo, false) : null,
      readQuality(context, filter),
      readFirstDay(context),
    ])
    const compared: Compared = {
      now,
      previous: comparable(before, previous!, first, view),
      yearAgo: comparable(year, yearAgo!, first, view),
    }
    const figures = createFigures(language, now.rule.main)
    const table: Table = {
      columns: show.map(name => ({ name, label: metricLabel(name, language), format: metricFormat(name) })),
      rows: [show.map(name => valueIn(name, now))],
      truncated: false,
    }
    const drawn =
      options.trend && now.values.leads
        ? drawTrend(filter.period, compared.previous?.spans.size ? previous! : null, star, compared, figures)
        : []
    const outputs: Output[] = [
      { type: 'text', role: 'finding', markdown: metricsFinding(compared, star, figures) },
      { type: 'metrics', tiles: show.map(name => toTile(name, compared, view, filter, figures)) },
      ...drawn,
      ...toNote([
        viewNote(view, language),
        comparedNote(compared.previous ? previous! : null, compared.yearAgo ? yearAgo! : null, figures),
        coverageNote([previous!, yearAgo!], first, view, figures),
        moneyNotes(now, figures),
        ...qualityNotes(quality, now.spend, figures),
      ]),
    ]
    return { outputs, table }
  },
})

/** A metric that is shown, or the two that a conversion is made of. */
function stepsOf(name: string): MetricId[] {
  const steps = readConversion(name)
  return steps ? [steps.from, steps.to] : [name as MetricId]
}

function drawTrend(
  period: Period,
  previous: Period | null,
  star: TrendMetric,
  compared: Compared,
  figures: Figures,
): Output[] {
  const { now } = compared
  const grain = grainOf(period)
  const spans = isBounded(period) ? spansOf(period, grain) : [...now.spans.keys()].sort()
  const points = pairSpans(
    spans,
    previous ? spansOf(previous, grain) : [],
    span => trendValue(now.spans.get(span), star, now.rule),
    span => trendValue(compared.previous?.spans.get(span), star, now.rule),
    span => span === spans.at(-1) && spanOf(addDays(period.to, 1), grain) === span,
  )
  if (points.length < 2) return []
  const title = metricLabel(star, figures.language)
  return [
    trendChart(points, star, grain, figures),
    { type: 'table', title, table: trendTable(points, star, grain, figures), folded: true },
  ]
}

function viewNote(view: View, language: 'ru' | 'en'): string {
  if (view === 'calendar') {
    return language === 'ru'
      ? 'Продажи посчитаны по дню, когда они состоялись, — даже если лид пришёл раньше.'
      : 'Sales count on the day they were made, even where the lead came earlier.'
  }
  return language === 'ru'
    ? 'Продажи посчитаны по дню, когда пришёл лид: у последних недель они ещё впереди.'
    : 'Sales count on the day the lead came: those of the last weeks are still ahead.'
}

function comparedNote(previous: Period | null, yearAgo: Period | null, figures: Figures): string | null {
  const ru = figures.language === 'ru'
  if (!previous && !yearAgo) return null
  const parts = [
    ...(previous ? [`${ru ? 'с прошлым периодом' : 'the period before'} (${figures.days(previous)})`] : []),
    ...(yearAgo
      ? [`${ru ? 'с тем же временем год назад' : 'the same days a year ago'} (${figures.days(yearAgo)})`]
      : []),
  ]
  return ru ? `Сравнение — ${parts.join(' и ')}.` : `Compared with ${parts.join(' and ')}.`
}
