/** Draws by weight. */
import type { Random } from '../../../server/lib/random.ts'
import type { Weights } from './pack.ts'

/** A key of the weights, as often as its weight says. Throws when there is none. */
export function pickKey(random: Random, weights: Weights): string {
  let total = 0
  for (const key in weights) total += weights[key]!
  let left = random.next() * total
  let last: string | undefined
  for (const key in weights) {
    if (weights[key]! <= 0) continue
    last = key
    left -= weights[key]!
    if (left < 0) return key
  }
  if (last === undefined) throw new Error('Nothing to pick from')
  return last
}

/** Up to `count` different items, each drawn as often as its weight says. */
export function pickSome<T>(
  random: Random,
  items: readonly T[],
  count: number,
  weight: (item: T) => number,
): T[] {
  const weights = items.map(weight)
  let total = weights.reduce((sum, one) => sum + one, 0)
  const picked: T[] = []
  while (picked.length < count && total > 1e-9) {
    let left = random.next() * total
    let at = weights.findIndex(one => {
      left -= one
      return one > 0 && left < 0
    })
    if (at === -1) at = weights.findIndex(one => one > 0)
    if (at === -1) break
    picked.push(items[at]!)
    total -= weights[at]!
    weights[at] = 0
  }
  return picked
}

/** Shares of keys: weights that add up to 1. */
export function toShares(weights: Weights): Weights {
  const total = Object.values(weights).reduce((sum, one) => sum + one, 0)
  return Object.fromEntries(Object.entries(weights).map(([key, one]) => [key, one / total]))
}
