/** Order statistics of values that come with how often each was met. Pure. */

/**
 * The smallest value below which at least each of the shares lies, interpolated between neighbours as spreadsheets do
 * (Hyndman and Fan, type 7). `counts[i]` says how often `values[i]` was met; the order does not matter. Null when empty.
 */
export function quantiles(
  values: readonly number[],
  counts: readonly number[],
  shares: readonly number[],
): (number | null)[] {
  const order = values.map((value, i) => ({ value, count: counts[i]! })).filter(({ count }) => count > 0)
  order.sort((a, b) => a.value - b.value)
  const total = order.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) return shares.map(() => null)
  const at = (rank: number): number => {
    let seen = 0
    for (const { value, count } of order) {
      seen += count
      if (rank < seen) return value
    }
    return order.at(-1)!.value
  }
  return shares.map(share => {
    const place = (total - 1) * share
    const [low, high] = [at(Math.floor(place)), at(Math.ceil(place))]
    return low + (high - low) * (place - Math.floor(place))
  })
}
