/** Intervals by resampling, seeded: the same data give the same interval on every machine. Pure. */
import { createRandom, type Random } from './random.ts'

const DRAWS = 1000
/** From so many values on the distribution of the mean is normal for all that matters, and resampling only costs time. */
const NORMAL_FROM = 250
const Z = 1.959964

/**
 * 95 % interval of the mean of a sample; null below three values or when all are alike (nothing is known of the spread).
 * Studentised (bootstrap-t), which holds its coverage for skewed money where plain percentiles fall short. Source: Efron
 * and Tibshirani, “An Introduction to the Bootstrap” (1993), ch. 12.5.
 */
export function meanInterval(values: readonly number[], seed: number): [number, number] | null {
  const n = values.length
  if (n < 3) return null
  const { mean, error } = meanAndError(values)
  if (error === 0) return null
  if (n >= NORMAL_FROM) return [mean - Z * error, mean + Z * error]
  const random = createRandom(seed)
  const sample = new Float64Array(n)
  const deviations: number[] = []
  for (let draw = 0; draw < DRAWS; draw++) {
    for (let i = 0; i < n; i++) sample[i] = values[random.integer(n)]!
    const drawn = meanAndError(sample)
    // A draw of one value over and over has no spread to measure by.
    if (drawn.error > 0) deviations.push((drawn.mean - mean) / drawn.error)
  }
  deviations.sort((a, b) => a - b)
  const at = (share: number) => deviations[Math.round((deviations.length - 1) * share)]!
  return [mean - at(0.975) * error, mean - at(0.025) * error]
}

/** Mean and its standard error. */
export function meanAndError(values: ArrayLike<number>): { mean: number; error: number } {
  const n = values.length
  let sum = 0
  for (let i = 0; i < n; i++) sum += values[i]!
  const mean = sum / n
  let squares = 0
  for (let i = 0; i < n; i++) squares += (values[i]! - mean) ** 2
  return { mean, error: n > 1 ? Math.sqrt(squares / (n - 1) / n) : 0 }
}

/**
 * 95 % interval of a known cost divided by how many of `n` leads became clients: leads are drawn anew with replacement,
 * so that the number of clients varies and the cost stands. `high` is null where drawing no client at all is not
 * unlikely: then no upper bound can be named. Null when nobody became a client.
 */
export function costInterval(
  cost: number,
  hits: number,
  n: number,
  seed: number,
): [number, number | null] | null {
  if (hits <= 0 || n <= 0) return null
  const random = createRandom(seed)
  // Half a lead more on either side keeps the interval from closing when everybody or nobody bought.
  const share = (hits + 0.5) / (n + 1)
  const draws = Array.from({ length: DRAWS }, () => drawBinomial(random, n, share)).sort((a, b) => a - b)
  const low = draws[Math.round((DRAWS - 1) * 0.025)]!
  const high = draws[Math.round((DRAWS - 1) * 0.975)]!
  return [cost / Math.max(1, high), low === 0 ? null : cost / low]
}

/** How many of `n` succeed. Waits between successes are geometric; many successes are drawn from the normal. */
function drawBinomial(random: Random, n: number, share: number): number {
  if (share >= 1) return n
  if (n * share * (1 - share) > 100) {
    const drawn = Math.round(n * share + random.normal() * Math.sqrt(n * share * (1 - share)))
    return Math.min(n, Math.max(0, drawn))
  }
  const step = Math.log(1 - share)
  let at = 0
  for (let hits = 0; ; hits++) {
    at += 1 + Math.floor(Math.log(1 - random.next()) / step)
    if (at > n) return hits
  }
}
