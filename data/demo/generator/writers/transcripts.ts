/** Single calls as other recognisers write them: SubRip, WebVTT, SpeechKit. A file's name holds the call's number. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ConversationRow, UtteranceRow } from '../rows.ts'
import { bareId } from './csv.ts'

const WIDTH = { hours: 3_600_000, minutes: 60_000, seconds: 1000 }

/** What the two sides are called in the files. */
export interface Sides {
  agent: string
  client: string
}

/** `00:01:02,300` */
function clock(ms: number, point: ',' | '.'): string {
  const two = (n: number) => String(n).padStart(2, '0')
  const hours = Math.floor(ms / WIDTH.hours)
  const minutes = Math.floor((ms % WIDTH.hours) / WIDTH.minutes)
  const seconds = Math.floor((ms % WIDTH.minutes) / WIDTH.seconds)
  return `${two(hours)}:${two(minutes)}:${two(seconds)}${point}${String(ms % 1000).padStart(3, '0')}`
}

const endOf = (turns: readonly UtteranceRow[], i: number) =>
  turns[i + 1]?.start_ms ?? turns[i]!.start_ms! + turns[i]!.text.length * 65

const sideOf = (speaker: UtteranceRow['speaker'], sides: Sides) =>
  speaker === 'agent' ? sides.agent : sides.client

function toSrt(turns: readonly UtteranceRow[], sides: Sides): string {
  return turns
    .map(({ speaker, start_ms, text }, i) => {
      const times = `${clock(start_ms!, ',')} --> ${clock(endOf(turns, i), ',')}`
      return `${i + 1}\n${times}\n${sideOf(speaker, sides)}: ${text}\n`
    })
    .join('\n')
}

function toVtt(turns: readonly UtteranceRow[], sides: Sides): string {
  const cues = turns.map(({ speaker, start_ms, text }, i) => {
    const times = `${clock(start_ms!, '.')} --> ${clock(endOf(turns, i), '.')}`
    return `${times}\n<v ${sideOf(speaker, sides)}>${text}</v>\n`
  })
  return `WEBVTT\n\n${cues.join('\n')}`
}

/** The stream of SpeechKit v3: the sides are channels, and nothing says whose. */
function toSpeechKit(turns: readonly UtteranceRow[]): string {
  return turns
    .map(({ speaker, start_ms, text }, i) => {
      const alternatives = [{ text, startTimeMs: String(start_ms), endTimeMs: String(endOf(turns, i)) }]
      const event = {
        channelTag: speaker === 'agent' ? '1' : '0',
        audioCursors: { finalIndex: String(i) },
        final: { alternatives },
      }
      return `${JSON.stringify({ result: event })}\n`
    })
    .join('')
}

const WRITERS = { srt: toSrt, vtt: toVtt, 'speechkit.jsonl': toSpeechKit } as const
export type SingleForm = keyof typeof WRITERS

/** Takes the first calls offered, one a form; the answer says whether it did. */
export function createSingles(
  folder: string,
  forms: readonly SingleForm[],
  sides: Sides,
): (row: ConversationRow) => boolean {
  let taken = 0
  return row => {
    const form = forms[taken]
    // A short call says too little to look at.
    if (!form || row.direction !== 'in' || row.utterances.length < 8) return false
    taken++
    writeFileSync(
      join(folder, `call_${bareId(row.conversation_id)}.${form}`),
      WRITERS[form](row.utterances, sides),
    )
    return true
  }
}
