/**
 * CSV and TSV: `;` `,` or tab, any encoding that encoding.ts knows, quoted fields that may hold delimiters and line
 * breaks. Written here rather than taken from a library because of one duty: a quote that is opened and never closed
 * must cost its own line, not the rest of the file.
 */
import { InputError } from '../../errors.ts'
import { type Fields, sniffDelimiter, splitLine } from '../delimited.ts'
import { decodeText, isBinary, sniffEncoding } from '../encoding.ts'
import { type Line, readLines } from '../lines.ts'
import { message } from '../messages.ts'
import { type FileFormat, type SourceItem, unread } from '../source.ts'

/** A longer line is no table's. */
const MAX_LINE = 1_000_000
/** A quoted field that runs over more lines than this was never closed. */
const MAX_LINES = 200

/** Rows of lines; see the header for what becomes of open quotes. */
async function* toRows(lines: AsyncIterable<Line>, delimiter: string): AsyncIterable<SourceItem> {
  /** The lines of a record whose quoted field is open, and what was read of it. */
  let waiting: Line[] = []
  let record: Fields | undefined
  let length = 0
  const read = function* (line: Line): Iterable<SourceItem> {
    const queue = [line]
    for (let next = queue.shift(); next; next = queue.shift()) {
      if (waiting.length === 0) {
        if (next.cut) yield unread(next.number, message('long_line', { most: MAX_LINE }), next.text)
        if (next.cut || next.text.trim() === '') continue
      }
      const first = waiting[0] ?? next
      const found = next.cut ? undefined : splitLine(next.text, delimiter, record)
      waiting.push(next)
      length += next.text.length
      // Over several lines a closing quote with something behind it is really the opening one of a later field.
      const lost =
        found === undefined ||
        (waiting.length > 1 && found.stray) ||
        (found.open !== null && (waiting.length >= MAX_LINES || length > MAX_LINE))
      if (!lost && found.open !== null) {
        record = found
        continue
      }
      const rest = waiting.slice(1)
      waiting = []
      record = undefined
      length = 0
      if (lost) {
        yield unread(first.number, message('open_quote'), first.text)
        queue.unshift(...rest)
      } else yield { type: 'row', line: first.number, cells: found.fields }
    }
  }
  for await (const line of lines) yield* read(line)
  while (waiting.length > 0) {
    const [first, ...rest] = waiting as [Line, ...Line[]]
    yield unread(first.number, message('open_quote'), first.text)
    waiting = []
    record = undefined
    length = 0
    for (const line of rest) yield* read(line)
  }
}

const format: FileFormat = {
  name: 'csv',
  endings: ['.csv', '.tsv', '.txt', '.tab'],
  recognise: input => {
    const head = decodeText(input.head)
    if (isBinary(head) || /^\s*[[{<]/.test(head)) return 0
    if (sniffDelimiter(head) === null) return /\.(?:csv|tsv)$/i.test(input.name) ? 0.3 : 0
    return /\.(?:csv|tsv|tab)$/i.test(input.name) ? 0.7 : 0.4
  },
  async *read(input) {
    const encoding = sniffEncoding(input.head)
    const delimiter = sniffDelimiter(decodeText(input.head, encoding))
    if (delimiter === null) {
      throw new InputError(`${input.name} is not a table: no line of it is parted by ; , or a tab`, {
        hint: 'Export the table as CSV or XLSX.',
      })
    }
    const damaged = { lines: 0, first: 0 }
    const lines = async function* () {
      for await (const line of readLines(input.open(), encoding, MAX_LINE)) {
        if (line.text.includes('\ufffd') && damaged.lines++ === 0) damaged.first = line.number
        yield line
      }
    }
    yield* toRows(lines(), delimiter)
    if (damaged.lines > 0) {
      yield { type: 'note', note: message('damaged', { n: damaged.lines, first: damaged.first }) }
    }
  },
}

export default format
