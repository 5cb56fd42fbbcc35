/** OpenAI `diarized_json`: `{segments: [{type: "transcript.text.segment", start, end, speaker, text}]}` in seconds. */
import { defineJsonTranscript, list, property, secondsToMs } from '../transcript.ts'

export default defineJsonTranscript({
  name: 'openai-diarized',
  marks: [/"segments"\s*:/, /"transcript\.text\.segment"/],
  convert: value => ({
    id: null,
    turns: list(property(value, 'segments')).map((segment, i) => ({
      speaker: property(segment, 'speaker'),
      start: secondsToMs(property(segment, 'start')),
      end: secondsToMs(property(segment, 'end')),
      text: property(segment, 'text'),
      line: i + 1,
    })),
  }),
})
