/** Dense vectors: unit length, neighbours, pooling. */

/** Scales every row of n × k to length 1 (zeros stay), in place. */
export function normaliseDense(dense: Float32Array, k: number): Float32Array {
  for (let r = 0; r < dense.length; r += k) {
    let sum = 0
    for (let j = 0; j < k; j++) sum += dense[r + j]! ** 2
    const scale = sum > 0 ? 1 / Math.sqrt(sum) : 0
    for (let j = 0; j < k; j++) dense[r + j]! *= scale
  }
  return dense
}

export function dot(a: Float32Array, aAt: number, b: Float32Array, bAt: number, k: number): number {
  let sum = 0
  for (let j = 0; j < k; j++) sum += a[aAt + j]! * b[bAt + j]!
  return sum
}

/**
 * Each vector averaged with its nearest neighbours, weighted by likeness: what one text leaves unsaid, those like it
 * say. Rows are of unit length before and after. Time grows with n².
 */
export function poolNeighbours(dense: Float32Array, n: number, k: number, neighbours: number): Float32Array {
  const pooled = new Float32Array(n * k)
  const best = new Float32Array(neighbours)
  const who = new Int32Array(neighbours)
  for (let i = 0; i < n; i++) {
    best.fill(0)
    who.fill(-1)
    for (let j = 0; j < n; j++) {
      if (j === i) continue
      const likeness = dot(dense, i * k, dense, j * k, k)
      if (likeness <= best[neighbours - 1]!) continue
      let at = neighbours - 1
      while (at > 0 && best[at - 1]! < likeness) {
        best[at] = best[at - 1]!
        who[at] = who[at - 1]!
        at--
      }
      best[at] = likeness
      who[at] = j
    }
    for (let d = 0; d < k; d++) pooled[i * k + d] = dense[i * k + d]!
    for (let m = 0; m < neighbours; m++) {
      if (who[m]! < 0) continue
      for (let d = 0; d < k; d++) pooled[i * k + d]! += best[m]! * dense[who[m]! * k + d]!
    }
  }
  return normaliseDense(pooled, k)
}

/** Adds weight × (row · row) of every pair to a full n × n matrix. */
export function addDots(dense: Float32Array, n: number, k: number, weight: number, into: Float32Array): void {
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      const value = weight * dot(dense, i * k, dense, j * k, k)
      into[i * n + j]! += value
      if (j !== i) into[j * n + i]! += value
    }
  }
}
