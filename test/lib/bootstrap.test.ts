import { describe, expect, it } from 'vitest'
import { costInterval, meanInterval } from '../../server/lib/bootstrap.ts'
import { createRandom } from '../../server/lib/random.ts'
import { compareMeans, compareShares, falseDiscovery, wilson } from '../../server/lib/statistics.ts'

/** Share of simulated samples whose interval holds what they were drawn from. */
function coverage(times: number, holds: (trial: number) => boolean): number {
  let hits = 0
  for (let trial = 0; trial < times; trial++) if (holds(trial)) hits++
  return hits / times
}

describe('95 % intervals cover the truth in 93 to 97 samples of 100', () => {
  const random = createRandom(20260301)
  const binomial = (n: number, share: number) => {
    let hits = 0
    for (let i = 0; i < n; i++) if (random.next() < share) hits++
    return hits
  }

  it.each([
    [120, 0.2],
    [300, 0.08],
    [1000, 0.29],
  ])('Wilson: %i leads, share %f', (n, share) => {
    const covered = coverage(4000, () => {
      const [low, high] = wilson(binomial(n, share), n)
      return low <= share && share <= high
    })
    expect(covered).toBeGreaterThan(0.93)
    expect(covered).toBeLessThan(0.97)
  })

  it.each([
    [40, 0.4],
    [80, 0.6],
    [600, 0.6],
  ])('mean of %i skewed sums, spread %f', (n, spread) => {
    const truth = Math.exp((spread * spread) / 2)
    const covered = coverage(1000, trial => {
      const sums = Array.from({ length: n }, () => Math.exp(random.normal() * spread))
      const [low, high] = meanInterval(sums, trial)!
      return low <= truth && truth <= high
    })
    expect(covered).toBeGreaterThan(0.93)
    expect(covered).toBeLessThan(0.97)
  })

  it.each([
    [200, 0.15],
    [400, 0.3],
    [1500, 0.1],
  ])('cost of a client: %i leads of which %f buy', (n, share) => {
    const truth = 1000 / (n * share)
    const covered = coverage(1000, trial => {
      const [low, high] = costInterval(1000, binomial(n, share), n, trial)!
      return low <= truth && (high === null || truth <= high)
    })
    expect(covered).toBeGreaterThan(0.93)
    expect(covered).toBeLessThan(0.97)
  })
})

describe('intervals by resampling', () => {
  const sums = Array.from({ length: 40 }, (_, i) => 1000 + ((i * 37) % 17) * 100)

  it('are the same for the same seed, and nearly so for another', () => {
    expect(meanInterval(sums, 7)).toEqual(meanInterval(sums, 7))
    const [a, b] = [meanInterval(sums, 7)!, meanInterval(sums, 8)!]
    expect(a).not.toEqual(b)
    expect(Math.abs(a[0] - b[0])).toBeLessThan(60)
    expect(costInterval(5000, 20, 100, 3)).toEqual(costInterval(5000, 20, 100, 3))
  })

  it('are not there where nothing is known of the spread', () => {
    expect(meanInterval([5, 6], 1)).toBeNull()
    expect(meanInterval([5, 5, 5, 5], 1)).toBeNull()
    expect(costInterval(100, 0, 50, 1)).toBeNull()
  })

  it('name no upper bound of a cost where drawing no client is not unlikely', () => {
    expect(costInterval(10_000, 1, 100, 1)![1]).toBeNull()
    expect(costInterval(10_000, 30, 100, 1)![1]).toBeGreaterThan(10_000 / 30)
  })

  it('hold where everybody bought', () => {
    const [low, high] = costInterval(1000, 50, 50, 1)!
    expect(low).toBe(20)
    expect(high).toBeLessThan(22)
  })
})

describe('comparisons', () => {
  it('of shares and means', () => {
    expect(compareShares(30, 100, 30, 100)).toBeCloseTo(1, 6)
    // z = 0.1 / sqrt(.25 * .75 * (1/200 + 1/200)) = 2.3094
    expect(compareShares(60, 200, 40, 200)).toBeCloseTo(0.0209, 4)
    expect(compareMeans(10, 1, 10, 1)).toBeCloseTo(1, 6)
    expect(compareMeans(10, 0.6, 12, 0.8)).toBeCloseTo(0.0455, 3)
    expect(compareMeans(10, 0, 12, 1)).toBe(1)
  })

  it('of twenty segments that are all alike mark hardly any after correction', () => {
    const random = createRandom(11)
    let marked = 0
    let raw = 0
    for (let trial = 0; trial < 200; trial++) {
      const won = Array.from({ length: 20 }, () => {
        let hits = 0
        for (let i = 0; i < 150; i++) if (random.next() < 0.2) hits++
        return hits
      })
      const total = won.reduce((a, b) => a + b, 0)
      const ps = won.map(hits => compareShares(hits, 150, total - hits, 19 * 150))
      raw += ps.filter(p => p < 0.05).length
      marked += falseDiscovery(ps).some(Boolean) ? 1 : 0
    }
    // Uncorrected, about one of twenty is “significant” each time; corrected, one family in twenty has any.
    expect(raw / 200).toBeGreaterThan(0.7)
    expect(marked / 200).toBeLessThan(0.09)
  })
})
