/**
 * SpeechKit v3 stream: one JSON a line, maybe inside `result`: `{channelTag, final: {alternatives: [{text, startTimeMs,
 * endTimeMs}]}, audioCursors: {finalIndex}}`, later `{finalRefinement: {finalIndex, normalizedText: {alternatives}}}`,
 * which stands in the final's place. Whole numbers come as texts. `partial` and the analysis events are passed over.
 */
import { decodeText } from '../encoding.ts'
import { message } from '../messages.ts'
import { type FileFormat, unread } from '../source.ts'
import { type LooseTurn, list, property, readText, toItems } from '../transcript.ts'

const number = (value: unknown) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value)

/** One line's turn with the index by which a refinement finds it, or null for an event that is no speech. */
function readEvent(line: string, n: number): { index: string; turn: LooseTurn } | null {
  const event = JSON.parse(line) as unknown
  const body = property(event, 'result') ?? event
  const refinement = property(body, 'finalRefinement')
  const heard = refinement === undefined ? property(body, 'final') : property(refinement, 'normalizedText')
  if (heard === undefined) return null
  const best = list(property(heard, 'alternatives'))[0]
  const channel = property(body, 'channelTag') ?? property(heard, 'channelTag')
  const index =
    property(refinement, 'finalIndex') ?? property(property(body, 'audioCursors'), 'finalIndex') ?? n
  return {
    index: `${String(channel)}/${String(index)}`,
    turn: {
      speaker: channel === undefined ? null : `channel ${String(channel)}`,
      start: number(property(best, 'startTimeMs')),
      end: number(property(best, 'endTimeMs')),
      text: property(best, 'text'),
      line: n,
    },
  }
}

const format: FileFormat = {
  name: 'speechkit-v3',
  endings: ['.json', '.jsonl', '.ndjson'],
  recognise: input => {
    const head = decodeText(input.head)
    return /^\s*\{/.test(head) && /"final(?:Refinement)?"\s*:/.test(head) && /"alternatives"\s*:/.test(head)
      ? 0.9
      : 0
  },
  async *read(input) {
    const turns = new Map<string, LooseTurn>()
    for (const [i, line] of (await readText(input)).split('\n').entries()) {
      if (line.trim() === '') continue
      try {
        const found = readEvent(line, i + 1)
        if (found) turns.set(found.index, found.turn)
      } catch {
        yield unread(i + 1, message('not_json'), line)
      }
    }
    const at = (time: unknown) => (typeof time === 'number' ? time : 0)
    yield* toItems(
      null,
      [...turns.values()].sort((a, b) => at(a.start) - at(b.start)),
    )
  },
}

export default format
