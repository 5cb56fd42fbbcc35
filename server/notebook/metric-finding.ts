/** The sentence that opens a metrics cell: the north-star metric, how it grew, and what stands behind it. */
import { compareShares } from '../lib/statistics.ts'
import { definitions } from '../metrics/definitions.ts'
import type { Totals } from '../metrics/totals.ts'
import { type Figures, isSingular } from './figures.ts'
import { type Compared, write } from './metric-tiles.ts'
import type { TrendMetric } from './trend.ts'

/** Below this a change is no news. */
const SAME = 0.03

export function metricsFinding(
  { now, previous, yearAgo }: Compared,
  star: TrendMetric,
  figures: Figures,
): string {
  const ru = figures.language === 'ru'
  if (!now.values.leads)
    return ru ? 'За период не создано ни одной сделки.' : 'No deals were created in the period.'
  const value = now.values[star]
  const name = definitions[star].label[figures.language]
  const shown = value === null ? '—' : `**${write(star, value, figures)}**`
  const changes = [
    change(value, previous?.values[star], star, ru ? 'к прошлому периоду' : 'on the period before', figures),
    change(value, yearAgo?.values[star], star, ru ? 'к прошлому году' : 'on a year before', figures),
  ].filter(Boolean)
  const opening = `${name} — ${shown}${changes.length > 0 ? `: ${changes.join(', ')}` : ''}.`
  return [
    ru ? opening : opening.replace(' — ', ' '),
    soldOf(now, figures),
    driver(now, previous, figures),
    costOf(now, figures),
  ]
    .filter(Boolean)
    .join(' ')
}

/** «+12 % к прошлому периоду»; a share changes by points. */
function change(
  now: number | null,
  before: number | null | undefined,
  star: TrendMetric,
  than: string,
  figures: Figures,
): string {
  if (now === null || before === null || before === undefined || before === 0) return ''
  if (definitions[star].format === 'percent') {
    const points = (now - before) * 100
    const number = figures.number(Math.abs(points), 1)
    const unit = figures.language === 'ru' ? 'п. п.' : 'points'
    return `${points < 0 ? '−' : '+'}${number}\u00a0${unit} ${than}`
  }
  const share = now / before - 1
  if (Math.abs(share) < SAME)
    return `${figures.language === 'ru' ? 'столько же' : 'about the same'} ${than === 'on the period before' ? 'as the period before' : than === 'on a year before' ? 'as a year before' : than}`
  return `${share > 0 ? '+' : ''}${figures.percent(share)} ${than}`
}

function soldOf({ values }: Totals, figures: Figures): string {
  const { won, leads, conversion } = values
  return figures.language === 'ru'
    ? `${isSingular(won!) ? 'Купил' : 'Купили'} ${figures.number(won)} из ${figures.count(leads!, 'ofLead')}, конверсия ${figures.percent(conversion)}.`
    : `${figures.number(won)} of ${figures.count(leads!, 'ofLead')} bought, ${figures.percent(conversion)} conversion.`
}

/** Leads of the later period have had less time to buy, so that its conversion can't be compared yet. */
function ripening(now: Totals, previous: Totals): boolean {
  const share = ({ tally: { open, leads } }: Totals) => (open.lead + open.mql + open.sql) / Math.max(1, leads)
  return share(now) > share(previous) + 0.05
}

/** What moved revenue most: the number of leads, how many of them bought, or the check. */
function driver(now: Totals, previous: Totals | null, figures: Figures): string {
  if (!previous || ripening(now, previous)) return ''
  const of = ({ values }: Totals) => [values.leads, values.conversion, values.check] as const
  const [a, b] = [of(now), of(previous)]
  if ([...a, ...b].some(value => !value)) return ''
  const logs = a.map((value, i) => Math.log(value! / b[i]!))
  const top = logs.reduce((best, log, i) => (Math.abs(log) > Math.abs(logs[best]!) ? i : best), 0)
  if (Math.abs(logs[top]!) < 0.05) return ''
  // A share that moved within chance moved nothing.
  const p = compareShares(now.values.won!, now.values.leads!, previous.values.won!, previous.values.leads!)
  if (top === 1 && p > 0.05) return ''
  const up = logs[top]! > 0
  const values = [
    [figures.number(b[0]), figures.number(a[0])],
    [figures.percent(b[1]), figures.percent(a[1])],
    [figures.money(b[2]), figures.money(a[2])],
  ][top]!
  const [was, is] = values as [string, string]
  if (figures.language === 'ru') {
    const names = ['лидов стало', 'конверсия стала', 'средний чек стал']
    const words = top === 0 ? (up ? 'больше' : 'меньше') : up ? 'выше' : 'ниже'
    return `Главная перемена: ${names[top]} ${words}, ${is} против ${was}.`
  }
  const names = ['leads', 'conversion', 'the average deal']
  return `The main change is in ${names[top]}: ${is} against ${was}.`
}

function costOf({ values }: Totals, figures: Figures): string {
  const { cac, romi } = values
  if (cac === null) return ''
  if (figures.language === 'ru') {
    return `Новый клиент обошёлся в **${figures.money(cac)}**${romi === null ? '' : `, ROMI ${figures.percent(romi)}`}.`
  }
  return `A new client cost **${figures.money(cac)}**${romi === null ? '' : `, ROMI ${figures.percent(romi)}`}.`
}
