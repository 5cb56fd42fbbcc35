/** Cohorts of leads as a heat map of how many had bought by when, and a table beside what was sold in the same months. */
import { formatMonth } from '../lib/locale.ts'
import type { Cohort, Cohorts } from '../metrics/cohorts.ts'
import type { Figures } from './figures.ts'
import type { Output, Scalar, Table } from './output.ts'
import { moneyColumn } from './segment-table.ts'

/** Months after which hardly anything is added. */
const AGES = 6

const words = {
  ru: {
    title: 'Когорты: месяц лида → покупка',
    month: 'Месяц лида',
    leads: 'Лиды',
    won: 'Купили',
    conversion: 'Конверсия',
    open: 'В работе',
    revenue: 'Выручка когорты',
    cost: 'Расход месяца',
    romi: 'ROMI когорты',
    soldWon: 'Купили в этом месяце',
    soldRevenue: 'Выручка этого месяца',
    age: 'Месяцев с прихода лида',
    axis: 'Доля купивших, нарастающим итогом',
  },
  en: {
    title: 'Cohorts: month of lead to purchase',
    month: 'Month of lead',
    leads: 'Leads',
    won: 'Won',
    conversion: 'Conversion',
    open: 'Open',
    revenue: 'Revenue of the cohort',
    cost: 'Spend of the month',
    romi: 'ROMI of the cohort',
    soldWon: 'Won in this month',
    soldRevenue: 'Revenue of this month',
    age: 'Months since the lead came',
    axis: 'Share won, cumulative',
  },
} as const

export function cohortOutputs({ cohorts, rule }: Cohorts, own: string, figures: Figures): Output[] {
  if (cohorts.length < 2) return []
  const { title } = words[figures.language]
  const table = cohortTable(cohorts, rule.main, own, figures)
  const finding = cohortFinding(cohorts, figures)
  return [
    ...(finding ? [{ type: 'text' as const, role: 'prose' as const, markdown: finding }] : []),
    cohortChart(cohorts, figures),
    { type: 'table', title, table, folded: true },
  ]
}

/** How the two views differ most: the month whose own leads brought another sum than was sold in it. */
function cohortFinding(cohorts: readonly Cohort[], figures: Figures): string {
  const total = cohorts.reduce(
    (sum, { revenue, calendar }) => ({
      cohort: sum.cohort + revenue,
      calendar: sum.calendar + calendar.revenue,
    }),
    { cohort: 0, calendar: 0 },
  )
  const ripe = cohorts.filter(cohort => cohort.leads > 0 && cohort.open / cohort.leads < 0.05)
  const first = ripe.map(cohort => (cohort.won > 0 ? cohort.wonBy[0]! / cohort.won : 0))
  const sameMonth = first.length > 0 ? first.reduce((a, b) => a + b, 0) / first.length : null
  if (figures.language === 'ru') {
    const lag =
      sameMonth === null
        ? ''
        : ` В месяц обращения совершается ${figures.percent(sameMonth)} покупок, остальные — позже, поэтому у последних когорт конверсия ещё вырастет.`
    return `Лиды этих месяцев принесли ${figures.money(total.cohort)}, а продано за те же месяцы на ${figures.money(total.calendar)}: во втором числе — и те, кто пришёл раньше.${lag}`
  }
  const lag =
    sameMonth === null
      ? ''
      : ` ${figures.percent(sameMonth)} of purchases fall in the month of the lead and the rest later, so the last cohorts are not complete.`
  return `Leads of these months brought ${figures.money(total.cohort)}, while sales of the same months were ${figures.money(total.calendar)}: the latter include clients who came earlier.${lag}`
}

function cohortChart(cohorts: readonly Cohort[], figures: Figures): Output {
  const own = words[figures.language]
  const values = cohorts.flatMap(cohort =>
    cohort.wonBy.slice(0, AGES + 1).map((won, age) => ({
      month: formatMonth(cohort.month, figures.language),
      age: String(age),
      share: cohort.leads > 0 ? won / cohort.leads : null,
      text: cohort.leads > 0 ? figures.percent(won / cohort.leads) : '',
    })),
  )
  const last = cohorts.map(cohort => ({
    month: formatMonth(cohort.month, figures.language),
    text: figures.percent(cohort.conversion),
  }))
  return {
    type: 'chart',
    title: own.title,
    description: last.map(value => `${value.month}: ${value.text}`).join('; '),
    spec: {
      data: { values },
      height: { step: 28 },
      encoding: {
        y: {
          field: 'month',
          type: 'nominal',
          sort: null,
          axis: { title: own.month, domain: false, ticks: false },
        },
        x: {
          field: 'age',
          type: 'nominal',
          sort: null,
          axis: { title: own.age, orient: 'top', domain: false, ticks: false, labelAngle: 0 },
        },
      },
      layer: [
        {
          // By opacity, not by a ramp of colours: one picture then serves light, dark and print.
          mark: { type: 'rect', color: 'accent' },
          encoding: {
            fillOpacity: {
              field: 'share',
              type: 'quantitative',
              scale: { range: [0.05, 0.55] },
              legend: null,
            },
          },
        },
        { mark: { type: 'text' }, encoding: { text: { field: 'text' } } },
      ],
    },
  }
}

function cohortTable(cohorts: readonly Cohort[], currency: string, reader: string, figures: Figures): Table {
  const own = words[figures.language]
  const money = (name: string, label: string) => moneyColumn(name, label, currency, reader)
  return {
    columns: [
      { name: 'month', label: own.month, format: 'month' },
      { name: 'leads', label: own.leads, format: 'integer' },
      { name: 'won', label: own.won, format: 'integer' },
      { name: 'conversion', label: own.conversion, format: 'percent', interval: ['low', 'high'] },
      { name: 'low', label: 'low', format: 'percent' },
      { name: 'high', label: 'high', format: 'percent' },
      { name: 'open', label: own.open, format: 'integer' },
      money('revenue', own.revenue),
      money('cost', own.cost),
      { name: 'romi', label: own.romi, format: 'percent' },
      { name: 'sold_won', label: own.soldWon, format: 'integer' },
      money('sold_revenue', own.soldRevenue),
    ],
    rows: cohorts.map((cohort): Scalar[] => [
      cohort.month,
      cohort.leads,
      cohort.won,
      cohort.conversion,
      ...(cohort.leads > 0 ? cohort.interval : [null, null]),
      cohort.open,
      cohort.revenue,
      cohort.cost,
      cohort.romi,
      cohort.calendar.won,
      cohort.calendar.revenue,
    ]),
    truncated: false,
  }
}
