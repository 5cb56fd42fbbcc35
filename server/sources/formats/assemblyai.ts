/** AssemblyAI: `{id, utterances: [{speaker: "A", text, start, end}]}`, times in milliseconds. */
import { defineJsonTranscript, idOf, list, property } from '../transcript.ts'

export default defineJsonTranscript({
  name: 'assemblyai',
  marks: [
    /"utterances"\s*:/,
    /"(?:acoustic_model|audio_url|speaker_labels|language_code|audio_duration)"\s*:/,
  ],
  not: [/"results"\s*:/],
  convert: value => ({
    id: idOf(property(value, 'id')),
    turns: list(property(value, 'utterances')).map((utterance, i) => ({
      speaker: property(utterance, 'speaker'),
      start: property(utterance, 'start'),
      end: property(utterance, 'end'),
      text: property(utterance, 'text'),
      line: i + 1,
    })),
  }),
})
