/** SubRip: number, `HH:MM:SS,mmm --> HH:MM:SS,mmm`, text lines, blank line. «Оператор: …» names the speaker. */
import { decodeText } from '../encoding.ts'
import type { FileFormat } from '../source.ts'
import { readCues, splitSpeaker } from '../subtitles.ts'
import { readText } from '../transcript.ts'

const format: FileFormat = {
  name: 'srt',
  endings: ['.srt'],
  recognise: input => {
    const head = decodeText(input.head)
    return /^\s*\d+\s*\r?\n\s*\d{1,3}:\d{2}:\d{2}[,.]\d{1,3}\s*-->/.test(head) ? 1 : 0
  },
  async *read(input) {
    // Players' markup says nothing about what was said.
    const toTurn = (lines: string[]) =>
      splitSpeaker(lines.join(' ').replace(/<\/?[biu]>|<\/?font[^<>]*>|\{\\[^{}]*\}/gi, ''))
    yield* readCues(await readText(input), toTurn)
  },
}

export default format
