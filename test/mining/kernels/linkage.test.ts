import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cut, linkAverage } from '../../../server/mining/kernels/linkage.ts'

/** Points on a line; likeness falls with distance. */
function onLine(points: readonly number[]): Float32Array {
  return Float32Array.from(points.flatMap(a => points.map(b => Math.fround(1 - Math.abs(a - b) / 100))))
}

const ones = (n: number) => new Float64Array(n).fill(1)

describe('average linkage', () => {
  it('merges the nearest first and averages over all pairs', () => {
    const merges = linkAverage(onLine([0, 10, 30, 80]), 4, ones(4))
    expect(merges.map(({ a, b }) => [a, b])).toEqual([
      [0, 1],
      [0, 2],
      [0, 3],
    ])
    expect(merges.map(({ similarity }) => similarity)).toEqual([
      expect.closeTo(0.9, 6),
      expect.closeTo(1 - 25 / 100, 6),
      expect.closeTo(1 - (80 + 70 + 50) / 300, 6),
    ])
  })

  it('counts an item as often as it was said', () => {
    const merges = linkAverage(onLine([0, 10, 30]), 3, Float64Array.of(1, 3, 1))
    expect(merges[1]!.similarity).toBeCloseTo(1 - (30 + 3 * 20) / 400, 6)
  })

  it('is cut into groups numbered by their first item', () => {
    const merges = linkAverage(onLine([50, 0, 52, 1, 99]), 5, ones(5))
    expect([...cut(merges, 5, 0.9)]).toEqual([0, 1, 0, 1, 2])
    expect([...cut(merges, 5, -1)]).toEqual([0, 0, 0, 0, 0])
    expect([...cut(merges, 5, 2)]).toEqual([0, 1, 2, 3, 4])
    expect([...cut(linkAverage(new Float32Array(1), 1, ones(1)), 1, 0)]).toEqual([0])
  })

  it('ends on any matrix, equal likenesses too, and higher cuts only split', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 20 }), points => {
        const n = points.length
        const merges = linkAverage(onLine(points), n, ones(n))
        expect(merges).toHaveLength(n - 1)
        const [wide, narrow] = [cut(merges, n, 0.96), cut(merges, n, 0.98)]
        for (let i = 0; i < n; i++)
          for (let j = 0; j < n; j++) if (narrow[i] === narrow[j]) expect(wide[i]).toBe(wide[j])
      }),
    )
  })
})
