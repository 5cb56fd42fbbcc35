/** Statistics of small samples. Pure. */

/** 97.5 % point of the normal distribution: two-sided 95 %. */
const Z = 1.959964

/**
 * 95 % interval of a share of `hits` in `n`; [0, 1] when n is 0. Source: E. B. Wilson, “Probable inference, the law of
 * succession, and statistical inference”, JASA 22 (1927).
 */
export function wilson(hits: number, n: number, z = Z): [number, number] {
  if (n === 0) return [0, 1]
  const p = hits / n
  const centre = (p + (z * z) / (2 * n)) / (1 + (z * z) / n)
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))
  return [Math.max(0, centre - half), Math.min(1, centre + half)]
}

/** Two-sided p of the hypothesis that two shares are one (z test with pooled share); 1 when either sample is empty. */
export function compareShares(hitsA: number, nA: number, hitsB: number, nB: number): number {
  if (nA === 0 || nB === 0) return 1
  const pooled = (hitsA + hitsB) / (nA + nB)
  const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / nA + 1 / nB))
  if (deviation === 0) return 1
  return 2 * (1 - normalCdf(Math.abs(hitsA / nA - hitsB / nB) / deviation))
}

/** Standard normal distribution function. Source: Abramowitz and Stegun, 26.2.17; error below 7.5e-8. */
export function normalCdf(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x))
  const tail =
    (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return x >= 0 ? 1 - tail : tail
}

/**
 * Which of many tests stand when at most `rate` of those that do may be false. Source: Benjamini and Hochberg, JRSS B 57
 * (1995).
 */
export function falseDiscovery(ps: readonly number[], rate = 0.05): boolean[] {
  const order = ps.map((p, i) => ({ p, i })).sort((a, b) => a.p - b.p)
  const last = order.findLastIndex(({ p }, rank) => p <= ((rank + 1) / ps.length) * rate)
  const stand = new Array<boolean>(ps.length).fill(false)
  for (const { i } of order.slice(0, last + 1)) stand[i] = true
  return stand
}

/** Two-sided p of the hypothesis that two means are one, by their standard errors; 1 where either has no spread to go by. */
export function compareMeans(meanA: number, errorA: number, meanB: number, errorB: number): number {
  const deviation = Math.hypot(errorA, errorB)
  if (errorA === 0 || errorB === 0 || !Number.isFinite(deviation)) return 1
  return 2 * (1 - normalCdf(Math.abs(meanA - meanB) / deviation))
}
