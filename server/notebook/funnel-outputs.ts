/** The funnel as a sentence, a picture and a table; where MQL are lost, by source and by reason. */

import { compareShares } from '../lib/statistics.ts'
import { type FunnelStep, largestLoss } from '../metrics/funnel.ts'
import type { Handover, Reason } from '../metrics/handover.ts'
import { type Figures, isSingular, plain } from './figures.ts'
import { funnelWords, moveLabel, ownerNames, stepLabel } from './funnel-words.ts'
import { intervalLayers } from './interval-layers.ts'
import type { ChartOutput, Output, Scalar, Table } from './output.ts'

const from: Record<string, string> = { mql: 'leads', sql: 'mql', won: 'sql' }
const at = (steps: readonly FunnelStep[], id: string) =>
  steps.find(step => step.id === id && step.kind === 'main')

export function funnelFinding(
  steps: readonly FunnelStep[],
  before: readonly FunnelStep[] | null,
  reasons: readonly Reason[],
  figures: Figures,
): string {
  const ru = figures.language === 'ru'
  const leads = at(steps, 'leads')!.count!
  if (leads === 0)
    return ru ? 'За период не создано ни одной сделки.' : 'No deals were created in the period.'
  const worst = largestLoss(steps)
  const won = at(steps, 'won')!
  const open = steps.reduce((sum, step) => sum + (step.open ?? 0), 0)
  const bought = ru
    ? `До покупки ${isSingular(won.count!) ? 'дошёл' : 'дошли'} ${figures.number(won.count)} из ${figures.count(leads, 'ofLead')} (${figures.percent(won.count! / leads)})${open > 0 ? `, ещё ${figures.number(open)} в работе` : ''}.`
    : `${figures.number(won.count)} of ${figures.count(leads, 'ofLead')} bought (${figures.percent(won.count! / leads)})${open > 0 ? `, ${figures.number(open)} are still open` : ''}.`
  if (!worst) return bought
  return [lossSentence(worst, steps, reasons, figures), bought, changeSentence(steps, before, figures)]
    .filter(Boolean)
    .join(' ')
}

function lossSentence(
  worst: FunnelStep,
  steps: readonly FunnelStep[],
  reasons: readonly Reason[],
  figures: Figures,
): string {
  const ru = figures.language === 'ru'
  const count = at(steps, from[worst.id]!)!.count!
  const move = moveLabel(worst.id, figures.language)
  const owner = ownerNames[figures.language][worst.owner]
  const reason = reasons.find(one => one.reason !== null && one.step === worst.id)?.reason
  const share = figures.percent(worst.lost! / count)
  if (ru) {
    const because = reason ? `, чаще всего по причине «${plain(reason)}»` : ''
    return `Больше всего клиентов теряется на шаге **${move}** (отвечает ${owner === 'продажи' ? 'отдел продаж' : 'маркетинг'}): ${figures.number(worst.lost)} из ${figures.number(count)}, ${share}${because}.`
  }
  const because = reason ? `, most often for “${plain(reason)}”` : ''
  return `Most clients are lost at **${move}** (owner: ${owner}): ${figures.number(worst.lost)} of ${figures.number(count)}, ${share}${because}.`
}

/** The step whose share changed most against the period before, if it is more than chance. */
function changeSentence(
  steps: readonly FunnelStep[],
  before: readonly FunnelStep[] | null,
  figures: Figures,
): string {
  if (!before) return ''
  const changes = ['mql', 'sql'].flatMap(id => {
    const [now, was] = [at(steps, id)!, at(before, id)!]
    const [n, m] = [at(steps, from[id]!)!.count!, at(before, from[id]!)!.count!]
    if (now.conversion === null || was.conversion === null) return []
    const p = compareShares(now.count!, n, was.count!, m)
    return p < 0.05 ? [{ id, now: now.conversion, was: was.conversion }] : []
  })
  const [top] = changes.sort((a, b) => Math.abs(b.now - b.was) - Math.abs(a.now - a.was))
  if (!top) return ''
  const [move, is, was] = [
    moveLabel(top.id, figures.language),
    figures.percent(top.now),
    figures.percent(top.was),
  ]
  const word = top.now > top.was ? ['выросла', 'rose'] : ['упала', 'fell']
  return figures.language === 'ru'
    ? `Конверсия ${move} ${word[0]}: ${is} против ${was} в прошлом периоде.`
    : `Conversion ${move} ${word[1]}: ${is} against ${was} in the period before.`
}

/** Bars on a logarithmic scale, since impressions are counted in millions and purchases in tens. */
export function funnelChart(steps: readonly FunnelStep[], figures: Figures): ChartOutput {
  const { language } = figures
  const own = funnelWords[language]
  const shown = steps.filter(step => step.count !== null)
  const values = shown.map(step => {
    const share = step.conversion === null ? '' : ` · ${figures.percent(step.conversion)}`
    const of = step.kind === 'goal' ? ` ${own.ofVisits}` : step.kind === 'stage' ? ` ${own.ofLeads}` : ''
    return {
      step: stepLabel(step, language),
      length: Math.log10(step.count! + 1),
      owner: ownerNames[language][step.owner],
      opacity: step.kind === 'main' ? 1 : 0.45,
      text: `${figures.number(step.count)}${share}${share && of}`,
    }
  })
  const owners = ownerNames[language]
  return {
    type: 'chart',
    title: own.title,
    description: values.map(value => `${value.step}: ${value.text}`).join('; '),
    spec: {
      data: { values },
      height: { step: 30 },
      encoding: {
        y: { field: 'step', type: 'nominal', sort: null, axis: { title: null, domain: false, ticks: false } },
        x: { field: 'length', type: 'quantitative', axis: null },
      },
      layer: [
        {
          mark: { type: 'bar' },
          encoding: {
            color: {
              field: 'owner',
              type: 'nominal',
              title: own.owner,
              scale: { domain: [owners.marketing, owners.sales], range: ['accent', 'question'] },
            },
            opacity: { field: 'opacity', type: 'quantitative', scale: null },
          },
        },
        { mark: { type: 'text', align: 'left', dx: 6 }, encoding: { text: { field: 'text' } } },
      ],
    },
  }
}

export function funnelTable(
  steps: readonly FunnelStep[],
  before: readonly FunnelStep[] | null,
  calendar: readonly FunnelStep[],
  figures: Figures,
): Table {
  const { language } = figures
  const own = funnelWords[language]
  const same = (list: readonly FunnelStep[] | null, step: FunnelStep) =>
    list?.find(other => other.id === step.id && other.kind === step.kind)
  return {
    columns: [
      { name: 'step', label: own.step, format: 'text' },
      { name: 'owner', label: own.owner, format: 'text' },
      { name: 'count', label: own.count, format: 'integer' },
      { name: 'conversion', label: own.conversion, format: 'percent', interval: ['low', 'high'] },
      { name: 'low', label: 'low', format: 'percent' },
      { name: 'high', label: 'high', format: 'percent' },
      { name: 'lost', label: own.lost, format: 'integer' },
      { name: 'open', label: own.open, format: 'integer' },
      { name: 'before', label: own.before, format: 'integer' },
      { name: 'before_conversion', label: own.beforeConversion, format: 'percent' },
      { name: 'calendar', label: own.calendar, format: 'integer' },
    ],
    rows: steps.map((step): Scalar[] => [
      stepLabel(step, language),
      ownerNames[language][step.owner],
      step.count,
      step.conversion,
      step.interval?.[0] ?? null,
      step.interval?.[1] ?? null,
      step.lost,
      step.open,
      same(before, step)?.count ?? null,
      same(before, step)?.conversion ?? null,
      same(calendar, step)?.count ?? null,
    ]),
    truncated: false,
  }
}

/** MQL to SQL by source, and why leads were lost before sales took them. */
export function handoverOutputs(
  sources: readonly Handover[],
  reasons: readonly Reason[],
  figures: Figures,
): Output[] {
  const own = funnelWords[figures.language]
  const nameOf = (name: string | null) => name ?? own.unknown
  const table: Table = {
    columns: [
      { name: 'source', label: own.source, format: 'text' },
      { name: 'mql', label: 'MQL', format: 'integer' },
      { name: 'sql', label: 'SQL', format: 'integer' },
      { name: 'conversion', label: 'MQL → SQL', format: 'percent', interval: ['low', 'high'] },
      { name: 'low', label: 'low', format: 'percent' },
      { name: 'high', label: 'high', format: 'percent' },
      { name: 'open', label: own.open, format: 'integer' },
      { name: 'reason', label: own.topReason, format: 'text' },
    ],
    rows: sources.map(one => [
      nameOf(one.source),
      one.mql,
      one.sql,
      one.conversion,
      ...one.interval,
      one.open,
      one.reason,
    ]),
    truncated: false,
  }
  const small = sources.flatMap((one, i) => (one.small ? [i] : []))
  const lost: Table = {
    columns: [
      { name: 'reason', label: own.reason, format: 'text' },
      { name: 'clients', label: own.clients, format: 'integer' },
      { name: 'kind', label: own.kind, format: 'text' },
    ],
    rows: reasons.map(one => [nameOf(one.reason), one.clients, own.steps[one.step]]),
    truncated: false,
  }
  return [
    ...(sources.length > 1 ? [handoverChart(sources.slice(0, 12), nameOf, figures)] : []),
    { type: 'table', title: own.handover, table, folded: true, small },
    ...(reasons.length > 1 ? [reasonChart(reasons, nameOf, figures)] : []),
    ...(reasons.length > 0
      ? [{ type: 'table' as const, title: own.reasons, table: lost, folded: true }]
      : []),
  ]
}

function handoverChart(
  sources: readonly Handover[],
  nameOf: (name: string | null) => string,
  figures: Figures,
): ChartOutput {
  const own = funnelWords[figures.language]
  const values = sources.map(one => ({
    source: nameOf(one.source),
    share: one.conversion,
    low: one.interval[0],
    high: one.interval[1],
    opacity: one.small ? 0.35 : 1,
    differs: one.differs ? 1 : 0,
    text: `${figures.percent(one.conversion)} · n ${figures.number(one.mql)}${one.small ? ` · ${own.small}` : ''}`,
  }))
  const opacity = { field: 'opacity', type: 'quantitative', scale: null }
  const color = { condition: { test: 'datum.differs === 1', value: 'accent' }, value: 'muted' }
  return {
    type: 'chart',
    title: own.handover,
    description: values.map(value => `${value.source}: ${value.text}`).join('; '),
    spec: {
      data: { values },
      height: { step: 32 },
      encoding: {
        y: {
          field: 'source',
          type: 'nominal',
          sort: null,
          axis: { title: null, domain: false, ticks: false },
        },
      },
      layer: intervalLayers({ value: 'share', axis: own.handoverAxis, opacity, color }),
    },
  }
}

function reasonChart(
  reasons: readonly Reason[],
  nameOf: (name: string | null) => string,
  figures: Figures,
): ChartOutput {
  const own = funnelWords[figures.language]
  const totals = new Map<string, number>()
  for (const { reason, clients } of reasons)
    totals.set(nameOf(reason), (totals.get(nameOf(reason)) ?? 0) + clients)
  const shown = [...totals].sort((a, b) => b[1] - a[1]).slice(0, 10)
  const order = shown.map(([reason]) => reason)
  const values = reasons
    .filter(one => order.includes(nameOf(one.reason)))
    .map(one => ({ reason: nameOf(one.reason), clients: one.clients, kind: own.steps[one.step] }))
  return {
    type: 'chart',
    title: own.reasons,
    description: values
      .map(value => `${value.reason}: ${figures.number(value.clients)} (${value.kind})`)
      .join('; '),
    spec: {
      data: { values },
      height: { step: 28 },
      encoding: {
        y: {
          field: 'reason',
          type: 'nominal',
          sort: order,
          axis: { title: null, domain: false, ticks: false },
        },
        x: { field: 'clients', type: 'quantitative', axis: { title: own.clients, tickMinStep: 1 } },
      },
      layer: [
        {
          mark: { type: 'bar' },
          encoding: {
            color: {
              field: 'kind',
              type: 'nominal',
              title: own.kind,
              scale: {
                domain: [own.steps.won, own.steps.sql, own.steps.mql],
                range: ['question', 'objection', 'muted'],
              },
            },
          },
        },
        {
          // One number a bar, whatever its colours.
          data: { values: shown.map(([reason, total]) => ({ reason, clients: total })) },
          mark: { type: 'text', align: 'left', dx: 6 },
          encoding: { text: { field: 'clients', format: 'integer' } },
        },
      ],
    },
  }
}
