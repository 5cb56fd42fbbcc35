/**
 * Truncated SVD of a sparse matrix by a random projection with power iterations. Source: Halko, Martinsson, Tropp,
 * “Finding structure with randomness”, SIAM Review 53 (2011), algorithms 4.4 and 5.1; orthonormal bases by Cholesky QR,
 * twice (Yamamoto et al., “Roundoff error analysis of the CholeskyQR2 algorithm”, ETNA 44 (2015)).
 */
import { createRandom } from '../../lib/random.ts'
import { eigen } from './eigen.ts'
import { multiply, multiplyTransposed, type Sparse } from './sparse.ts'

export interface Projection {
  /** Dimensions kept: at most what was asked for, fewer for small matrices. */
  k: number
  /** columns × k by rows: a row vector times this is its place in the space; by falling singular value. */
  basis: Float32Array
}

const OVERSAMPLING = 10
const POWER = 2
/** A direction with less than this share of the greatest is no direction, but rounding. */
const NOTHING = 1e-9

/** The projection onto the k greatest right singular vectors. Deterministic by seed. */
export function project(matrix: Sparse, k: number, seed = 1): Projection {
  const wanted = Math.min(k, matrix.rows, matrix.columns)
  const l = Math.min(wanted + OVERSAMPLING, matrix.rows, matrix.columns)
  const random = createRandom(seed)
  const start = Float32Array.from({ length: matrix.columns * l }, () => random.next() - 0.5)
  let left = orthonormalise(multiply(matrix, start, l), matrix.rows, l)
  for (let i = 0; i < POWER; i++) {
    const right = multiplyTransposed(matrix, left, l)
    left = orthonormalise(multiply(matrix, right, l), matrix.rows, l)
  }
  const image = multiplyTransposed(matrix, left, l)
  const { vectors, values } = eigen(gram(image, matrix.columns, l), l)
  const basis = new Float32Array(matrix.columns * wanted)
  const scales = Float64Array.from({ length: wanted }, (_, j) =>
    values[j]! > NOTHING * values[0]! ? 1 / Math.sqrt(values[j]!) : 0,
  )
  const row = new Float64Array(wanted)
  for (let c = 0; c < matrix.columns; c++) {
    row.fill(0)
    for (let i = 0; i < l; i++) {
      const value = image[c * l + i]!
      if (value !== 0) for (let j = 0; j < wanted; j++) row[j]! += value * vectors[i * l + j]!
    }
    for (let j = 0; j < wanted; j++) basis[c * wanted + j] = row[j]! * scales[j]!
  }
  return { k: wanted, basis }
}

/** Columns made orthonormal, in place; columns that depend on earlier ones become zeros. */
function orthonormalise(dense: Float32Array, n: number, k: number): Float32Array {
  for (let pass = 0; pass < 2; pass++) {
    const inverse = invertTriangle(cholesky(gram(dense, n, k), k), k)
    const row = new Float64Array(k)
    for (let r = 0; r < n; r++) {
      const at = r * k
      row.fill(0)
      // row · inverse, which is upper triangular.
      for (let i = 0; i < k; i++) {
        const value = dense[at + i]!
        if (value !== 0) for (let j = i; j < k; j++) row[j]! += value * inverse[i * k + j]!
      }
      for (let j = 0; j < k; j++) dense[at + j] = row[j]!
    }
  }
  return dense
}

/** Upper triangle R with Rᵀ·R = a; a row of zeros where the pivot is nothing. */
function cholesky(a: Float64Array, k: number): Float64Array {
  const r = new Float64Array(k * k)
  let greatest = 0
  for (let i = 0; i < k; i++) greatest = Math.max(greatest, a[i * k + i]!)
  for (let i = 0; i < k; i++) {
    let pivot = a[i * k + i]!
    for (let m = 0; m < i; m++) pivot -= r[m * k + i]! ** 2
    if (pivot <= NOTHING * greatest) continue
    const root = Math.sqrt(pivot)
    r[i * k + i] = root
    for (let j = i + 1; j < k; j++) {
      let sum = a[i * k + j]!
      for (let m = 0; m < i; m++) sum -= r[m * k + i]! * r[m * k + j]!
      r[i * k + j] = sum / root
    }
  }
  return r
}

/** The inverse of an upper triangle; columns of zeros where its diagonal is zero. */
function invertTriangle(r: Float64Array, k: number): Float64Array {
  const inverse = new Float64Array(k * k)
  for (let j = 0; j < k; j++) {
    if (r[j * k + j] === 0) continue
    inverse[j * k + j] = 1 / r[j * k + j]!
    for (let i = j - 1; i >= 0; i--) {
      if (r[i * k + i] === 0) continue
      let sum = 0
      for (let m = i + 1; m <= j; m++) sum += r[i * k + m]! * inverse[m * k + j]!
      inverse[i * k + j] = -sum / r[i * k + i]!
    }
  }
  return inverse
}

/** denseᵀ · dense, k × k. */
function gram(dense: Float32Array, n: number, k: number): Float64Array {
  const result = new Float64Array(k * k)
  for (let r = 0; r < n; r++) {
    for (let i = 0; i < k; i++) {
      const value = dense[r * k + i]!
      if (value !== 0) for (let j = i; j < k; j++) result[i * k + j]! += value * dense[r * k + j]!
    }
  }
  for (let i = 0; i < k; i++) for (let j = 0; j < i; j++) result[i * k + j] = result[j * k + i]!
  return result
}
