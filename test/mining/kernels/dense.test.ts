import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../server/lib/random.ts'
import { addDots, type Dense, normaliseBlocks } from '../../../server/mining/kernels/dense.ts'
import { nearest, poolNeighbours, scaleLocally } from '../../../server/mining/kernels/neighbours.ts'

describe('dense rows', () => {
  it('have blocks of equal length that make up length 1; nothing stays nothing', () => {
    const dense: Dense = { n: 2, k: 3, starts: [0, 2], values: Float32Array.of(3, 4, -9, 0, 0, 2) }
    normaliseBlocks(dense)
    const share = Math.SQRT1_2
    expect([...dense.values]).toEqual([0.6 * share, 0.8 * share, -share, 0, 0, share].map(Math.fround))
  })

  it.each([1, 3, 4, 6, 9])('add the dots of all pairs of %i rows, whole tiles or not', n => {
    const random = createRandom(n)
    const k = 5
    const values = Float32Array.from({ length: n * k }, () => random.normal())
    const into = new Float32Array(n * n).fill(0.5)
    addDots({ n, k, starts: [0], values }, 2, into)
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0
        for (let d = 0; d < k; d++) sum += values[i * k + d]! * values[j * k + d]!
        expect(into[i * n + j]).toBeCloseTo(0.5 + 2 * sum, 5)
      }
    }
  })
})

describe('neighbours', () => {
  /** Rows 0 and 1 are near, row 2 is a little like both, row 3 like nothing. */
  const similarities = () => Float32Array.of(1, 0.9, 0.5, 0, 0.9, 1, 0.5, 0, 0.5, 0.5, 1, 0, 0, 0, 0, 1)

  it('come by falling likeness, of equal ones the earlier first, never the row itself', () => {
    const { who, likeness } = nearest(similarities(), 4, 2)
    expect([...who]).toEqual([1, 2, 0, 2, 0, 1, 0, 1])
    expect([...likeness]).toEqual([0.9, 0.5, 0.9, 0.5, 0.5, 0.5, 0, 0].map(Math.fround))
    expect([...nearest(Float32Array.of(1, 0.2, 0.2, 1), 2, 3).who]).toEqual([1, -1, -1, 0, -1, -1])
  })

  it('are averaged in by likeness, sharpened; rows like nothing stay as they are', () => {
    const dense: Dense = { n: 4, k: 2, starts: [0], values: Float32Array.of(1, 0, 0, 1, 1, 0, 0, 1) }
    const pooled = poolNeighbours(dense, nearest(similarities(), 4, 1), 2)
    const weight = 0.9 ** 2
    const length = Math.hypot(1, weight)
    expect(pooled.values[0]).toBeCloseTo(1 / length, 6)
    expect(pooled.values[1]).toBeCloseTo(weight / length, 6)
    expect([pooled.values[6], pooled.values[7]]).toEqual([0, 1])
    expect([dense.values[0], dense.values[1]]).toEqual([1, 0])
  })

  it('take off crowded rows what lone rows get', () => {
    const scaled = similarities()
    const crowding = scaleLocally(scaled, 4, 1, 1)
    // Nearest: 0.9, 0.9, 0.5, 0; on average 0.575.
    expect(scaled[1]).toBeCloseTo(0.9 + 0.575 - 0.9, 6)
    expect(scaled[2]).toBeCloseTo(0.5 + 0.575 - 0.7, 6)
    expect(scaled[3]).toBeCloseTo(0 + 0.575 - 0.45, 6)
    expect(scaled[4]).toBe(scaled[1])
    expect(crowding).toBeCloseTo((0.575 + 0.575 + 0.375 + 0.325) / 4, 6)
    expect(scaleLocally(Float32Array.of(1), 1, 10, 1)).toBe(0)
  })
})
