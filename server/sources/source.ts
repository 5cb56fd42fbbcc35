/**
 * The contracts of the import side. A file format turns bytes into rows, records or turns; a connector turns a service
 * into the same. `ingest.ts` alone turns them into facts.
 */
import type { Readable } from 'node:stream'
import type { Message } from './messages.ts'

export type CellValue = string | number | null

/** Characters of a row kept at most beside the reason for which it was refused. */
export const RAW_LENGTH = 8_000

/** A row that could not be read at all. */
export interface UnreadRow {
  line: number
  why: Message
  raw: string
}

/** What could not be read, at most as long as is kept of it. */
export function unread(line: number, why: Message, raw: string): SourceItem {
  return { type: 'unread', row: { line, why, raw: raw.slice(0, RAW_LENGTH) } }
}

/** One turn of a conversation as a file gives it. */
export interface TranscriptTurn {
  /** As the file names it: «Оператор», «Speaker 1», «channel 2», or null. */
  speaker: string | null
  start_ms: number | null
  end_ms: number | null
  text: string
}

export interface Transcript {
  /** The service's own id when the file holds one. */
  id: string | null
  turns: TranscriptTurn[]
}

/** `line` is where it stands in the file, from 1. */
export type SourceItem =
  /** A line of a table; which one is the header is found later, by what the columns are called. */
  | { type: 'row'; line: number; cells: CellValue[] }
  /** An object with named fields; nested names are joined with a dot. */
  | { type: 'record'; line: number; fields: Record<string, CellValue>; turns?: TranscriptTurn[] }
  | { type: 'unread'; row: UnreadRow }
  | { type: 'transcript'; transcript: Transcript; line: number }
  /** Something that the person should know, such as a sheet that was not read. */
  | { type: 'note'; note: Message }

export interface FormatInput {
  /** File name, for messages and for the ending only: never part of identity. */
  name: string
  /** The first 64 KiB, for recognising. */
  head: Uint8Array
  size: number
  /** A fresh stream of the whole file. */
  open(): Readable
}

/** One file format; `server/sources/formats/NAME.ts` default-exports one. */
export interface FileFormat {
  name: string
  /** Endings that speak for it, lower case with the dot. */
  endings: readonly string[]
  /** How sure this format is that the file is its own: 0 no, 1 certain. Looks at content first, ending second. */
  recognise(input: FormatInput): number
  /** Streams the file's items. Throws InputError when the file as a whole can't be read. */
  read(input: FormatInput): AsyncIterable<SourceItem>
}

/** Whether a module's default export is a file format. */
export function isFormat(candidate: unknown): candidate is FileFormat {
  const format = candidate as Partial<FileFormat> | null | undefined
  return typeof format?.recognise === 'function' && typeof format.read === 'function'
}

/** Kinds of data that a file can hold. */
export const dataKinds = [
  'deals',
  'stages',
  'clients',
  'spend',
  'conversations',
  'visits',
  'targets',
  'pages',
] as const
export type DataKind = (typeof dataKinds)[number]
