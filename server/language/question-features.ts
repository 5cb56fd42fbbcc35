/**
 * A clause -> the features by which the classifier tells a question: which grammar words and endings stand where. Hashed
 * to 2^16 places. Hardly any feature knows what the clause is about, so that a model made from everyday sentences serves
 * any trade.
 */
import { type ClauseWord, END, place, START } from './clause-words.ts'

export const QUESTION_BITS = 16
/** Longer clauses are judged by their beginning and their last words. */
const MOST = 28
const TAIL = 8

const buffer = new Uint16Array((MOST + 1) * 9 + 16)

/** Places of the features of the clause that is words from..to; a view into a buffer that the next call overwrites. */
export function questionFeatures(words: readonly ClauseWord[], from = 0, to = words.length): Uint16Array {
  const line =
    to - from <= MOST
      ? words.slice(from, to)
      : [...words.slice(from, from + MOST - TAIL), ...words.slice(to - TAIL, to)]
  const n = line.length
  let size = 0
  const add = (kind: number, a: number, b = 0, c = 0) => {
    buffer[size++] = place(QUESTION_BITS, kind, a, b, c)
  }
  let previous = START
  let wh = -1
  for (let i = 0; i <= n; i++) {
    const word = line[i] ?? END
    if (i < n) {
      const next = line[i + 1] ?? END
      add(1, word.form)
      add(2, word.part)
      add(3, word.ending)
      add(4, word.word)
      add(5, previous.form, word.form, next.form)
      add(6, previous.part, word.part, next.part)
      if (word.wh && wh < 0) wh = i
    }
    add(7, previous.form, word.form)
    add(8, previous.part, word.part)
    add(9, previous.form, word.part)
    previous = word
  }
  let start = 0
  while (start < n - 1 && line[start]!.leads) start++
  const first = line[start] ?? END
  const second = line[start + 1] ?? END
  const third = line[start + 2] ?? END
  const led = start > 0 ? line[start - 1]!.form : 0
  const said = n - start
  const length = said <= 3 ? said : said <= 6 ? 4 : said <= 12 ? 5 : 6
  add(20, first.form)
  add(21, first.form, second.form)
  add(22, first.part, second.part, third.part)
  add(23, first.word)
  add(24, led, first.part, length)
  add(25, length)
  add(26, first.part, length)
  add(27, first.part, (line[n - 1] ?? END).part, length)
  add(28, led, first.form)
  if (wh >= 0) {
    add(30, Math.min(wh - start, 4))
    add(31, line[wh]!.form, wh === start ? 1 : 0)
    add(32, line[wh]!.form, (line[wh + 1] ?? END).part)
    add(33, wh > 0 ? line[wh - 1]!.form : 0)
  } else add(34, first.part, second.part)
  return buffer.subarray(0, size)
}
