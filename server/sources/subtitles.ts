/** What SubRip and WebVTT share: a timing line, then text until a blank line. */
import { message } from './messages.ts'
import { type SourceItem, unread } from './source.ts'
import { clockToMs, type LooseTurn, toItems } from './transcript.ts'

const TIMING = /^\s*([\d:.,]+)\s*-->\s*([\d:.,]+)(?:\s.*)?$/

/** «Оператор: …» -> the name and the rest; a colon deep in a sentence is no name. */
const NAMED = /^([\p{L}][\p{L}\p{N} ._-]{0,30}):\s+(.+)$/su

/** Splits a leading speaker's name from a text. */
export function splitSpeaker(text: string): { speaker: string | null; text: string } {
  const match = NAMED.exec(text)
  return match && match[1]!.split(' ').length <= 3
    ? { speaker: match[1]!, text: match[2]! }
    : { speaker: null, text }
}

/**
 * Items of a cue file. `toTurn` reads a cue's text lines. Blocks without a timing line are `unread`, but for
 * those that `skip` knows (notes, styles).
 */
export function* readCues(
  content: string,
  toTurn: (lines: string[]) => { speaker: string | null; text: string },
  skip: (block: string[]) => boolean = () => false,
): Iterable<SourceItem> {
  const turns: LooseTurn[] = []
  const refused: SourceItem[] = []
  for (const { lines, line } of blocks(content)) {
    const at = lines.findIndex(text => TIMING.test(text))
    // A cue has at most an identifier before its timing.
    if (at === -1 || at > 1) {
      if (!skip(lines)) {
        refused.push(unread(line, message('no_timing'), lines.join('\n')))
      }
      continue
    }
    const [, from, to] = TIMING.exec(lines[at]!)!
    const start = clockToMs(from!)
    const end = clockToMs(to!)
    // NaN is refused by the check of turns, with its reason.
    turns.push({ ...toTurn(lines.slice(at + 1)), start: start ?? Number.NaN, end: end ?? Number.NaN, line })
  }
  yield* toItems(null, turns)
  yield* refused
}

/** Runs of lines that are not blank, with the line on which each starts, from 1. */
function* blocks(content: string): Iterable<{ lines: string[]; line: number }> {
  let lines: string[] = []
  let first = 1
  for (const [i, line] of content.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() !== '') {
      if (lines.length === 0) first = i + 1
      lines.push(line)
    } else if (lines.length > 0) {
      yield { lines, line: first }
      lines = []
    }
  }
  if (lines.length > 0) yield { lines, line: first }
}
