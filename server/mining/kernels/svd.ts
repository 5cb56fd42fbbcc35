/**
 * Truncated SVD of a sparse matrix by a random projection with power iterations. Source: Halko, Martinsson, Tropp,
 * “Finding structure with randomness”, SIAM Review 53 (2011), algorithms 4.4 and 5.1.
 */
import { createRandom } from '../../lib/random.ts'
import { multiply, multiplyTransposed, type Sparse } from './sparse.ts'

export interface Projection {
  /** Dimensions kept: at most what was asked for, fewer for small matrices. */
  k: number
  /** columns × k by rows: a row vector times this is its place in the space. */
  basis: Float32Array
}

const OVERSAMPLING = 10
const POWER = 3

/** The projection onto the k greatest right singular vectors. Deterministic by seed. */
export function project(matrix: Sparse, k: number, seed = 1): Projection {
  const wanted = Math.min(k, matrix.rows, matrix.columns)
  const l = Math.min(wanted + OVERSAMPLING, matrix.rows, matrix.columns)
  const random = createRandom(seed)
  let right: Float32Array = Float32Array.from({ length: matrix.columns * l }, () => random.normal())
  let left: Float32Array = orthonormalise(multiply(matrix, right, l), matrix.rows, l)
  for (let i = 0; i < POWER; i++) {
    right = orthonormalise(multiplyTransposed(matrix, left, l), matrix.columns, l)
    left = orthonormalise(multiply(matrix, right, l), matrix.rows, l)
  }
  const image = multiplyTransposed(matrix, left, l)
  const { vectors, values } = eigen(gram(image, matrix.columns, l), l)
  const basis = new Float32Array(matrix.columns * wanted)
  for (let j = 0; j < wanted; j++) {
    const scale = values[j]! > 1e-12 ? 1 / Math.sqrt(values[j]!) : 0
    for (let c = 0; c < matrix.columns; c++) {
      let sum = 0
      for (let i = 0; i < l; i++) sum += image[c * l + i]! * vectors[i * l + j]!
      basis[c * wanted + j] = sum * scale
    }
  }
  return { k: wanted, basis }
}

/** Columns made orthonormal by modified Gram–Schmidt, twice for stability; in place. */
function orthonormalise(dense: Float32Array, n: number, k: number): Float32Array {
  for (let pass = 0; pass < 2; pass++) {
    for (let j = 0; j < k; j++) {
      for (let i = 0; i < j; i++) {
        let dot = 0
        for (let r = 0; r < n; r++) dot += dense[r * k + i]! * dense[r * k + j]!
        for (let r = 0; r < n; r++) dense[r * k + j]! -= dot * dense[r * k + i]!
      }
      let norm = 0
      for (let r = 0; r < n; r++) norm += dense[r * k + j]! ** 2
      const scale = norm > 1e-12 ? 1 / Math.sqrt(norm) : 0
      for (let r = 0; r < n; r++) dense[r * k + j]! *= scale
    }
  }
  return dense
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

/** Eigenvectors (columns, by falling value) of a small symmetric matrix, by Jacobi rotations. */
function eigen(matrix: Float64Array, n: number): { vectors: Float64Array; values: Float64Array } {
  const a = matrix.slice()
  const v = new Float64Array(n * n)
  for (let i = 0; i < n; i++) v[i * n + i] = 1
  for (let sweep = 0; sweep < 30; sweep++) {
    let off = 0
    for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) off += a[i * n + j]! ** 2
    if (off < 1e-18) break
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const apq = a[p * n + q]!
        if (Math.abs(apq) < 1e-15) continue
        const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * apq)
        const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
        const c = 1 / Math.sqrt(t * t + 1)
        const s = t * c
        for (let i = 0; i < n; i++) {
          const [ip, iq] = [a[i * n + p]!, a[i * n + q]!]
          a[i * n + p] = c * ip - s * iq
          a[i * n + q] = s * ip + c * iq
        }
        for (let i = 0; i < n; i++) {
          const [pi, qi] = [a[p * n + i]!, a[q * n + i]!]
          a[p * n + i] = c * pi - s * qi
          a[q * n + i] = s * pi + c * qi
          const [vp, vq] = [v[i * n + p]!, v[i * n + q]!]
          v[i * n + p] = c * vp - s * vq
          v[i * n + q] = s * vp + c * vq
        }
      }
    }
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((x, y) => a[y * n + y]! - a[x * n + x]!)
  const vectors = new Float64Array(n * n)
  const values = new Float64Array(n)
  order.forEach((from, to) => {
    values[to] = a[from * n + from]!
    for (let i = 0; i < n; i++) vectors[i * n + to] = v[i * n + from]!
  })
  return { vectors, values }
}
