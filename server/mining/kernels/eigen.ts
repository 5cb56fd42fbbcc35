/** Eigenvectors of small symmetric matrices, by cyclic Jacobi rotations (Golub and Van Loan, Matrix Computations, 8.5). */

export interface Eigen {
  /** n × n; column j belongs to values[j]. */
  vectors: Float64Array
  /** Falling. */
  values: Float64Array
}

const SWEEPS = 30
/** Done when what is left off the diagonal is this share of all. */
const PRECISION = 1e-20

/** All eigenvectors of a symmetric n × n matrix, by falling value. */
export function eigen(matrix: Float64Array, n: number): Eigen {
  const a = matrix.slice()
  // Rows of v are the vectors while rotating: a rotation then touches two rows, not two columns.
  const v = new Float64Array(n * n)
  for (let i = 0; i < n; i++) v[i * n + i] = 1
  let all = 0
  for (const value of a) all += value * value
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let off = 0
    for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) off += a[i * n + j]! ** 2
    if (off <= PRECISION * all) break
    // Early sweeps leave alone what is far below the average.
    const least = sweep < 3 ? (0.2 * Math.sqrt(off)) / n : 0
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const apq = a[p * n + q]!
        if (Math.abs(apq) <= least || apq === 0) continue
        rotate(a, v, n, p, q, apq)
      }
    }
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((x, y) => a[y * n + y]! - a[x * n + x]!)
  const vectors = new Float64Array(n * n)
  const values = new Float64Array(n)
  for (const [to, from] of order.entries()) {
    values[to] = a[from * n + from]!
    for (let i = 0; i < n; i++) vectors[i * n + to] = v[from * n + i]!
  }
  return { vectors, values }
}

function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number, apq: number): void {
  const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * apq)
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const c = 1 / Math.sqrt(t * t + 1)
  const s = t * c
  const app = a[p * n + p]! - t * apq
  const aqq = a[q * n + q]! + t * apq
  for (let i = 0; i < n; i++) {
    const ip = a[p * n + i]!
    const iq = a[q * n + i]!
    a[p * n + i] = c * ip - s * iq
    a[q * n + i] = s * ip + c * iq
    const vp = v[p * n + i]!
    const vq = v[q * n + i]!
    v[p * n + i] = c * vp - s * vq
    v[q * n + i] = s * vp + c * vq
  }
  for (let i = 0; i < n; i++) {
    a[i * n + p] = a[p * n + i]!
    a[i * n + q] = a[q * n + i]!
  }
  a[p * n + p] = app
  a[q * n + q] = aqq
  a[p * n + q] = 0
  a[q * n + p] = 0
}
