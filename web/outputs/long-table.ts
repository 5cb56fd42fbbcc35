/** Which rows of a long table are drawn, and how wide its columns are. Pure. */
import type { Scalar } from '../../server/api/contract.ts'

/** Rows drawn above and below what is seen. */
const AROUND = 20
/** The stretch moves by whole steps, so that most scrolling draws nothing anew. */
const STEP = 10

export interface Stretch {
  first: number
  count: number
}

/** The rows to draw when a window of `height` pixels begins at `top`. */
export function stretchAt(top: number, height: number, rowHeight: number, total: number): Stretch {
  const seen = Math.floor(top / rowHeight)
  const first = Math.max(0, Math.floor((seen - AROUND) / STEP) * STEP)
  const count = Math.ceil((height / rowHeight + 2 * AROUND + STEP) / STEP) * STEP
  return { first, count: Math.min(count, Math.max(0, total - first)) }
}

/** For each column the value that is written longest, as far as its length tells; a row of them all. */
export function widestRow(rows: readonly (readonly Scalar[])[], columns: number): Scalar[] {
  const widest: Scalar[] = Array.from({ length: columns }, () => null)
  const lengths = new Float64Array(columns)
  for (const row of rows) {
    for (let i = 0; i < columns; i++) {
      const value = row[i] ?? null
      if (value === null) continue
      // Of numbers the largest: how many digits are written is the format's affair.
      const length = typeof value === 'number' ? Math.abs(value) : String(value).length
      if (widest[i] !== null && length <= lengths[i]!) continue
      widest[i] = value
      lengths[i] = length
    }
  }
  return widest
}
