/** Sparse rows in three flat arrays (CSR). Kernels: typed arrays in, typed arrays out. */
export interface Sparse {
  rows: number
  columns: number
  /** Row r holds entries offsets[r] … offsets[r + 1]. */
  offsets: Uint32Array
  indices: Uint32Array
  values: Float32Array
}

/** Rows of (column, value) lists, each row's columns unique, as CSR. */
export function toSparse(rows: readonly ReadonlyMap<number, number>[], columns: number): Sparse {
  const offsets = new Uint32Array(rows.length + 1)
  rows.forEach((row, i) => {
    offsets[i + 1] = offsets[i]! + row.size
  })
  const indices = new Uint32Array(offsets[rows.length]!)
  const values = new Float32Array(indices.length)
  let at = 0
  for (const row of rows) {
    for (const [column, value] of row) {
      indices[at] = column
      values[at++] = value
    }
  }
  return { rows: rows.length, columns, offsets, indices, values }
}

/** Scales every row to length 1 (rows of zeros stay), in place. */
export function normaliseRows(matrix: Sparse): Sparse {
  for (let r = 0; r < matrix.rows; r++) {
    let sum = 0
    for (let i = matrix.offsets[r]!; i < matrix.offsets[r + 1]!; i++) sum += matrix.values[i]! ** 2
    const scale = sum > 0 ? 1 / Math.sqrt(sum) : 0
    for (let i = matrix.offsets[r]!; i < matrix.offsets[r + 1]!; i++) matrix.values[i]! *= scale
  }
  return matrix
}

/** matrix · dense, where dense is columns × k by rows. Returns rows × k. */
export function multiply(matrix: Sparse, dense: Float32Array, k: number): Float32Array {
  const result = new Float32Array(matrix.rows * k)
  for (let r = 0; r < matrix.rows; r++) {
    const out = r * k
    for (let i = matrix.offsets[r]!; i < matrix.offsets[r + 1]!; i++) {
      const value = matrix.values[i]!
      const row = matrix.indices[i]! * k
      for (let j = 0; j < k; j++) result[out + j]! += value * dense[row + j]!
    }
  }
  return result
}

/** matrixᵀ · dense, where dense is rows × k. Returns columns × k. */
export function multiplyTransposed(matrix: Sparse, dense: Float32Array, k: number): Float32Array {
  const result = new Float32Array(matrix.columns * k)
  for (let r = 0; r < matrix.rows; r++) {
    const row = r * k
    for (let i = matrix.offsets[r]!; i < matrix.offsets[r + 1]!; i++) {
      const value = matrix.values[i]!
      const out = matrix.indices[i]! * k
      for (let j = 0; j < k; j++) result[out + j]! += value * dense[row + j]!
    }
  }
  return result
}

/** Adds weight × (row · row) of every pair of rows to a full n × n matrix, by an inverted index. */
export function addSimilarities(matrix: Sparse, weight: number, into: Float32Array): void {
  const n = matrix.rows
  const counts = new Uint32Array(matrix.columns + 1)
  for (const column of matrix.indices) counts[column + 1]!++
  for (let c = 0; c < matrix.columns; c++) counts[c + 1]! += counts[c]!
  const fill = counts.slice()
  const rows = new Uint32Array(matrix.indices.length)
  const values = new Float32Array(matrix.indices.length)
  for (let r = 0; r < n; r++) {
    for (let i = matrix.offsets[r]!; i < matrix.offsets[r + 1]!; i++) {
      const at = fill[matrix.indices[i]!]!++
      rows[at] = r
      values[at] = matrix.values[i]!
    }
  }
  for (let r = 0; r < n; r++) {
    for (let i = matrix.offsets[r]!; i < matrix.offsets[r + 1]!; i++) {
      const value = matrix.values[i]! * weight
      const column = matrix.indices[i]!
      for (let j = counts[column]!; j < counts[column + 1]!; j++)
        into[r * n + rows[j]!]! += value * values[j]!
    }
  }
}

/** Two matrices side by side, the second scaled: the first's columns, then the second's. */
export function beside(first: Sparse, second: Sparse, scale: number): Sparse {
  const offsets = first.offsets.map((offset, r) => offset + second.offsets[r]!)
  const indices = new Uint32Array(first.indices.length + second.indices.length)
  const values = new Float32Array(indices.length)
  for (let r = 0; r < first.rows; r++) {
    let at = offsets[r]!
    for (let i = first.offsets[r]!; i < first.offsets[r + 1]!; i++) {
      indices[at] = first.indices[i]!
      values[at++] = first.values[i]!
    }
    for (let i = second.offsets[r]!; i < second.offsets[r + 1]!; i++) {
      indices[at] = first.columns + second.indices[i]!
      values[at++] = second.values[i]! * scale
    }
  }
  return { rows: first.rows, columns: first.columns + second.columns, offsets, indices, values }
}
