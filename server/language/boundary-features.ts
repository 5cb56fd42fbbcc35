/** A gap between two words -> the features by which the classifier tells whether a new clause begins after it. */
import { type ClauseWord, END, place, START } from './clause-words.ts'

export const BOUNDARY_BITS = 15

const buffer = new Uint16Array(24)

/** Places of the features of the gap before `words[i]`; a view into a buffer that the next call overwrites. */
export function boundaryFeatures(words: readonly ClauseWord[], i: number): Uint16Array {
  const a = words[i - 2] ?? START
  const b = words[i - 1] ?? START
  const c = words[i] ?? END
  const d = words[i + 1] ?? END
  const e = words[i + 2] ?? END
  let size = 0
  const add = (kind: number, x: number, y = 0, z = 0) => {
    buffer[size++] = place(BOUNDARY_BITS, kind, x, y, z)
  }
  add(1, b.word)
  add(2, c.word)
  add(3, b.form)
  add(4, c.form)
  add(5, b.ending)
  add(6, c.ending)
  add(7, b.form, c.form)
  add(8, b.part, c.part)
  add(9, b.word, c.part)
  add(10, b.part, c.word)
  add(11, c.form, d.form)
  add(12, c.word, d.word)
  add(13, a.form, b.form)
  add(14, a.word, b.word)
  add(15, c.part, d.part, e.part)
  add(16, a.part, b.part, c.part)
  add(17, b.part, c.part, d.part)
  add(18, b.form, c.form, d.form)
  add(19, a.form, b.form, c.form)
  add(20, Math.min(i, 4), c.form)
  return buffer.subarray(0, size)
}
