/**
 * CSV and TSV (RFC 4180, and what people have): `;` `,` or tab, any encoding that encoding.ts knows, quoted fields that
 * may hold delimiters and line breaks. Written here rather than taken from a library because of one duty: a quote that
 * is opened and never closed must cost its own line, not the rest of the file.
 */
import { InputError } from '../../errors.ts'
import { decodeText, sniffEncoding } from '../encoding.ts'
import { type Line, readLines } from '../lines.ts'
import type { FileFormat, SourceItem } from '../source.ts'

/** A longer line is no table's. */
const MAX_LINE = 1_000_000
/** A quoted field that runs over more lines than this was never closed. */
const MAX_LINES = 200

/** The delimiter that most of the first lines agree on, or null when none parts them. */
export function sniffDelimiter(head: string): string | null {
  const lines = head.split(/\r\n|\n|\r/, 40).filter(line => line !== '')
  const votes = ['\t', ';', ','].map(delimiter => {
    const counts = lines.map(line => line.replace(/"(?:[^"]|"")*"/g, '').split(delimiter).length - 1)
    const most = Math.max(0, ...counts)
    // Lines with as many parts as the widest: a preamble and totals have fewer.
    return { delimiter, fields: most, agreeing: counts.filter(count => count === most).length }
  })
  const best = votes
    .filter(vote => vote.fields > 0)
    .sort((a, b) => b.agreeing * Math.log2(b.fields + 1) - a.agreeing * Math.log2(a.fields + 1))[0]
  return best?.delimiter ?? null
}

/** Splits a record's text; undefined while a quoted field is still open at its end. */
export function splitRecord(text: string, delimiter: string): string[] | undefined {
  if (!text.includes('"')) return text.split(delimiter)
  const fields: string[] = []
  let at = 0
  for (;;) {
    if (text[at] === '"') {
      let field = ''
      let from = at + 1
      for (;;) {
        const quote = text.indexOf('"', from)
        if (quote === -1) return undefined
        field += text.slice(from, quote)
        if (text[quote + 1] !== '"') {
          at = quote + 1
          break
        }
        field += '"'
        from = quote + 2
      }
      // What stands between the closing quote and the delimiter is kept: «"Окно" белое».
      const next = text.indexOf(delimiter, at)
      fields.push(field + text.slice(at, next === -1 ? undefined : next))
      at = next
    } else {
      const next = text.indexOf(delimiter, at)
      fields.push(text.slice(at, next === -1 ? undefined : next))
      at = next
    }
    if (at === -1) return fields
    at += 1
  }
}

/** Rows of lines; see the header for what becomes of open quotes. */
async function* toRows(lines: AsyncIterable<Line>, delimiter: string): AsyncIterable<SourceItem> {
  let open: Line[] = []
  const unread = (line: Line, reason: string): SourceItem => ({
    type: 'unread',
    row: { line: line.number, reason, raw: line.text.slice(0, 1000) },
  })
  const closed = function* (waiting: Line[]): Iterable<SourceItem> {
    // The first line's quote never closed: it alone is lost, and the lines after it are read anew.
    let rest = waiting
    while (rest.length > 0) {
      const [first, ...others] = rest as [Line, ...Line[]]
      yield unread(first, 'a quote is opened and never closed')
      rest = others
      while (rest.length > 0) {
        const cells = splitRecord(rest[0]!.text, delimiter)
        if (cells === undefined) break
        yield { type: 'row', line: rest[0]!.number, cells }
        rest = rest.slice(1)
      }
    }
  }
  for await (const line of lines) {
    if (line.cut) {
      yield* closed(open)
      open = []
      yield unread(line, `the line is longer than ${MAX_LINE.toLocaleString('en')} characters`)
      continue
    }
    if (open.length === 0 && line.text.trim() === '') continue
    open.push(line)
    const text = open.length === 1 ? line.text : open.map(part => part.text).join('\n')
    const cells = open.length === 1 || line.text.includes('"') ? splitRecord(text, delimiter) : undefined
    if (cells) {
      yield { type: 'row', line: open[0]!.number, cells }
      open = []
    } else if (open.length >= MAX_LINES || text.length > MAX_LINE) {
      yield* closed(open)
      open = []
    }
  }
  yield* closed(open)
}

const format: FileFormat = {
  name: 'csv',
  endings: ['.csv', '.tsv', '.txt', '.tab'],
  recognise: input => {
    const head = decodeText(input.head)
    if (head.includes('\0') || /^\s*[[{<]/.test(head)) return 0
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
    yield* toRows(readLines(input.open(), encoding, MAX_LINE), delimiter)
  },
}

export default format
