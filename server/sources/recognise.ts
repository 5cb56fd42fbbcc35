/** Files as inputs, and which format each is in. */
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { InputError } from '../errors.ts'
import { discover } from '../lib/discover.ts'
import { decodeText, isBinary } from './encoding.ts'
import { type FileFormat, type FormatInput, isFormat } from './source.ts'

const HEAD = 64 * 1024

/**
 * A file on disk as an input; `name` is shown for it instead of its own (an upload's). Throws InputError when it can't
 * be opened.
 */
export async function openInput(path: string, name = basename(path)): Promise<FormatInput> {
  const refuse = (error: NodeJS.ErrnoException) => {
    const reasons: Record<string, string> = {
      ENOENT: 'there is no such file',
      EACCES: 'no right to read it',
    }
    throw new InputError(`${path}: ${reasons[error.code ?? ''] ?? error.message}`, { cause: error })
  }
  const info = await stat(path).catch(refuse)
  if (!info.isFile())
    throw new InputError(`${path} is not a file`, { hint: 'Name the files of the folder: FOLDER/*' })
  const handle = await open(path).catch(refuse)
  const head = Buffer.alloc(Math.min(HEAD, info.size))
  await handle.read(head, 0, head.length, 0).finally(() => handle.close())
  return { name, head, size: info.size, open: () => createReadStream(path, { highWaterMark: 1 << 18 }) }
}

let formats: Promise<Map<string, FileFormat>> | undefined

/** What files look like that people take for tables, by their first bytes or words. */
const KNOWN_OTHERS: [pattern: RegExp, is: string, hint: string][] = [
  [
    /^<(?:!doctype html|html|head|body|table|\?xml)/i,
    'is a web page, not a table',
    'The service may have answered with its login page: open it, and export again.',
  ],
  [/^\xd0\xcf\x11\xe0/, 'is a workbook of old Excel', 'Save it as XLSX or CSV.'],
  [/^%PDF/, 'is a PDF', 'Export the table as CSV or XLSX.'],
  [/^(?:\x1f\x8b|Rar!|7z)/, 'is an archive', 'Unpack it, then import its files.'],
  [
    /^(?:ID3|\xff\xfb|RIFF|OggS)/,
    'is a recording of a kind that is not known',
    'Save it as WAV, MP3, M4A or OGG, or import its transcript.',
  ],
]

/** The format that is surest of the file. Throws InputError in words when none is. */
export async function recogniseFormat(input: FormatInput): Promise<FileFormat> {
  formats ??= discover(join(import.meta.dirname, 'formats'), isFormat)
  const text = decodeText(input.head).trimStart()
  if (input.size === 0 || (text === '' && input.size <= HEAD))
    throw new InputError(`${input.name} is empty`, { hint: 'Export it again.' })
  const scored = [...(await formats).values()].map(format => ({ format, score: format.recognise(input) }))
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a))
  if (best.score > 0.25 || (best.score > 0 && best.format.name === 'sections')) return best.format
  const start = String.fromCharCode(...input.head.subarray(0, 4))
  const other = KNOWN_OTHERS.find(([pattern]) => pattern.test(start) || pattern.test(text.slice(0, 200)))
  if (other) throw new InputError(`${input.name} ${other[1]}`, { hint: other[2] })
  const what = isBinary(text) ? 'not text and not a workbook' : 'not a format that is known'
  throw new InputError(`${input.name}: ${what}`, {
    hint: 'Known: CSV, TSV, XLSX, JSON, JSON Lines, transcripts as text, SRT, WebVTT or JSON, pages as Markdown or HTML.',
  })
}
