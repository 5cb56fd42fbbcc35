import { describe, expect, it } from 'vitest'
import { bestMatching, compareGroups } from './cluster-metrics.ts'

describe('agreement of groups', () => {
  it('is full for the same groups under other names, and nothing for one group or for chance', () => {
    expect(compareGroups(['x', 'x', 'y', 'z'], ['1', '1', '2', '3'])).toEqual({
      nmi: 1,
      ari: 1,
      acc: 1,
      groups: 3,
    })
    const one = compareGroups(['x', 'x', 'x', 'x'], ['1', '1', '2', '2'])
    expect(one).toEqual({ nmi: 0, ari: 0, acc: 0.5, groups: 1 })
  })

  it('equals what is worked out by hand', () => {
    // found a: 1 1 2, found b: 2 2 2 -> pairs together 1 + 3 of 3 + 3 found and 1 + 6 known, of 15.
    const { nmi, ari, acc } = compareGroups(['a', 'a', 'a', 'b', 'b', 'b'], ['1', '1', '2', '2', '2', '2'])
    const chance = (6 * 7) / 15
    expect(ari).toBeCloseTo((4 - chance) / (6.5 - chance), 12)
    expect(acc).toBeCloseTo(5 / 6, 12)
    const information = (2 / 6) * Math.log(2) + (1 / 6) * Math.log(0.5) + (3 / 6) * Math.log(1.5)
    const known = -((2 / 6) * Math.log(2 / 6) + (4 / 6) * Math.log(4 / 6))
    expect(nmi).toBeCloseTo((2 * information) / (Math.log(2) + known), 12)
  })

  it('matches so that the sum is greatest, not greedily', () => {
    const table = [Float64Array.of(5, 4, 0), Float64Array.of(4, 0, 0)]
    expect(bestMatching(table, 2, 3)).toBe(8)
    expect(bestMatching([Float64Array.of(5, 4), Float64Array.of(4, 0), Float64Array.of(0, 0)], 3, 2)).toBe(8)
  })
})
