/** Segments as a table: every number with its interval, and what could not be attributed in a row of its own. */
import type { Segment, Segments } from '../metrics/segments.ts'
import type { Language } from './cell.ts'
import type { Format, Scalar, Table, TableColumn } from './output.ts'

/** More rows than this say nothing to a reader; the rest are one row together. */
const MOST = 200

const labels = {
  ru: {
    leads: 'Лиды',
    mql: 'MQL',
    sql: 'SQL',
    won: 'Купили',
    conversion: 'Конверсия',
    check: 'Средний чек',
    revenue: 'Выручка',
    perLead: 'Выручка на лид',
    cost: 'Расход',
    cpl: 'CPL',
    cac: 'CAC',
    romi: 'ROMI',
    open: 'В работе',
    differs: 'Отличается',
    unattributed: 'не отнесено',
    marks: { conversion: 'конверсия', check: 'чек', cac: 'CAC' },
  },
  en: {
    leads: 'Leads',
    mql: 'MQL',
    sql: 'SQL',
    won: 'Won',
    conversion: 'Conversion',
    check: 'Average deal',
    revenue: 'Revenue',
    perLead: 'Revenue per lead',
    cost: 'Spend',
    cpl: 'CPL',
    cac: 'CAC',
    romi: 'ROMI',
    open: 'Open',
    differs: 'Differs',
    unattributed: 'not attributed',
    marks: { conversion: 'conversion', check: 'check', cac: 'CAC' },
  },
} as const

export const segmentLabels = labels

/** A column of money: in another currency than the reader's own it says which. */
export function moneyColumn(
  name: string,
  label: string,
  currency: string,
  own: string,
  interval?: [string, string],
): TableColumn {
  const format: Format = currency === own ? 'money' : 'decimal'
  return {
    name,
    label: currency === own ? label : `${label}, ${currency}`,
    format,
    ...(interval && { interval }),
  }
}

export interface SegmentTable {
  table: Table
  /** Rows of little data. */
  small: number[]
}

/** `fields` are the labels of the fields, `nameOf` writes the value of one. */
export function toSegmentTable(
  all: Segments,
  fields: readonly { name: string; label: string }[],
  nameOf: (segment: Segment, at: number) => string,
  language: Language,
  currency: string,
): SegmentTable {
  const own = labels[language]
  const money = (name: string, label: string, interval?: [string, string]) =>
    moneyColumn(name, label, all.rule.main, currency, interval)
  const bound = (name: string, format: Format): TableColumn => ({ name, label: name, format })
  const columns: TableColumn[] = [
    ...fields.map(({ name, label }): TableColumn => ({ name, label, format: 'text' })),
    { name: 'leads', label: own.leads, format: 'integer' },
    { name: 'mql', label: own.mql, format: 'integer' },
    { name: 'sql', label: own.sql, format: 'integer' },
    { name: 'won', label: own.won, format: 'integer' },
    { name: 'conversion', label: own.conversion, format: 'percent', interval: ['low', 'high'] },
    bound('low', 'percent'),
    bound('high', 'percent'),
    money('check', own.check, ['check_low', 'check_high']),
    bound('check_low', 'money'),
    bound('check_high', 'money'),
    money('revenue', own.revenue),
    money('per_lead', own.perLead),
    money('cost', own.cost),
    money('cpl', own.cpl),
    money('cac', own.cac, ['cac_low', 'cac_high']),
    bound('cac_low', 'money'),
    bound('cac_high', 'money'),
    { name: 'romi', label: own.romi, format: 'percent' },
    { name: 'open', label: own.open, format: 'integer' },
    { name: 'differs', label: own.differs, format: 'text' },
  ]
  const shown = all.segments.slice(0, MOST)
  const rows = shown.map(segment => toRow(segment, fields.length, nameOf, own.marks))
  if (all.unattributed !== 0) {
    const blank = new Array<Scalar>(columns.length).fill(null)
    blank[0] = own.unattributed
    blank[columns.findIndex(column => column.name === 'cost')] = all.unattributed
    rows.push(blank)
  }
  return {
    table: { columns, rows, truncated: all.segments.length > MOST },
    small: shown.flatMap((segment, i) => (segment.small ? [i] : [])),
  }
}

function toRow(
  segment: Segment,
  depth: number,
  nameOf: (segment: Segment, at: number) => string,
  marks: Record<'conversion' | 'check' | 'cac', string>,
): Scalar[] {
  const { differs } = segment
  const differing = (['conversion', 'check', 'cac'] as const).filter(name => differs[name])
  return [
    ...Array.from({ length: depth }, (_, at) => nameOf(segment, at)),
    segment.leads,
    segment.mql,
    segment.sql,
    segment.won,
    segment.conversion,
    ...segment.interval,
    segment.check,
    segment.checkInterval?.[0] ?? null,
    segment.checkInterval?.[1] ?? null,
    segment.revenue,
    segment.perLead,
    segment.cost,
    segment.cpl,
    segment.cac,
    segment.cacInterval?.[0] ?? null,
    segment.cacInterval?.[1] ?? null,
    segment.romi,
    segment.open,
    differing.map(name => marks[name]).join(', ') || null,
  ]
}
