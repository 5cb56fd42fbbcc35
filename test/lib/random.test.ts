import { describe, expect, it } from 'vitest'
import { createRandom } from '../../server/lib/random.ts'

describe('seeded random', () => {
  it('repeats itself by seed and differs between seeds', () => {
    const take = (seed: number) => Array.from({ length: 5 }, createRandom(seed).next)
    expect(take(7)).toEqual(take(7))
    expect(take(7)).not.toEqual(take(8))
  })

  it('is uniform: each of ten bins holds a tenth within four standard errors', () => {
    const random = createRandom(1)
    const bins = new Array<number>(10).fill(0)
    for (let i = 0; i < 100_000; i++) bins[random.integer(10)]!++
    for (const count of bins) expect(Math.abs(count - 10_000)).toBeLessThan(4 * Math.sqrt(9000))
  })

  it('normal numbers have mean 0 and variance 1', () => {
    const random = createRandom(2)
    const sample = Array.from({ length: 50_000 }, random.normal)
    const mean = sample.reduce((a, b) => a + b, 0) / sample.length
    const variance = sample.reduce((a, b) => a + (b - mean) ** 2, 0) / sample.length
    expect(Math.abs(mean)).toBeLessThan(0.02)
    expect(Math.abs(variance - 1)).toBeLessThan(0.03)
  })
})
