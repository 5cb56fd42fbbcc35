/** Single calls as other recognisers write them: SubRip, WebVTT, SpeechKit. A file's name holds the call's number. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ConversationRow, UtteranceRow } from '../rows.ts'
import { bareId } from './csv.ts'

const WIDTH = { hours: 3_600_000, minutes: 60_000, seconds: 1000 }

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

function toSrt(turns: readonly UtteranceRow[]): string {
  return turns
    .map(({ speaker, start_ms, text }, i) => {
      const who = speaker === 'agent' ? 'Оператор' : 'Клиент'
      return `${i + 1}\n${clock(start_ms!, ',')} --> ${clock(endOf(turns, i), ',')}\n${who}: ${text}\n`
    })
    .join('\n')
}

function toVtt(turns: readonly UtteranceRow[]): string {
  const cues = turns.map(({ speaker, start_ms, text }, i) => {
    const who = speaker === 'agent' ? 'Оператор' : 'Клиент'
    return `${clock(start_ms!, '.')} --> ${clock(endOf(turns, i), '.')}\n<v ${who}>${text}</v>\n`
  })
  return `WEBVTT\n\n${cues.join('\n')}`
}

function toSpeechKit(turns: readonly UtteranceRow[]): string {
  return turns
    .map(({ speaker, start_ms, text }, i) => {
      const alternatives = [{ text, startTimeMs: String(start_ms), endTimeMs: String(endOf(turns, i)) }]
      const channelTag = speaker === 'agent' ? '1' : '0'
      return `${JSON.stringify({ result: { channelTag, audioCursors: { finalIndex: String(i) }, final: { alternatives } } })}\n`
    })
    .join('')
}

const FORMS: [ending: string, write: (turns: readonly UtteranceRow[]) => string][] = [
  ['srt', toSrt],
  ['vtt', toVtt],
  ['speechkit.jsonl', toSpeechKit],
  ['srt', toSrt],
  ['vtt', toVtt],
  ['speechkit.jsonl', toSpeechKit],
]

/** Takes the first calls offered, one a form; `take` says whether it did. */
export function createSingles(folder: string): { take(row: ConversationRow): boolean; close(): void } {
  let taken = 0
  return {
    take: row => {
      const form = FORMS[taken]
      // A short call says too little to look at.
      if (!form || row.direction !== 'in' || row.utterances.length < 8) return false
      taken++
      writeFileSync(join(folder, `call_${bareId(row.conversation_id)}.${form[0]}`), form[1](row.utterances))
      return true
    },
    close: () => {},
  }
}
