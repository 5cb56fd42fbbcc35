/** A stream's lines with their numbers; a line beyond the limit is handed over cut, marked, and skipped to its end. */
import type { Readable } from 'node:stream'
import { decodeStream, type Encoding } from './encoding.ts'

export interface Line {
  /** From 1. */
  number: number
  text: string
  /** Longer than `maxLength`: `text` holds its beginning only. */
  cut: boolean
}

/** Lines end with \n, \r\n or \r alone; the last one needs no end. `maxLength` counts UTF-16 units. */
export async function* readLines(
  stream: Readable,
  encoding: Encoding,
  maxLength: number,
): AsyncIterable<Line> {
  let number = 1
  let rest = ''
  let cut = false
  for await (const chunk of decodeStream(stream, encoding)) {
    const parts = (rest + chunk).split(/\r\n|\n|\r(?!$)/)
    rest = parts.pop()!
    for (const text of parts) {
      yield { number, text: text.slice(0, maxLength), cut: cut || text.length > maxLength }
      number++
      cut = false
    }
    if (rest.length > maxLength) {
      rest = rest.slice(0, maxLength)
      cut = true
    }
  }
  if (rest !== '' || cut) yield { number, text: rest.replace(/\r$/, ''), cut }
}
