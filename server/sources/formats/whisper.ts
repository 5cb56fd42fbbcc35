/** Whisper and OpenAI `verbose_json`: `{text, segments: [{start, end, text}]}` in seconds; no speakers. */
import { defineJsonTranscript, list, property, secondsToMs } from '../transcript.ts'

export default defineJsonTranscript({
  name: 'whisper',
  marks: [/"segments"\s*:/, /"(?:avg_logprob|no_speech_prob|compression_ratio|seek|language)"\s*:/],
  not: [/"utterances"\s*:/, /"transcript\.text\.segment"/],
  convert: value => ({
    id: null,
    turns: list(property(value, 'segments')).map((segment, i) => ({
      start: secondsToMs(property(segment, 'start')),
      end: secondsToMs(property(segment, 'end')),
      text: property(segment, 'text'),
      line: i + 1,
    })),
  }),
})
