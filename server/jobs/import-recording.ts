/**
 * A recording -> a conversation: each channel is transcribed once, kept until all are there, then imported as a transcript
 * with speakers. Whatever stops it, the next time goes on from what was transcribed.
 */
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { InputError, UnavailableError } from '../errors.ts'
import { sha256 } from '../lib/hash.ts'
import { createTranscriber, type Segment, type TranscriberSettings } from '../llm/transcribe.ts'
import { type ImportOptions, importFile, type Watch } from '../sources/ingest.ts'
import { type Channel, toChannels } from '../sources/recording.ts'
import type { ImportSummary } from '../sources/session.ts'
import type { FormatInput } from '../sources/source.ts'
import type { Role } from '../sources/speakers.ts'
import { atZone } from '../sources/values.ts'
import type { Database } from '../store/database.ts'
import { endRecording, readRecording, writeRecording } from '../store/recordings.ts'

export interface RecordingOptions extends ImportOptions {
  transcription?: TranscriberSettings | undefined
  /** Send it once more, although it was transcribed before. */
  again?: boolean
  retries?: number
}

/** The speaker of a recording in which nobody is told from anybody. */
const ONE_VOICE = 'recording'

/** What came of it; null when it was transcribed and imported before. */
export interface RecordingImport {
  summary: ImportSummary | null
  notes: string[]
}

/** Throws InputError for a file that can't be taken, UnavailableError when nothing transcribes, CancelledError. */
export async function importRecording(
  database: Database,
  path: string,
  name: string,
  { transcription, again, retries, ...options }: RecordingOptions,
  watch: Watch = {},
): Promise<RecordingImport> {
  if (!transcription)
    throw new UnavailableError(`${name} is a recording, and nothing is set that transcribes`, {
      hint: 'Set VERBATIM_LLM_URL and VERBATIM_TRANSCRIBE_MODEL (whisper-1, gpt-4o-transcribe-diarize or your own server’s); sound is sent as it is. Or import a transcript.',
    })
  const { maxBytes, model } = transcription
  const bytes = await readBounded(path, name, maxBytes)
  const hash = sha256(bytes)
  const channels = toChannels(name, bytes)
  for (const channel of channels) requireSize(channel, maxBytes)
  const known = new Map(
    again ? [] : (await readRecording(database, hash)).map(row => [row.channel, row.transcript]),
  )
  if (channels.every(({ number }) => known.get(number) === null))
    return { summary: null, notes: ['transcribed and imported before; --again sends it once more'] }
  if (options.dryRun) {
    const left = channels.filter(({ number }) => typeof known.get(number) !== 'string')
    const size = left.reduce((sum, channel) => sum + channel.bytes.length, 0)
    return {
      summary: null,
      notes: [
        `would send ${(size / 2 ** 20).toFixed(1)} MB to ${model}, in ${left.length} requests; nothing was sent`,
      ],
    }
  }
  const transcribe = createTranscriber(transcription, retries)
  const now = () => atZone((watch.now ?? Date.now)(), options.timeZone)
  const spoken = new Map<number, Segment[]>()
  for (const [i, channel] of channels.entries()) {
    const kept = known.get(channel.number)
    const segments =
      typeof kept === 'string'
        ? (JSON.parse(kept) as Segment[])
        : await transcribe(channel.name, channel.bytes, watch.signal)
    spoken.set(channel.number, segments)
    await writeRecording(database, {
      recording_hash: hash,
      channel: channel.number,
      model,
      done_at: now(),
      transcript: JSON.stringify(segments),
    })
    watch.progress?.(i + 1, channels.length)
  }
  const { segments, isTold } = toSegments(spoken)
  const speakers = new Map<string, Role>(options.speakers)
  // Unknown voices are nobody's words: an agent's must never pass for a client's.
  if (!isTold && !speakers.has(ONE_VOICE)) speakers.set(ONE_VOICE, 'note')
  const input = toInput(name, segments)
  const summary = await importFile(database, input, { ...options, speakers }, watch)
  await endRecording(database, hash)
  return { summary, notes: notesOf(isTold, channels, speakers) }
}

function notesOf(
  isTold: boolean,
  channels: readonly Channel[],
  speakers: ReadonlyMap<string, Role>,
): string[] {
  if (isTold)
    return channels.length > 1
      ? [
          'Each channel is a speaker: “channel 1” and “channel 2”; --speaker "channel 1=agent" says who is who.',
        ]
      : []
  const as = speakers.get(ONE_VOICE)
  return [
    `Who speaks is not told apart: the words are taken as ${as === 'note' ? 'notes, not as a client’s' : `the ${as}’s`}. A stereo WAV (PCM) or a model that tells speakers apart does better; --speaker ${ONE_VOICE}=client where only the client speaks.`,
  ]
}

/** All channels in order of time, each segment with its speaker. */
function toSegments(spoken: ReadonlyMap<number, Segment[]>): { segments: Segment[]; isTold: boolean } {
  const all = [...spoken].flatMap(([number, segments]) =>
    segments.map(segment => ({
      ...segment,
      speaker: number > 0 ? `channel ${number}` : (segment.speaker ?? ONE_VOICE),
    })),
  )
  return {
    segments: all.sort((a, b) => a.start - b.start || a.end - b.end),
    isTold: spoken.size > 1 || all.some(segment => segment.speaker !== ONE_VOICE),
  }
}

/** The transcript as the file that a service would have given; the recording's name leads to its call. */
function toInput(name: string, segments: readonly Segment[]): FormatInput {
  const text = JSON.stringify({
    segments: segments.map(segment => ({ type: 'transcript.text.segment', ...segment })),
  })
  const bytes = Buffer.from(text)
  return { name, head: bytes.subarray(0, 64 * 1024), size: bytes.length, open: () => Readable.from([bytes]) }
}

/** The file's bytes. A stereo WAV is sent in two halves, so it may be twice as large. Throws InputError beyond that. */
async function readBounded(path: string, name: string, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > 2 * maxBytes) throw tooLarge(name, maxBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function requireSize({ name, bytes }: Channel, maxBytes: number): void {
  if (bytes.length > maxBytes) throw tooLarge(name, maxBytes)
}

const tooLarge = (name: string, maxBytes: number) =>
  new InputError(
    `${name} is larger than ${Math.round(maxBytes / 2 ** 20)} MB, more than the endpoint takes at once`,
    {
      hint: 'Save it as MP3 or OGG, or in parts; VERBATIM_TRANSCRIBE_MB says how much a request may hold.',
    },
  )
