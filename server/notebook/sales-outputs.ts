/** Sales as sentences, tiles, pictures and tables. */
import { formatMonth } from '../lib/locale.ts'
import type { Plan, PlanMonth } from '../metrics/plan.ts'
import { type Sales, WAITED_FROM } from '../metrics/sales.ts'
import type { Segment } from '../metrics/segments.ts'
import { type Figures, isSingular, plain } from './figures.ts'
import type { ChartOutput, MetricTile, Scalar, Table } from './output.ts'
import { moneyColumn } from './segment-table.ts'

const words = {
  ru: {
    plan: 'План',
    fact: 'Факт',
    forecast: 'Прогноз',
    done: 'Выполнение',
    month: 'Месяц',
    metric: 'Показатель',
    metrics: { revenue: 'Выручка', won: 'Купили', leads: 'Лиды' },
    planTitle: 'Выручка: план и факт',
    manager: 'Менеджер',
    cycle: 'Цикл, дней',
    managerPlan: 'План по выручке',
    managerDone: 'Выполнение плана',
    unknown: 'не указан',
    wait: 'Ожидание первого разговора',
    fresh: 'Новые лиды',
    never: 'Так и не поговорили',
    planTile: 'План по выручке выполнен',
    forecastTile: 'Прогноз на месяц',
  },
  en: {
    plan: 'Plan',
    fact: 'Fact',
    forecast: 'Forecast',
    done: 'Done',
    month: 'Month',
    metric: 'Metric',
    metrics: { revenue: 'Revenue', won: 'Won', leads: 'Leads' },
    planTitle: 'Revenue: plan and actual',
    manager: 'Manager',
    cycle: 'Cycle, days',
    managerPlan: 'Revenue plan',
    managerDone: 'Plan done',
    unknown: 'not given',
    wait: 'Wait for the first talk',
    fresh: 'New leads',
    never: 'Never spoken with',
    planTile: 'Revenue plan done',
    forecastTile: 'Forecast for the month',
  },
} as const

export const salesWords = words

const revenueOf = ({ months }: Plan) => months.filter(month => month.metric === 'revenue')

/** Plan first, then who sells best and worst, then what was lost by not answering. */
export function salesFinding(
  sales: Sales,
  plan: Plan,
  lost: { missed: number; lost: number },
  figures: Figures,
): string {
  const ru = figures.language === 'ru'
  if (sales.managers.total.leads === 0)
    return ru ? 'За период не создано ни одной сделки.' : 'No deals were created in the period.'
  return [planSentence(plan, figures), managerSentence(sales, figures), lostSentence(sales, lost, figures)]
    .filter(Boolean)
    .join(' ')
}

function planSentence(plan: Plan, figures: Figures): string {
  const ru = figures.language === 'ru'
  const months = revenueOf(plan)
  const last = months.at(-1)
  if (!last) return ''
  const total = months.reduce(
    (sum, month) => ({ plan: sum.plan + month.plan, fact: sum.fact + month.fact }),
    {
      plan: 0,
      fact: 0,
    },
  )
  if (!last.over && last.forecast !== null) {
    const [fact, planned, pace] = [last.fact, last.plan, last.forecast].map(value => figures.money(value))
    return ru
      ? `${monthName(last.month, figures)}: продано на **${fact}** из ${planned} по плану; таким темпом месяц закроется на ${pace} (${figures.percent(last.forecast / last.plan)} плана).`
      : `${monthName(last.month, figures)}: **${fact}** of the ${planned} planned; at this pace the month comes to ${pace} (${figures.percent(last.forecast / last.plan)} of the plan).`
  }
  const missed = months.filter(month => month.fact < month.plan)
  const done = figures.percent(total.fact / total.plan)
  if (ru) {
    const short =
      missed.length === 0
        ? 'план выполнен каждый месяц'
        : `ниже плана: ${missed.map(one => monthName(one.month, figures)).join(', ')}`
    return `План по выручке выполнен на **${done}**: ${figures.money(total.fact)} из ${figures.money(total.plan)}${months.length > 1 ? `; ${short}` : ''}.`
  }
  const short =
    missed.length === 0
      ? 'every month made its plan'
      : `below plan: ${missed.map(one => monthName(one.month, figures)).join(', ')}`
  return `The revenue plan is done to **${done}**: ${figures.money(total.fact)} of ${figures.money(total.plan)}${months.length > 1 ? `; ${short}` : ''}.`
}

const monthName = (month: string, figures: Figures) => formatMonth(month, figures.language)

function managerSentence({ managers }: Sales, figures: Figures): string {
  const ru = figures.language === 'ru'
  const { segments, total } = managers
  const differing = segments
    .filter(segment => segment.differs.conversion && segment.names[0] !== null)
    .sort((a, b) => b.conversion! - a.conversion!)
  const rest = (one: Segment) => figures.percent((total.won - one.won) / Math.max(1, total.leads - one.leads))
  const above = differing.find(one => one.conversion! > total.conversion!)
  const below = differing.findLast(one => one.conversion! < total.conversion!)
  const name = (one: Segment) => `**${plain(one.names[0]!)}**`
  if (!above && !below) {
    return segments.filter(segment => !segment.small).length < 2
      ? ''
      : ru
        ? 'Между менеджерами заметной разницы в конверсии нет: она не больше той, что даёт случай.'
        : 'Managers do not differ in conversion by more than chance.'
  }
  const best = above
    ? ru
      ? `Лучше всех продаёт ${name(above)}: конверсия ${figures.percent(above.conversion)} против ${rest(above)} у остальных (${figures.count(above.leads, 'lead')}).`
      : `${name(above)} sells best: ${figures.percent(above.conversion)} conversion against ${rest(above)} for the others (${figures.count(above.leads, 'lead')}).`
    : ''
  const worst = below
    ? ru
      ? `Заметно ниже остальных — ${name(below)}: ${figures.percent(below.conversion)} против ${rest(below)}.`
      : `${name(below)} is markedly below the others: ${figures.percent(below.conversion)} against ${rest(below)}.`
    : ''
  return [best, worst].filter(Boolean).join(' ')
}

function lostSentence(
  { waits }: Sales,
  { missed, lost }: { missed: number; lost: number },
  figures: Figures,
): string {
  if (missed === 0) return ''
  const wait = waits.median === null ? null : figures.span(waits.median)
  if (figures.language === 'ru') {
    const after =
      lost === 0
        ? 'со всеми потом поговорили'
        : `из них ${figures.number(lost)} ${isSingular(lost) ? 'потерян' : 'потеряны'}: с клиентом так и не поговорили`
    return `Пропущено ${figures.count(missed, 'call')}, ${after}${wait ? `; кому не ответили сразу, ждали разговора ${wait} (медиана)` : ''}.`
  }
  const after =
    lost === 0
      ? 'all of them rung back'
      : `${figures.number(lost)} of them lost: nobody ever spoke with the client`
  return `${figures.count(missed, 'call')} missed, ${after}${wait ? `; who was not answered at once waited ${wait} for a talk (median)` : ''}.`
}

/** Hours from one on, minutes below: «3», not «3:00:03». */
function waitTile(
  seconds: number | null,
  label: string,
  ru: boolean,
): Pick<MetricTile, 'label' | 'value' | 'format'> {
  const [unit, length] = (seconds ?? 0) >= 3600 ? [ru ? 'ч' : 'h', 3600] : [ru ? 'мин' : 'min', 60]
  const value = seconds === null ? null : Math.round((seconds / length) * 10) / 10
  return { label: `${label}, ${unit}`, value, format: 'decimal' }
}

/** Tiles that only sales have. */
export function salesTiles(sales: Sales, plan: Plan, currency: string, figures: Figures): MetricTile[] {
  const own = words[figures.language]
  const ru = figures.language === 'ru'
  const { waits, fresh } = sales
  const tiles: MetricTile[] = [
    {
      id: 'new_leads',
      label: own.fresh,
      value: fresh,
      format: 'integer',
      better: 'up',
      definition: ru
        ? 'Сделки периода, первые у своего клиента за всю историю.'
        : 'Deals of the period that are the first of their client.',
    },
    {
      id: 'wait',
      ...waitTile(waits.median, own.wait, ru),
      n: waits.waited,
      better: 'down',
      definition: ru
        ? `Медиана времени от обращения до первого разговора у тех, кому не ответили в первые ${WAITED_FROM / 60} минуты (пропущенный звонок, заявка). Средняя половина — от ${figures.span(waits.low)} до ${figures.span(waits.high)}. Ещё не поговорили с ${figures.number(waits.never)} из ${figures.number(waits.leads)} обратившихся.`
        : `Median time from contact to the first talk of those not answered within ${WAITED_FROM / 60} minutes (a missed call, a form). The middle half waited ${figures.span(waits.low)} to ${figures.span(waits.high)}. Nobody has spoken yet with ${figures.number(waits.never)} of ${figures.number(waits.leads)}.`,
    },
  ]
  const months = revenueOf(plan)
  const sum = (of: (month: PlanMonth) => number) => months.reduce((total, month) => total + of(month), 0)
  const last = months.at(-1)
  if (last) {
    tiles.push({
      id: 'plan',
      label: own.planTile,
      value: sum(month => month.plan) > 0 ? sum(month => month.fact) / sum(month => month.plan) : null,
      format: 'percent',
      better: 'up',
      definition: ru
        ? `Выручка по дню продажи ÷ план тех же месяцев: ${figures.money(sum(month => month.fact))} ÷ ${figures.money(sum(month => month.plan))}. Месяцы — целиком: ${figures.days(plan.period)}.`
        : `Revenue by day of sale ÷ plan of the same months: ${figures.money(sum(month => month.fact))} ÷ ${figures.money(sum(month => month.plan))}. Months are whole: ${figures.days(plan.period)}.`,
    })
    if (!last.over && last.forecast !== null) {
      tiles.push({
        id: 'forecast',
        label: own.forecastTile,
        value: last.forecast,
        format: 'money',
        currency,
        better: 'up',
        definition: ru
          ? 'Выручка месяца ÷ прошедшие дни × дни месяца: если остаток месяца пойдёт, как его начало.'
          : 'Revenue of the month ÷ days gone × days of the month: if the rest goes as its start went.',
      })
    }
  }
  return tiles
}

export function planChart(plan: Plan, figures: Figures): ChartOutput | null {
  const own = words[figures.language]
  const months = revenueOf(plan)
  if (months.length === 0) return null
  const values = months.map(month => ({
    month: formatMonth(month.month, figures.language),
    plan: month.plan,
    fact: month.fact,
    forecast: month.over ? null : month.forecast,
    top: Math.max(month.fact, month.plan),
    text: figures.percent(month.plan > 0 ? month.fact / month.plan : null),
  }))
  return {
    type: 'chart',
    title: own.planTitle,
    description: values
      .map(
        value =>
          `${value.month}: ${figures.money(value.fact)}, ${own.plan.toLowerCase()} ${figures.money(value.plan)}`,
      )
      .join('; '),
    spec: {
      data: { values },
      height: 240,
      encoding: { x: { field: 'month', type: 'nominal', sort: null, axis: { title: null, labelAngle: 0 } } },
      layer: [
        {
          mark: { type: 'bar', color: 'muted', opacity: 0.35 },
          encoding: { y: { field: 'forecast', type: 'quantitative' } },
        },
        {
          mark: { type: 'bar', color: 'accent' },
          encoding: {
            y: { field: 'fact', type: 'quantitative', axis: { title: own.metrics.revenue, format: 'money' } },
          },
        },
        {
          mark: { type: 'tick', color: 'ink', thickness: 3, width: 40 },
          encoding: { y: { field: 'plan', type: 'quantitative' } },
        },
        {
          mark: { type: 'text', dy: -8 },
          encoding: { y: { field: 'top', type: 'quantitative' }, text: { field: 'text' } },
        },
      ],
    },
  }
}

export function planTable(plan: Plan, figures: Figures): Table {
  const own = words[figures.language]
  return {
    columns: [
      { name: 'month', label: own.month, format: 'month' },
      { name: 'metric', label: own.metric, format: 'text' },
      { name: 'plan', label: own.plan, format: 'decimal' },
      { name: 'fact', label: own.fact, format: 'decimal' },
      { name: 'done', label: own.done, format: 'percent' },
      { name: 'forecast', label: own.forecast, format: 'decimal' },
    ],
    rows: plan.months.map((month): Scalar[] => [
      month.month,
      own.metrics[month.metric],
      month.plan,
      month.fact,
      month.plan > 0 ? month.fact / month.plan : null,
      month.forecast,
    ]),
    truncated: false,
  }
}

export function managerTable(
  sales: Sales,
  plan: Plan,
  currency: string,
  figures: Figures,
): { table: Table; small: number[] } {
  const own = words[figures.language]
  const { segments, rule } = sales.managers
  const plans = new Map(plan.managers.map(one => [one.manager, one]))
  const money = (name: string, label: string) => moneyColumn(name, label, rule.main, currency)
  const ru = figures.language === 'ru'
  return {
    table: {
      columns: [
        { name: 'manager', label: own.manager, format: 'text' },
        { name: 'leads', label: own.metrics.leads, format: 'integer' },
        { name: 'won', label: own.metrics.won, format: 'integer' },
        {
          name: 'conversion',
          label: ru ? 'Конверсия' : 'Conversion',
          format: 'percent',
          interval: ['low', 'high'],
        },
        { name: 'low', label: 'low', format: 'percent' },
        { name: 'high', label: 'high', format: 'percent' },
        money('check', ru ? 'Средний чек' : 'Average deal'),
        money('revenue', own.metrics.revenue),
        money('per_lead', ru ? 'Выручка на лид' : 'Revenue per lead'),
        { name: 'cycle', label: own.cycle, format: 'days' },
        { name: 'open', label: ru ? 'В работе' : 'Open', format: 'integer' },
        money('plan', own.managerPlan),
        { name: 'done', label: own.managerDone, format: 'percent' },
      ],
      rows: segments.map((segment): Scalar[] => {
        const target = plans.get(segment.names[0] ?? '')
        return [
          segment.names[0] ?? own.unknown,
          segment.leads,
          segment.won,
          segment.conversion,
          ...segment.interval,
          segment.check,
          segment.revenue,
          segment.perLead,
          sales.cycles.get(segment.names[0]!)?.median ?? null,
          segment.open,
          target?.plan ?? null,
          target && target.plan > 0 ? target.fact / target.plan : null,
        ]
      }),
      truncated: false,
    },
    small: segments.flatMap((segment, i) => (segment.small ? [i] : [])),
  }
}
