/** Values of fields that are not in the deals themselves: borders of deal sizes, labels of themes. */
import { quantiles } from '../lib/quantiles.ts'
import { raw } from '../store/sql.ts'
import { readGroups } from './groups.ts'
import { type Facts, type Filter, ofSources } from './query.ts'

/** Borders that part the purchases of a period into thirds, rounded to two digits. */
export async function chooseBands(facts: Facts, filter: Filter): Promise<number[]> {
  const counts = new Map<number, number>()
  await readGroups(
    facts,
    {
      table: raw('deals d'),
      day: raw('d.day'),
      period: filter.period,
      where: [raw("d.status = 'won' and d.amount > 0"), ...ofSources(filter, 'd')],
      keys: { amount: raw('d.amount') },
      sums: {},
    },
    ({ size, keys, counts: times }) => {
      for (let i = 0; i < size; i++) {
        const amount = keys.amount[i] as number
        counts.set(amount, (counts.get(amount) ?? 0) + times[i]!)
      }
    },
  )
  const thirds = quantiles([...counts.keys()], [...counts.values()], [1 / 3, 2 / 3])
  return [...new Set(thirds.flatMap(value => (value === null ? [] : [roundTo2(value)])))]
}

function roundTo2(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1)
  return Math.round(value / unit) * unit
}

/** What the values of a field that are only ids are called, by id; empty for other fields. */
export async function readLabels(facts: Facts, field: string): Promise<Map<string, string>> {
  const statement =
    field === 'persona'
      ? 'select persona_id, name from personas'
      : field.startsWith('theme')
        ? 'select theme_id, label from themes'
        : null
  if (statement === null) return new Map()
  const { rows } = await facts.query(raw(statement), { maxRows: 100_000 })
  return new Map(rows as [string, string][])
}
