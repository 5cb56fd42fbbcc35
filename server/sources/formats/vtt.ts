/**
 * WebVTT (W3C): `WEBVTT`, then cues with `MM:SS.mmm --> MM:SS.mmm settings` and text; `<v Name>` is the voice, with or
 * without `</v>` and classes (`<v.loud Name>`); NOTE, STYLE and REGION blocks are passed over.
 */
import { decodeText } from '../encoding.ts'
import type { FileFormat } from '../source.ts'
import { readCues, splitSpeaker } from '../subtitles.ts'
import { readText } from '../transcript.ts'

// No class of characters may hold what begins the next one: a hostile line must not be read twice.
const VOICE = /<v(?:\.[^\s<>.]*)*\s+([^<>]+)>/
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', nbsp: ' ', lrm: '', rlm: '' }

function toTurn(lines: string[]) {
  const joined = lines.join(' ')
  const voice = VOICE.exec(joined)?.[1]?.trim() ?? null
  const text = joined
    .replace(/<[^<>]*>/g, '')
    .replace(/&(amp|lt|gt|nbsp|lrm|rlm);/g, (_, name: string) => ENTITIES[name] ?? '')
  return voice === null ? splitSpeaker(text) : { speaker: voice, text }
}

const format: FileFormat = {
  name: 'vtt',
  endings: ['.vtt'],
  recognise: input => (/^\uFEFF?WEBVTT(?:[ \t\r\n]|$)/.test(decodeText(input.head)) ? 1 : 0),
  async *read(input) {
    yield* readCues(await readText(input), toTurn, lines =>
      /^\uFEFF?(?:WEBVTT|NOTE|STYLE|REGION)\b/.test(lines[0] ?? ''),
    )
  },
}

export default format
