import { describe, expect, it } from 'vitest'
import {
  addSimilarities,
  beside,
  multiply,
  multiplyTransposed,
  normaliseRows,
  toSparse,
} from '../../../server/mining/kernels/sparse.ts'

/** 3 4 0 / 0 0 0 / 0 0 2 */
const fixture = () =>
  toSparse(
    [
      new Map([
        [0, 3],
        [1, 4],
      ]),
      new Map(),
      new Map([[2, 2]]),
    ],
    3,
  )

describe('sparse rows', () => {
  it('keep entries in three flat arrays', () => {
    const matrix = fixture()
    expect([...matrix.offsets]).toEqual([0, 2, 2, 3])
    expect([...matrix.indices]).toEqual([0, 1, 2])
    expect([...matrix.values]).toEqual([3, 4, 2])
  })

  it('scale to length 1, and rows of nothing stay nothing', () => {
    expect([...normaliseRows(fixture()).values]).toEqual([0.6, 0.8, 1].map(Math.fround))
  })

  it('multiply a dense matrix, straight and transposed', () => {
    const dense = Float32Array.of(1, 10, 2, 20, 3, 30)
    expect([...multiply(fixture(), dense, 2)]).toEqual([11, 110, 0, 0, 6, 60])
    expect([...multiplyTransposed(fixture(), dense, 2)]).toEqual([3, 30, 4, 40, 6, 60])
  })

  it('stand side by side, the second scaled', () => {
    const both = beside(fixture(), fixture(), 0.5)
    expect(both.columns).toBe(6)
    expect([...both.offsets]).toEqual([0, 4, 4, 6])
    expect([...both.indices]).toEqual([0, 1, 3, 4, 2, 5])
    expect([...both.values]).toEqual([3, 4, 1.5, 2, 2, 1])
  })

  it('add the dot product of every pair', () => {
    const rows = toSparse(
      [
        new Map([[0, 1]]),
        new Map([
          [0, 2],
          [1, 1],
        ]),
        new Map([[1, 3]]),
      ],
      2,
    )
    const into = new Float32Array(9).fill(1)
    addSimilarities(rows, 2, into)
    expect([...into]).toEqual([3, 5, 1, 5, 11, 7, 1, 7, 19])
  })
})
