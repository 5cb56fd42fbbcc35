import type { Scalar } from '../../server/api/contract.ts'

/** Row indexes in the order of a column: numbers by size, texts by letters, what is missing last either way. */
export function orderRows(
  rows: readonly (readonly Scalar[])[],
  sorted: { column: number; falling: boolean } | null,
  language: string,
): number[] {
  const order = rows.map((_row, i) => i)
  if (!sorted) return order
  const collator = new Intl.Collator(language, { numeric: true })
  const sign = sorted.falling ? -1 : 1
  return order.sort((i, j) => {
    const a = rows[i]![sorted.column] ?? null
    const b = rows[j]![sorted.column] ?? null
    if (a === null || b === null) return a === b ? i - j : a === null ? 1 : -1
    const compared =
      typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b))
    return sign * compared || i - j
  })
}
