/**
 * The contracts of the import side. A file format turns bytes into records, or a transcript into turns;
 * a connector turns a service into the same. `ingest.ts` alone turns records into facts.
 */
import type { Readable } from 'node:stream'

/** One row of a table-like file, by header; `line` is where it stands in the file, from 1. */
export interface SourceRecord {
  line: number
  fields: Record<string, string | number | null>
}

/** A row that could not be read at all. */
export interface UnreadRow {
  line: number
  reason: string
  raw: string
}

/** One turn of a conversation as a transcript file gives it. */
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

export type SourceItem =
  | { type: 'header'; columns: string[] }
  | { type: 'record'; record: SourceRecord }
  | { type: 'unread'; row: UnreadRow }
  | { type: 'transcript'; transcript: Transcript; line: number }

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

/** Kinds of data that a file can hold. */
export const dataKinds = ['deals', 'clients', 'spend', 'conversations', 'visits', 'targets', 'pages'] as const
export type DataKind = (typeof dataKinds)[number]
