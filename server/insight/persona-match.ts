/** New classes against former personas: which class is which persona, by the clients that they share. Pure. */

/** Share of the smaller of the two that must be common before a class counts as a former persona. */
const LEAST_COMMON = 0.5

/**
 * Former persona of each class, or null for a class that is new. `former[i]` is the client's persona before (null: none),
 * `now[i]` its class. Pairs with most clients in common first; each persona and class once.
 */
export function matchPersonas(
  former: readonly (string | null)[],
  now: ArrayLike<number>,
  k: number,
): (string | null)[] {
  const common = new Map<string, Float64Array>()
  const sizes = new Float64Array(k)
  for (let i = 0; i < former.length; i++) {
    const id = former[i]
    if (id === null || id === undefined) continue
    let row = common.get(id)
    if (!row) {
      row = new Float64Array(k)
      common.set(id, row)
    }
    row[now[i]!]!++
    sizes[now[i]!]!++
  }
  const pairs = [...common].flatMap(([id, row]) => {
    const size = row.reduce((sum, count) => sum + count, 0)
    return Array.from(row, (count, c) => ({ id, c, count, share: count / Math.min(size, sizes[c]!) }))
  })
  const matched = new Array<string | null>(k).fill(null)
  const taken = new Set<string>()
  const order = pairs
    .filter(({ count, share }) => count > 0 && share >= LEAST_COMMON)
    .sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1))
  for (const { id, c } of order) {
    if (taken.has(id) || matched[c] !== null) continue
    matched[c] = id
    taken.add(id)
  }
  return matched
}
