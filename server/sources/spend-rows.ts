import { sha256 } from '../lib/hash.ts'
import type { Row as Stored } from '../store/schema.ts'

type SpendRow = Omit<Stored<'spend'>, 'row_id'>

/**
 * Adds a row of spend to those gathered. Rows that differ only in columns that are not kept are one row, summed; money
 * in kopecks, so that the sum is exact.
 */
export function addSpend(into: Map<string, Stored<'spend'>>, row: SpendRow): void {
  const key = [row.day, row.source, row.medium, row.campaign, row.content, row.keyword, row.currency]
  const row_id = sha256(JSON.stringify(key)).slice(0, 24)
  const known = into.get(row_id)
  if (!known) {
    into.set(row_id, { row_id, ...row })
    return
  }
  const plus = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : a + b)
  known.impressions = plus(known.impressions, row.impressions)
  known.reach = plus(known.reach, row.reach)
  known.clicks = plus(known.clicks, row.clicks)
  const cost = plus(known.cost, row.cost)
  known.cost = cost === null ? null : Math.round(cost * 100) / 100
}
