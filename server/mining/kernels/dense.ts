/** Dense rows: several blocks (spaces) side by side, each of unit length, so that a dot product sums their cosines. */

export interface Dense {
  n: number
  /** Numbers a row. */
  k: number
  /** Where each block begins in a row; the last ends at k. */
  starts: readonly number[]
  /** n × k by rows. */
  values: Float32Array
}

/** Scales each block of every row to length √(1 / blocks), so that whole rows have length 1; zeros stay. In place. */
export function normaliseBlocks({ n, k, starts, values }: Dense): void {
  const share = Math.sqrt(1 / starts.length)
  for (let r = 0; r < n; r++) {
    for (let b = 0; b < starts.length; b++) {
      const from = r * k + starts[b]!
      const to = r * k + (starts[b + 1] ?? k)
      let sum = 0
      for (let i = from; i < to; i++) sum += values[i]! * values[i]!
      const scale = sum > 0 ? share / Math.sqrt(sum) : 0
      for (let i = from; i < to; i++) values[i]! *= scale
    }
  }
}

const TILE = 4

/** Adds weight × (row · row) of every pair to a full n × n matrix. */
export function addDots({ n, k, values }: Dense, weight: number, into: Float32Array): void {
  const tile = new Float64Array(TILE * TILE)
  for (let i = 0; i < n; i += TILE) {
    for (let j = i; j < n; j += TILE) {
      if (i + TILE <= n && j + TILE <= n) dotTile(values, i * k, j * k, k, tile)
      else dotEdge(values, i, j, n, k, tile)
      for (let a = i; a < Math.min(n, i + TILE); a++) {
        for (let b = Math.max(a, j); b < Math.min(n, j + TILE); b++) {
          const value = weight * tile[(a - i) * TILE + (b - j)]!
          into[a * n + b]! += value
          if (a !== b) into[b * n + a]! += value
        }
      }
    }
  }
}

/** 4 × 4 dot products at once: each number is loaded once for four products. */
function dotTile(v: Float32Array, a: number, b: number, k: number, out: Float64Array): void {
  const [a1, a2, a3] = [a + k, a + 2 * k, a + 3 * k]
  const [b1, b2, b3] = [b + k, b + 2 * k, b + 3 * k]
  let [s00, s01, s02, s03, s10, s11, s12, s13] = [0, 0, 0, 0, 0, 0, 0, 0]
  let [s20, s21, s22, s23, s30, s31, s32, s33] = [0, 0, 0, 0, 0, 0, 0, 0]
  for (let d = 0; d < k; d++) {
    const y0 = v[b + d]!
    const y1 = v[b1 + d]!
    const y2 = v[b2 + d]!
    const y3 = v[b3 + d]!
    let x = v[a + d]!
    s00 += x * y0
    s01 += x * y1
    s02 += x * y2
    s03 += x * y3
    x = v[a1 + d]!
    s10 += x * y0
    s11 += x * y1
    s12 += x * y2
    s13 += x * y3
    x = v[a2 + d]!
    s20 += x * y0
    s21 += x * y1
    s22 += x * y2
    s23 += x * y3
    x = v[a3 + d]!
    s30 += x * y0
    s31 += x * y1
    s32 += x * y2
    s33 += x * y3
  }
  out[0] = s00
  out[1] = s01
  out[2] = s02
  out[3] = s03
  out[4] = s10
  out[5] = s11
  out[6] = s12
  out[7] = s13
  out[8] = s20
  out[9] = s21
  out[10] = s22
  out[11] = s23
  out[12] = s30
  out[13] = s31
  out[14] = s32
  out[15] = s33
}

function dotEdge(v: Float32Array, i: number, j: number, n: number, k: number, out: Float64Array): void {
  for (let a = i; a < Math.min(n, i + TILE); a++) {
    for (let b = j; b < Math.min(n, j + TILE); b++) {
      let sum = 0
      for (let d = 0; d < k; d++) sum += v[a * k + d]! * v[b * k + d]!
      out[(a - i) * TILE + (b - j)] = sum
    }
  }
}
