/**
 * CoMagic / UIS `getobj.call_session_recognition_info`: `{result: {data: {speech_phrases: [{phrase, edited_phrase,
 * start_time, is_operator}], call_start_date_time}}}`. `start_time` is a clock or a date with one; phrases after
 * midnight go on counting from the first.
 */
import { clockToMs, defineJsonTranscript, idOf, list, property } from '../transcript.ts'

const DAY_MS = 86_400_000

/** Milliseconds into its day of `HH:MM:SS` or `YYYY-MM-DD HH:MM:SS`. */
function timeOfDay(value: unknown): number | undefined {
  return typeof value === 'string' ? clockToMs(value.trim().split(/[ T]/).at(-1) ?? '') : undefined
}

export default defineJsonTranscript({
  name: 'comagic-transcript',
  marks: [/"speech_phrases"\s*:/],
  convert: value => {
    const result = property(value, 'result') ?? value
    const data = property(result, 'data') ?? result
    const call = Array.isArray(data) ? data[0] : data
    const phrases = list(property(call, 'speech_phrases'))
    const first = timeOfDay(property(phrases[0], 'start_time')) ?? 0
    const turns = phrases.map((phrase, i) => {
      const time = timeOfDay(property(phrase, 'start_time'))
      const edited = property(phrase, 'edited_phrase')
      return {
        speaker: property(phrase, 'is_operator') === true ? 'operator' : 'client',
        start: time === undefined ? null : (time - first + DAY_MS) % DAY_MS,
        text: typeof edited === 'string' && edited !== '' ? edited : property(phrase, 'phrase'),
        line: i + 1,
      }
    })
    return { id: idOf(property(call, 'call_session_id')), turns }
  },
})
