/**
 * Recordings: which files are ones, and a stereo WAV as two mono ones. Calls are often recorded with one side a channel, and
 * a channel of its own is the surest way to know who speaks. Only PCM is split: everything else takes a decoder.
 */
import { InputError } from '../errors.ts'
import type { FormatInput } from './source.ts'

const ENDING = /\.(?:wav|mp3|m4a|ogg|oga|opus)$/i

/** Whether a file is a recording: by its ending and its first bytes. */
export function isRecording({ name, head }: Pick<FormatInput, 'name' | 'head'>): boolean {
  const start = String.fromCharCode(...head.subarray(0, 12))
  const sounds =
    /^(?:ID3|OggS)/.test(start) ||
    /^RIFF[\s\S]{4}WAVE/.test(start) ||
    /^[\s\S]{4}ftyp/.test(start) ||
    (head[0] === 0xff && (head[1]! & 0xe0) === 0xe0)
  return ENDING.test(name) && sounds
}

export interface Channel {
  /** From 1; 0: all that is in the file. */
  number: number
  name: string
  bytes: Uint8Array
}

const PCM = 1
const EXTENSIBLE = 0xfffe
const HEADER = 44

/** The channels of a recording; one, numbered 0, where it is not stereo PCM. Throws InputError for a broken WAV. */
export function toChannels(name: string, bytes: Uint8Array): Channel[] {
  const whole = [{ number: 0, name, bytes }]
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const tag = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4))
  if (bytes.length < 12 || tag(0) !== 'RIFF' || tag(8) !== 'WAVE') return whole
  let format: { channels: number; rate: number; sample: number } | null = null
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at + 4, true)
    const body = at + 8
    if (tag(at) === 'fmt ' && body + 16 <= bytes.length) {
      const kind = view.getUint16(body, true)
      const isPcm =
        kind === PCM ||
        (kind === EXTENSIBLE &&
          size >= 26 &&
          body + 26 <= bytes.length &&
          view.getUint16(body + 24, true) === PCM)
      if (!isPcm || view.getUint16(body + 2, true) !== 2) return whole
      const sample = view.getUint16(body + 14, true) / 8
      if (![1, 2, 3, 4].includes(sample)) return whole
      format = { channels: 2, rate: view.getUint32(body + 4, true), sample }
    } else if (tag(at) === 'data') {
      if (!format) break
      // A recorder that was cut off leaves a size that is too large.
      const data = bytes.subarray(body, Math.min(bytes.length, body + size))
      const { rate, sample } = format
      return [1, 2].map(number => ({
        number,
        name: name.replace(/(\.\w+)?$/, `.${number}.wav`),
        bytes: toMono(data, number - 1, sample, rate),
      }))
    }
    at = body + size + (size % 2)
  }
  throw new InputError(`${name} is a broken WAV: it holds no sound`, { hint: 'Export the recording again.' })
}

/** One of two channels as a WAV of its own. */
function toMono(data: Uint8Array, channel: number, sample: number, rate: number): Uint8Array {
  const frames = Math.floor(data.length / (2 * sample))
  const out = new Uint8Array(HEADER + frames * sample)
  const view = new DataView(out.buffer)
  const text = (at: number, what: string) => {
    for (let i = 0; i < what.length; i++) out[at + i] = what.charCodeAt(i)
  }
  text(0, 'RIFF')
  view.setUint32(4, out.length - 8, true)
  text(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, PCM, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, rate, true)
  view.setUint32(28, rate * sample, true)
  view.setUint16(32, sample, true)
  view.setUint16(34, sample * 8, true)
  text(36, 'data')
  view.setUint32(40, frames * sample, true)
  for (let frame = 0; frame < frames; frame++) {
    const from = (2 * frame + channel) * sample
    for (let i = 0; i < sample; i++) out[HEADER + frame * sample + i] = data[from + i]!
  }
  return out
}
