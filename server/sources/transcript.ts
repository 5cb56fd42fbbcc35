/**
 * What all transcript formats share: bounded reading, checked turns, and JSON files as one shape of format.
 * A format hands over loose turns; what is not a turn becomes an `unread` item with its reason, never nothing.
 */
import { InputError } from '../errors.ts'
import { decodeText } from './encoding.ts'
import { message } from './messages.ts'
import { type FileFormat, type FormatInput, type SourceItem, type TranscriptTurn, unread } from './source.ts'
import { shorten } from './values.ts'

/** A day-long recording is about 4 MB of JSON; beyond this a file is something else. */
const MAX_BYTES = 64 * 1024 * 1024
const MAX_MS = 48 * 3_600_000

/** A turn as a file gives it, before anything is believed. Times in milliseconds. */
export interface LooseTurn {
  speaker?: unknown
  start?: unknown
  end?: unknown
  text?: unknown
  /** Where it stands in the file: a line, or the place in its list, from 1. */
  line: number
}

/** The whole file as text (any of the encodings that encoding.ts knows). Throws InputError when it is too large. */
export async function readText(input: FormatInput): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of input.open() as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > MAX_BYTES) {
      throw new InputError(
        `${input.name} is larger than ${MAX_BYTES / 2 ** 20} MB, too large for one transcript`,
        {
          hint: 'Import one conversation a file, or JSON Lines with one conversation a line.',
        },
      )
    }
    chunks.push(chunk)
  }
  return decodeText(Buffer.concat(chunks))
}

/** Milliseconds, or null when absent; undefined when it is no time of a recording. */
function toMs(value: unknown): number | null | undefined {
  if (value === undefined || value === null) return null
  const ms = typeof value === 'number' ? Math.round(value) : Number.NaN
  return ms >= 0 && ms <= MAX_MS ? ms : undefined
}

/** A turn's speaker as a text: names as they are, numbers with what they number («channel 1»). */
function toSpeaker(value: unknown): string | null {
  if (typeof value === 'number') return `speaker ${value}`
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

/** Checks turns one by one: the transcript of the good ones, then what could not be read. */
export function* toItems(id: string | null, loose: Iterable<LooseTurn>): Iterable<SourceItem> {
  const turns: TranscriptTurn[] = []
  const refused: SourceItem[] = []
  for (const turn of loose) {
    const refuse = (code: 'turn_text' | 'turn_time') =>
      refused.push(unread(turn.line, message(code), JSON.stringify(turn)))
    const start_ms = toMs(turn.start)
    const end_ms = toMs(turn.end)
    if (typeof turn.text !== 'string') refuse('turn_text')
    else if (start_ms === undefined || end_ms === undefined) refuse('turn_time')
    else if (turn.text.trim() === '') continue
    else turns.push({ speaker: toSpeaker(turn.speaker), start_ms, end_ms, text: turn.text.trim() })
  }
  if (turns.length > 0) yield { type: 'transcript', transcript: { id, turns }, line: 1 }
  yield* refused
}

/** Seconds as a number or text («0.880s») -> milliseconds; anything else comes back as it is, to be refused. */
export function secondsToMs(value: unknown): unknown {
  if (typeof value === 'string' && /^\d+(\.\d+)?s?$/.test(value)) return Number.parseFloat(value) * 1000
  return typeof value === 'number' ? value * 1000 : value
}

/** `HH:MM:SS`, `MM:SS`, with `.` or `,` before milliseconds -> milliseconds; undefined when it is none of these. */
export function clockToMs(clock: string): number | undefined {
  const match = /^(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?$/.exec(clock.trim())
  if (!match) return undefined
  const [, hours = '0', minutes, seconds, fraction = '0'] = match
  return (
    (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000 + Number(fraction.padEnd(3, '0'))
  )
}

/** A value's property when the value is an object; undefined otherwise. */
export function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}

/** A value when it is a list, else an empty one. */
export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

/** A text or number as a text, else null. */
export function idOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null
}

export interface JsonTranscript {
  name: string
  /** Marks that only this service's files have, looked for in the first 64 KiB; all must be there. */
  marks: readonly RegExp[]
  /** Marks of others that look alike. */
  not?: readonly RegExp[]
  /** Loose turns of the parsed file, and the conversation's id where the file holds one. */
  convert(value: unknown): { id: string | null; turns: LooseTurn[] }
}

/** A file format for transcripts that are one JSON document. */
export function defineJsonTranscript(spec: JsonTranscript): FileFormat {
  return {
    name: spec.name,
    endings: ['.json'],
    recognise: input => {
      const head = decodeText(input.head)
      if (!/^\s*[[{]/.test(head) || !spec.marks.every(mark => mark.test(head))) return 0
      return spec.not?.some(mark => mark.test(head)) ? 0 : 0.9
    },
    async *read(input) {
      const { id, turns } = spec.convert(parseJson(await readText(input), input.name))
      const items = [...toItems(id, turns)]
      if (items.length === 0) {
        throw new InputError(
          `${input.name} holds no speech: it looks like a ${spec.name} transcript without turns`,
          {
            hint: 'Check that recognition of the recording was finished before it was exported.',
          },
        )
      }
      yield* items
    },
  }
}

/** Parses JSON. Throws InputError that says where it breaks. */
export function parseJson(
  text: string,
  name: string,
  parse: (text: string) => unknown = JSON.parse,
): unknown {
  try {
    return parse(text)
  } catch (error) {
    throw new InputError(`${name} is not whole JSON: ${shorten((error as Error).message, 120)}`, {
      hint: 'The file may have been cut off; export it again.',
      cause: error,
    })
  }
}
