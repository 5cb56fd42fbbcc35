import { describe, expect, it } from 'vitest'
import { contrast } from '../../server/lib/log-odds.ts'
import { createRandom } from '../../server/lib/random.ts'

describe('weighted log-odds', () => {
  it('is near the plain log-odds ratio when samples are large', () => {
    const [row] = contrast([3000], 10_000, [1500], 10_000)
    expect(row!.logOdds).toBeCloseTo(Math.log(3 / 7) - Math.log(15 / 85), 1)
    expect(row!.stands).toBe(true)
  })

  it('changes sign with the groups, and is nil when both say it alike', () => {
    const [ab] = contrast([30], 100, [10], 100)
    const [ba] = contrast([10], 100, [30], 100)
    expect(ab!.logOdds).toBeCloseTo(-ba!.logOdds, 10)
    expect(contrast([20], 100, [20], 100)[0]!.logOdds).toBeCloseTo(0, 10)
  })

  it('is careful with small samples: three of three against none of three does not stand', () => {
    const [row] = contrast([3], 3, [0], 3)
    expect(row!.logOdds).toBeGreaterThan(0)
    expect(row!.interval[0]).toBeLessThan(0)
    expect(row!.stands).toBe(false)
  })

  it('lets nothing stand against an empty group', () => {
    expect(contrast([50, 0], 100, [0, 0], 0).map(row => row.stands)).toEqual([false, false])
  })

  it('of a hundred things said alike in both groups hardly any stands', () => {
    const random = createRandom(3)
    const draw = () =>
      Array.from({ length: 400 }, () => (random.next() < 0.1 ? 1 : 0)).reduce((a, b) => a + b, 0 as number)
    const things = Array.from({ length: 100 }, () => [draw(), draw()] as const)
    const rows = contrast(
      things.map(pair => pair[0]),
      400,
      things.map(pair => pair[1]),
      400,
    )
    expect(rows.filter(row => row.stands).length).toBeLessThanOrEqual(1)
  })
})
