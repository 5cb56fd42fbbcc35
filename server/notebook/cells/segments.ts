/** Segments of clients: conversion with its interval, cost of winning one, average deal. */
import { z } from 'zod'
import { NotebookError } from '../../errors.ts'
import { formatMoney, formatPercent } from '../../lib/locale.ts'
import {
  clientFields,
  dealFields,
  dimensionOf,
  readSegments,
  type Segment,
  type Segments,
} from '../../metrics/segments.ts'
import { type CellContext, defineCell, type Language } from '../cell.ts'
import type { Output, Table } from '../output.ts'

const optionsSchema = z.strictObject({
  by: z.string(),
  title: z.string().default(''),
  period: z.object({ from: z.string(), to: z.string() }),
  source: z.union([z.array(z.string()), z.string()]).nullish(),
  limit: z.number().int().min(2).max(100).default(12),
})

const words = {
  ru: {
    segment: 'Сегмент',
    leads: 'Лиды',
    won: 'Купили',
    conversion: 'Конверсия',
    revenue: 'Выручка',
    check: 'Средний чек',
    cost: 'Расход',
    cac: 'CAC',
    romi: 'ROMI',
    unknown: 'не указано',
    unattributed: 'не отнесено',
    axis: 'Конверсия в продажу, %',
    others: 'остальные',
  },
  en: {
    segment: 'Segment',
    leads: 'Leads',
    won: 'Won',
    conversion: 'Conversion',
    revenue: 'Revenue',
    check: 'Average deal',
    cost: 'Spend',
    cac: 'CAC',
    romi: 'ROMI',
    unknown: 'not given',
    unattributed: 'not attributed',
    axis: 'Conversion to sale, %',
    others: 'others',
  },
} as const
const kindNames: Record<Language, Record<string, string>> = {
  ru: { person: 'частные лица', company: 'компании' },
  en: { person: 'persons', company: 'companies' },
}

function nameOf(segment: Segment, language: Language): string {
  return segment.name === null ? words[language].unknown : (kindNames[language][segment.name] ?? segment.name)
}

function toTable({ segments, unattributed }: Segments, language: Language): Table {
  const label = words[language]
  return {
    columns: [
      { name: 'segment', label: label.segment, format: 'text' },
      { name: 'leads', label: label.leads, format: 'integer' },
      { name: 'won', label: label.won, format: 'integer' },
      { name: 'conversion', label: label.conversion, format: 'percent', interval: ['low', 'high'] },
      { name: 'low', label: 'low', format: 'percent' },
      { name: 'high', label: 'high', format: 'percent' },
      { name: 'check', label: label.check, format: 'money' },
      { name: 'revenue', label: label.revenue, format: 'money' },
      { name: 'cost', label: label.cost, format: 'money' },
      { name: 'cac', label: label.cac, format: 'money' },
      { name: 'romi', label: label.romi, format: 'percent' },
    ],
    rows: [
      ...segments.map(segment => [
        nameOf(segment, language),
        segment.leads,
        segment.won,
        segment.conversion,
        ...segment.interval,
        segment.check,
        segment.revenue,
        segment.cost,
        segment.cac,
        segment.romi,
      ]),
      ...(unattributed > 0
        ? [[label.unattributed, null, null, null, null, null, null, null, unattributed, null, null]]
        : []),
    ],
    truncated: false,
  }
}

/** What stands out: the dearest clients first, since that is what money is lost on, then conversion. */
function findingOf(all: Segments, { language, currency }: CellContext): string {
  const sized = all.segments.filter(segment => !segment.small && segment.name !== null)
  const priced = sized.filter(segment => segment.cac !== null).sort((a, b) => b.cac! - a.cac!)
  const average = all.won > 0 ? (all.cost - all.unattributed) / all.won : 0
  const parts: string[] = []
  const [dearest] = priced
  if (dearest && average > 0 && dearest.cac! > average * 1.3) {
    const times = (dearest.cac! / average).toFixed(1).replace('.', language === 'ru' ? ',' : '.')
    const cac = formatMoney(dearest.cac!, currency, language)
    parts.push(
      language === 'ru'
        ? `Дороже всех обходятся клиенты **«${nameOf(dearest, 'ru')}»**: CAC ${cac}, в ${times} раза выше среднего.`
        : `The dearest clients are **“${nameOf(dearest, 'en')}”**: CAC ${cac}, ${times} times the average.`,
    )
  }
  const distinct = sized.filter(segment => segment.differs).sort((a, b) => b.conversion - a.conversion)
  const rest = (segment: Segment) =>
    formatPercent((all.won - segment.won) / Math.max(1, all.leads - segment.leads), language)
  for (const segment of new Set([distinct[0], distinct.at(-1)])) {
    if (!segment) continue
    const own = formatPercent(segment.conversion, language)
    parts.push(
      language === 'ru'
        ? `«${nameOf(segment, 'ru')}» покупают ${segment.conversion * all.leads > all.won ? 'чаще' : 'реже'} остальных: ${own} против ${rest(segment)} (лидов: ${segment.leads}).`
        : `“${nameOf(segment, 'en')}” buy ${segment.conversion * all.leads > all.won ? 'more' : 'less'} often than others: ${own} against ${rest(segment)} (leads: ${segment.leads}).`,
    )
  }
  if (parts.length > 0) return parts.join(' ')
  if (sized.length < 2)
    return language === 'ru'
      ? 'Сравнивать нечего: данных хватает меньше чем на два сегмента.'
      : 'Nothing to compare: fewer than two segments have enough data.'
  return language === 'ru'
    ? 'Заметных различий нет: интервалы конверсии пересекаются, CAC близок к среднему.'
    : 'No marked differences: conversion intervals overlap and CAC is close to the average.'
}

function toChart(all: Segments, title: string, limit: number, { language, currency }: CellContext): Output {
  const shown = all.segments.slice(0, limit)
  const values = shown.map(segment => ({
    segment: nameOf(segment, language),
    conversion: segment.conversion * 100,
    low: segment.interval[0] * 100,
    high: segment.interval[1] * 100,
    opacity: segment.small ? 0.35 : 1,
    text: `${formatPercent(segment.conversion, language)} · n ${segment.leads}${segment.cac === null ? '' : ` · CAC ${formatMoney(segment.cac, currency, language)}`}`,
  }))
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
      layer: [
        {
          mark: { type: 'rule', strokeWidth: 2 },
          encoding: {
            x: { field: 'low', type: 'quantitative', axis: { title: words[language].axis } },
            x2: { field: 'high' },
            opacity: { field: 'opacity', type: 'quantitative', scale: null },
          },
        },
        {
          mark: { type: 'point', filled: true, size: 90 },
          encoding: {
            x: { field: 'conversion', type: 'quantitative' },
            opacity: { field: 'opacity', type: 'quantitative', scale: null },
          },
        },
        {
          mark: { type: 'text', align: 'left', dx: 10 },
          encoding: { x: { field: 'high', type: 'quantitative' }, text: { field: 'text' } },
        },
      ],
    },
  }
}

export default defineCell<z.infer<typeof optionsSchema>>({
  kind: 'segments',
  body: 'yaml',
  options: optionsSchema,
  example: 'by: profile\nperiod: :period',
  tables: ['deals', 'clients', 'spend', 'deal_tags', 'client_attributes'],
  run: async ({ by, title, period, source, limit }, context) => {
    const dimension = dimensionOf(by)
    if (!dimension) {
      const known = [...dealFields, ...clientFields, 'tag', 'attribute:NAME'].join(', ')
      throw new NotebookError(`by: there is no field “${by}”`, { hint: `Fields: ${known}` })
    }
    const all = await readSegments(context.query, dimension, { period, sources: [source ?? []].flat() })
    const table = toTable(all, context.language)
    if (all.segments.length === 0) {
      const markdown =
        context.language === 'ru'
          ? 'За период не создано ни одной сделки.'
          : 'No deals were created in the period.'
      return { outputs: [{ type: 'text', role: 'finding', markdown }], table }
    }
    const small = all.segments.flatMap((segment, i) => (segment.small ? [i] : []))
    return {
      outputs: [
        { type: 'text', role: 'finding', markdown: findingOf(all, context) },
        toChart(all, title, limit, context),
        { type: 'table', title, table, folded: true, small },
      ],
      table,
    }
  },
})
