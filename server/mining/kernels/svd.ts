/**
 * Truncated SVD of a sparse matrix by a random projection with power iterations. Source: Halko, Martinsson, Tropp,
 * “Finding structure with randomness”, SIAM Review 53 (2011), algorithms 4.4 and 5.1; orthonormal bases by Cholesky QR,
 * at the end twice (Yamamoto et al., “Roundoff error analysis of the CholeskyQR2 algorithm”, ETNA 44 (2015)).
 */
import { createRandom } from '../../lib/random.ts'
import { eigen } from './eigen.ts'
import { multiply, multiplyTransposed, type Sparse } from './sparse.ts'

export interface Projection {
  /** Dimensions kept: at most what was asked for, fewer for small matrices. */
  k: number
  /** rows × k: each row's place in the space; dimensions by falling singular value. */
  places: Float32Array
  /** columns × l, and l × k: their product is the basis. */
  image: Float32Array
  turn: Float64Array
}

const OVERSAMPLING = 10
const POWER = 2
/** A direction with less than this share of the greatest is no direction, but rounding. */
const NOTHING = 1e-9

/** The projection onto the k greatest right singular vectors. Deterministic by seed. */
export function project(matrix: Sparse, k: number, seed = 1): Projection {
  const { rows, columns } = matrix
  const wanted = Math.min(k, rows, columns)
  const l = Math.min(wanted + OVERSAMPLING, rows, columns)
  const random = createRandom(seed)
  const start = Float32Array.from({ length: columns * l }, () => random.next() - 0.5)
  let left = orthonormalise(multiply(matrix, start, l), rows, l)
  for (let i = 0; i < POWER; i++)
    left = orthonormalise(multiply(matrix, multiplyTransposed(matrix, left, l), l), rows, l)
  orthonormalise(left, rows, l)
  const image = multiplyTransposed(matrix, left, l)
  // imageᵀ·image by way of the rows, which are fewer than the columns: leftᵀ·matrix·image.
  const { vectors, values } = eigen(cross(left, multiply(matrix, image, l), rows, l), l)
  const turn = new Float64Array(l * wanted)
  const stretch = new Float64Array(l * wanted)
  for (let j = 0; j < wanted; j++) {
    if (values[j]! <= NOTHING * values[0]!) continue
    const length = Math.sqrt(values[j]!)
    for (let i = 0; i < l; i++) {
      turn[i * wanted + j] = vectors[i * l + j]! / length
      stretch[i * wanted + j] = vectors[i * l + j]! * length
    }
  }
  return { k: wanted, places: multiplyDense(left, stretch, rows, l, wanted), image, turn }
}

/** columns × k by rows: a row vector times this is its place in the space. */
export function basisOf({ k, image, turn }: Projection): Float32Array {
  const l = k > 0 ? turn.length / k : 0
  return multiplyDense(image, turn, l > 0 ? image.length / l : 0, l, k)
}

/** (n × l) · (l × k). */
function multiplyDense(dense: Float32Array, by: Float64Array, n: number, l: number, k: number): Float32Array {
  const result = new Float32Array(n * k)
  const row = new Float64Array(k)
  for (let r = 0; r < n; r++) {
    row.fill(0)
    for (let i = 0; i < l; i++) {
      const value = dense[r * l + i]!
      if (value !== 0) for (let j = 0; j < k; j++) row[j]! += value * by[i * k + j]!
    }
    result.set(row, r * k)
  }
  return result
}

/** aᵀ · b of two n × k, made symmetric. */
function cross(a: Float32Array, b: Float32Array, n: number, k: number): Float64Array {
  const result = new Float64Array(k * k)
  for (let r = 0; r < n; r++) {
    for (let i = 0; i < k; i++) {
      const value = a[r * k + i]!
      if (value !== 0) for (let j = i; j < k; j++) result[i * k + j]! += value * b[r * k + j]!
    }
  }
  for (let i = 0; i < k; i++) for (let j = 0; j < i; j++) result[i * k + j] = result[j * k + i]!
  return result
}

/** Columns made orthonormal, in place; columns that depend on earlier ones become zeros. */
function orthonormalise(dense: Float32Array, n: number, k: number): Float32Array {
  const inverse = invertTriangle(cholesky(cross(dense, dense, n, k), k), k)
  const row = new Float64Array(k)
  for (let r = 0; r < n; r++) {
    row.fill(0)
    // row · inverse, which is upper triangular.
    for (let i = 0; i < k; i++) {
      const value = dense[r * k + i]!
      if (value !== 0) for (let j = i; j < k; j++) row[j]! += value * inverse[i * k + j]!
    }
    dense.set(row, r * k)
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
