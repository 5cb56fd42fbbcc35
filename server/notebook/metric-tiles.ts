/** Numbers as tiles: each with what it was, how sure it is, and its formula with the figures put in. */

import { wilson } from '../lib/statistics.ts'
import {
  definitions,
  type MetricId,
  readConversion,
  type StepConversion,
  type View,
} from '../metrics/definitions.ts'
import type { Filter } from '../metrics/query.ts'
import type { Totals } from '../metrics/totals.ts'
import { type Figures, plain } from './figures.ts'
import type { Format, MetricTile } from './output.ts'

export interface Compared {
  now: Totals
  previous: Totals | null
  yearAgo: Totals | null
}

const stepNames = {
  ru: {
    impressions: 'показы',
    clicks: 'клики',
    visits: 'визиты',
    leads: 'лиды',
    mql: 'MQL',
    sql: 'SQL',
    won: 'купили',
    again: 'купили ещё раз',
  },
  en: {
    impressions: 'impressions',
    clicks: 'clicks',
    visits: 'visits',
    leads: 'leads',
    mql: 'MQL',
    sql: 'SQL',
    won: 'won',
    again: 'bought again',
  },
} as const

export function stepName(step: StepConversion['from'], language: 'ru' | 'en'): string {
  return stepNames[language][step]
}

export function metricLabel(name: string, language: 'ru' | 'en'): string {
  const steps = readConversion(name)
  if (steps) {
    const [from, to] = [stepName(steps.from, language), stepName(steps.to, language)]
    return language === 'ru' ? `Конверсия: ${from} → ${to}` : `Conversion: ${from} → ${to}`
  }
  return definitions[name as MetricId].label[language]
}

export function metricFormat(name: string): Format {
  return readConversion(name) ? 'percent' : definitions[name as MetricId].format
}

/** A metric or a conversion between two steps; null where either side is unknown or it would be no share. */
export function valueIn(name: string, totals: Totals | null): number | null {
  if (!totals) return null
  const steps = readConversion(name)
  if (!steps) return totals.values[name as MetricId]
  const [from, to] = [totals.values[steps.from], totals.values[steps.to]]
  return from === null || to === null || from === 0 || to > from ? null : to / from
}

/** Clients decide one by one, so their shares have an interval; clicks do not. */
const CLIENTS = new Set(['leads', 'mql', 'sql', 'won'])

function intervalOf(name: string, totals: Totals): [number, number] | undefined {
  if (name === 'conversion') return totals.values.leads ? totals.interval : undefined
  const steps = readConversion(name)
  if (!steps || !CLIENTS.has(steps.from) || valueIn(name, totals) === null) return undefined
  return wilson(totals.values[steps.to]!, totals.values[steps.from]!)
}

function countOf(name: string, { values, priced, cycle }: Totals): number | null {
  const steps = readConversion(name)
  if (steps) return values[steps.from]
  if (name === 'check') return priced
  if (name === 'cycle') return cycle.n
  const ratio = definitions[name as MetricId].ratio
  return ratio && ratio[1] !== 'spend' ? values[ratio[1]] : null
}

export function toTile(
  name: string,
  compared: Compared,
  view: View,
  filter: Filter,
  figures: Figures,
): MetricTile {
  const { now, previous, yearAgo } = compared
  const better = readConversion(name) ? 'up' : definitions[name as MetricId].better
  const format = metricFormat(name)
  const interval = intervalOf(name, now)
  const n = countOf(name, now)
  return {
    id: name,
    label: metricLabel(name, figures.language),
    value: valueIn(name, now),
    format,
    ...(format === 'money' && { currency: now.rule.main }),
    ...(previous && { previous: valueIn(name, previous) }),
    ...(yearAgo && { yearAgo: valueIn(name, yearAgo) }),
    ...(interval && { interval }),
    ...(n !== null && { n }),
    ...(better && { better }),
    definition: define(name, compared, view, filter, figures),
  }
}

/** Definition, the figures put into the formula, what it was a period and a year before, the period and filters. */
function define(name: string, compared: Compared, view: View, filter: Filter, figures: Figures): string {
  const ru = figures.language === 'ru'
  const steps = readConversion(name)
  const parts = [steps ? defineSteps(steps, ru) : describe(name as MetricId, view, figures.language)]
  parts.push(formulaOf(name, compared.now, figures))
  const { cycle } = compared.now
  if (name === 'cycle' && cycle.n > 0) {
    parts.push(
      ru
        ? `Средняя половина сделок — от ${figures.number(cycle.low)} до ${figures.number(cycle.high)} дней.`
        : `The middle half of deals took ${figures.number(cycle.low)} to ${figures.number(cycle.high)} days.`,
    )
  }
  const yearAgo = valueIn(name, compared.yearAgo)
  if (yearAgo !== null)
    parts.push(`${ru ? 'Годом раньше' : 'A year before'}: ${write(name, yearAgo, figures)}.`)
  const sources = filter.sources.length > 0 ? filter.sources.map(plain).join(', ') : ru ? 'все' : 'all'
  parts.push(
    ru
      ? `Период: ${figures.days(filter.period)}. Источники: ${sources}.`
      : `Period: ${figures.days(filter.period)}. Sources: ${sources}.`,
  )
  return parts.filter(Boolean).join(' ')
}

function describe(id: MetricId, view: View, language: 'ru' | 'en'): string {
  const { definition, calendar } = definitions[id]
  return (view === 'calendar' && calendar ? calendar : definition)[language]
}

function defineSteps({ from, to }: StepConversion, ru: boolean): string {
  const language = ru ? 'ru' : 'en'
  const formula = `${stepName(to, language)} ÷ ${stepName(from, language)}`
  return `${formula[0]!.toUpperCase()}${formula.slice(1)}.`
}

function formulaOf(name: string, { values }: Totals, figures: Figures): string {
  const steps = readConversion(name)
  const pair = steps ? ([steps.to, steps.from] as const) : definitions[name as MetricId].ratio
  if (!pair) return ''
  const [top, bottom] = pair.map(id => (values[id] === null ? null : write(id, values[id]!, figures)))
  if (top === null || bottom === null) return ''
  return name === 'romi' ? `(${top} − ${bottom}) ÷ ${bottom}.` : `${top} ÷ ${bottom}.`
}

/** A metric's value as a tile would write it. */
export function write(name: string, value: number, figures: Figures): string {
  const format = metricFormat(name)
  if (format === 'money') return figures.money(value)
  if (format === 'percent') return figures.percent(value)
  if (format === 'days') return figures.count(Math.round(value), 'day')
  return figures.number(value)
}
