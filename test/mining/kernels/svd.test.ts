import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../server/lib/random.ts'
import { eigen } from '../../../server/mining/kernels/eigen.ts'
import { toSparse } from '../../../server/mining/kernels/sparse.ts'
import { basisOf, project } from '../../../server/mining/kernels/svd.ts'

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0)

describe('eigenvectors', () => {
  it('of a small matrix come by falling value', () => {
    const { values, vectors } = eigen(Float64Array.of(2, 1, 1, 2), 2)
    expect([...values]).toEqual([expect.closeTo(3, 12), expect.closeTo(1, 12)])
    expect(Math.abs(vectors[0]! - vectors[2]!)).toBeLessThan(1e-12)
    expect(Math.abs(vectors[1]! + vectors[3]!)).toBeLessThan(1e-12)
  })

  it('turn a random symmetric matrix into its diagonal', () => {
    const n = 12
    const random = createRandom(7)
    const a = new Float64Array(n * n)
    for (let i = 0; i < n; i++) for (let j = i; j < n; j++) a[i * n + j] = a[j * n + i] = random.normal()
    const { values, vectors } = eigen(a, n)
    const column = (j: number) => Float64Array.from({ length: n }, (_, i) => vectors[i * n + j]!)
    for (let j = 0; j < n; j++) {
      for (let i = 0; i < n; i++)
        expect(dot(a.subarray(i * n, (i + 1) * n), column(j))).toBeCloseTo(values[j]! * column(j)[i]!, 8)
      for (let m = 0; m < n; m++) expect(dot(column(j), column(m))).toBeCloseTo(j === m ? 1 : 0, 10)
    }
  })
})

describe('the truncated SVD', () => {
  /** Twelve rows that are mixtures of two patterns over five columns: rank 2. */
  const patterns = [
    [3, 0, 2, 0, 1],
    [0, 1, 0, 2, 0],
  ]
  const rows = Array.from({ length: 12 }, (_, r) =>
    patterns[0]!.map((value, c) => (r + 1) * value + ((r * r) % 5) * patterns[1]![c]!),
  )
  const matrix = toSparse(
    rows.map(row => new Map(row.entries().filter(([, value]) => value !== 0))),
    5,
  )

  it('gives back a matrix of low rank from as few dimensions', () => {
    const projection = project(matrix, 2)
    const { k, places } = projection
    const basis = basisOf(projection)
    expect(k).toBe(2)
    for (const [r, row] of rows.entries())
      for (const [c, value] of row.entries())
        expect(dot(places.subarray(r * k, r * k + k), basis.subarray(c * k, c * k + k))).toBeCloseTo(value, 3)
  })

  it('places a row where the basis would fold it in', () => {
    const projection = project(matrix, 2)
    const basis = basisOf(projection)
    const folded = [0, 1].map(d => rows[4]!.reduce((sum, value, c) => sum + value * basis[c * 2 + d]!, 0))
    expect(folded[0]).toBeCloseTo(projection.places[8]!, 3)
    expect(folded[1]).toBeCloseTo(projection.places[9]!, 3)
  })

  it('is the same every time, and puts zeros where there are no more directions', () => {
    const projection = project(matrix, 4)
    expect(projection.places).toEqual(project(matrix, 4).places)
    for (let r = 0; r < 12; r++) {
      expect(projection.places[r * 4 + 2]).toBe(0)
      expect(projection.places[r * 4 + 3]).toBe(0)
    }
  })

  it('of nothing is nothing', () => {
    const projection = project(toSparse([new Map(), new Map()], 0), 3)
    expect(projection.k).toBe(0)
    expect(basisOf(projection)).toHaveLength(0)
  })
})
