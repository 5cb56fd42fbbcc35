/** Filters over JSON Lines on standard streams: a bad line is said on standard error with its number; the rest goes on. */
import { createInterface } from 'node:readline'
import { InputError } from '../errors.ts'
import type { Io } from './command.ts'

export interface TextRow {
  id: string | number
  text: string
}

/** Rows {id, text} of standard input, one by one. `failed` is told how many lines could not be read, at the end. */
export async function* readRows(io: Io): AsyncIterable<TextRow> {
  let line = 0
  let bad = 0
  for await (const text of createInterface({ input: io.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++
    const said = line === 1 ? withoutMark(text) : text
    if (said.trim() === '') continue
    const row = parseRow(said)
    if (row) yield row
    else {
      bad++
      io.note(`line ${line}: not an object with id and text`)
    }
  }
  if (bad > 0)
    throw new InputError(`${bad} of ${line} lines could not be read`, {
      hint: 'Each line: {"id": "1", "text": "…"}',
    })
}

/** Text without the byte order mark that some programs begin a file with. */
export const withoutMark = (text: string) => (text.startsWith('\uFEFF') ? text.slice(1) : text)

function parseRow(line: string): TextRow | null {
  try {
    const row = JSON.parse(line) as Partial<TextRow> | null
    const known = typeof row?.text === 'string' && (typeof row.id === 'string' || typeof row.id === 'number')
    return known ? (row as TextRow) : null
  } catch {
    return null
  }
}
