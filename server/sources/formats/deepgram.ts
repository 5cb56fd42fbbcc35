/**
 * Deepgram: `{metadata: {request_id}, results: {utterances: [{start, end, channel, speaker, transcript}]}}` in seconds.
 * Without utterances the channels' paragraphs or whole transcripts stand in.
 */
import { defineJsonTranscript, idOf, type LooseTurn, list, property, secondsToMs } from '../transcript.ts'

function fromChannels(results: unknown): LooseTurn[] {
  return list(property(results, 'channels')).flatMap((channel, side): LooseTurn[] => {
    const best = list(property(channel, 'alternatives'))[0]
    const paragraphs = list(property(property(best, 'paragraphs'), 'paragraphs'))
    const speaker = `channel ${side}`
    if (paragraphs.length === 0) return [{ speaker, text: property(best, 'transcript'), line: side + 1 }]
    return paragraphs.map((paragraph, i) => ({
      speaker: property(paragraph, 'speaker') ?? speaker,
      start: secondsToMs(property(paragraph, 'start')),
      end: secondsToMs(property(paragraph, 'end')),
      text: list(property(paragraph, 'sentences'))
        .map(sentence => property(sentence, 'text'))
        .join(' '),
      line: i + 1,
    }))
  })
}

export default defineJsonTranscript({
  name: 'deepgram',
  marks: [/"results"\s*:/, /"transcript"\s*:/],
  convert: value => {
    const results = property(value, 'results')
    const utterances = list(property(results, 'utterances'))
    // With a speaker to each side of a stereo call the channel says more than the guess within it.
    const channels = new Set(utterances.map(utterance => property(utterance, 'channel')))
    const turns = utterances.map((utterance, i) => ({
      speaker:
        channels.size > 1
          ? `channel ${String(property(utterance, 'channel'))}`
          : property(utterance, 'speaker'),
      start: secondsToMs(property(utterance, 'start')),
      end: secondsToMs(property(utterance, 'end')),
      text: property(utterance, 'transcript'),
      line: i + 1,
    }))
    return {
      id: idOf(property(property(value, 'metadata'), 'request_id')),
      turns: turns.length > 0 ? turns : fromChannels(results),
    }
  },
})
