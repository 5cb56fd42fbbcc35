import type { ReadResult } from '../store/database.ts'
import type { Format, Table } from './output.ts'

/** Names of columns that say what their numbers are. */
const FORMATS: readonly [RegExp, Format][] = [
  [/(?:^|_)(?:share|rate|conversion|percent|romi|доля|конверсия)$/i, 'percent'],
  [/(?:^|_)(?:amount|revenue|cost|spend|cac|cpc|cpl|check|price|сумма|выручка|расход|чек)$/i, 'money'],
]

/** A query's result as a table, formats guessed from the columns' names and values. */
export function toTable({ columns, rows, truncated }: ReadResult): Table {
  return {
    columns: columns.map((name, i) => {
      const values = rows.map(row => row[i]).filter(value => value !== null && value !== undefined)
      return { name, label: name, format: formatOf(name, values) }
    }),
    rows,
    truncated,
  }
}

function formatOf(name: string, values: readonly unknown[]): Format {
  if (values.every(value => typeof value === 'number')) {
    if (values.length === 0) return 'text'
    const named = FORMATS.find(([pattern]) => pattern.test(name))?.[1]
    return named ?? (values.every(value => Number.isInteger(value)) ? 'integer' : 'decimal')
  }
  const all = (pattern: RegExp) => values.every(value => typeof value === 'string' && pattern.test(value))
  if (all(/^\d{4}-\d{2}-\d{2}$/)) return 'day'
  if (all(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/)) return 'moment'
  return all(/^\d{4}-\d{2}$/) ? 'month' : 'text'
}
