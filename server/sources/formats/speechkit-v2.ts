/**
 * SpeechKit v2, deferred recognition: `{response: {chunks: [{channelTag, alternatives: [{text, words: [{startTime:
 * "0.880s", endTime}]}]}]}}`. A channel is a side of the call; chunks of both are put in the order they were said.
 */
import { defineJsonTranscript, list, property, secondsToMs } from '../transcript.ts'

export default defineJsonTranscript({
  name: 'speechkit-v2',
  marks: [/"chunks"\s*:/, /"alternatives"\s*:/],
  convert: value => {
    const chunks = list(property(property(value, 'response') ?? value, 'chunks'))
    const turns = chunks.map((chunk, i) => {
      const best = list(property(chunk, 'alternatives'))[0]
      const words = list(property(best, 'words'))
      const channel = property(chunk, 'channelTag')
      return {
        speaker: channel === undefined ? null : `channel ${String(channel)}`,
        start: secondsToMs(property(words[0], 'startTime')),
        end: secondsToMs(property(words.at(-1), 'endTime')),
        text: property(best, 'text'),
        line: i + 1,
      }
    })
    const at = (time: unknown) => (typeof time === 'number' ? time : 0)
    return { id: null, turns: turns.sort((a, b) => at(a.start) - at(b.start)) }
  },
})
