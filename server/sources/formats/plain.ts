/**
 * Plain transcripts: `[00:01:23] Оператор: …`, `(1:23) Speaker 1: …`, `Имя: …`, one turn a line; hours and milliseconds
 * are optional, the time may also stand after the name («Оператор [01:23]: …»). A line that begins no turn goes on
 * with the one before.
 */
import { decodeText } from '../encoding.ts'
import { message } from '../messages.ts'
import { type FileFormat, unread } from '../source.ts'
import { clockToMs, type LooseTurn, readText, toItems } from '../transcript.ts'

const CLOCK = String.raw`[[(]?(\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?)[\])]?`
const NAME = String.raw`([\p{L}][\p{L}\p{N} ._-]{0,30}?)`
const TIME_FIRST = new RegExp(`^\\s*${CLOCK}\\s*(?:[-–—]\\s*)?${NAME}\\s*:\\s*(.*)$`, 'u')
const NAME_FIRST = new RegExp(`^\\s*${NAME}\\s*${CLOCK}\\s*:\\s*(.*)$`, 'u')
const NAME_ONLY = new RegExp(`^\\s*${NAME}\\s*:\\s+(.*)$`, 'u')
const TIME_ONLY = /^\s*[[(](\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?)[\])]\s*(.+)$/u

function readLine(text: string, line: number): LooseTurn | null {
  const [, time, speaker, said] = TIME_FIRST.exec(text) ?? []
  if (said !== undefined) return { speaker, start: clockToMs(time!) ?? Number.NaN, text: said, line }
  const [, name, clock, words] = NAME_FIRST.exec(text) ?? []
  if (words !== undefined) return { speaker: name, start: clockToMs(clock!) ?? Number.NaN, text: words, line }
  const [, who, rest] = NAME_ONLY.exec(text) ?? []
  if (rest !== undefined && who!.split(' ').length <= 3) return { speaker: who, text: rest, line }
  const [, at, plain] = TIME_ONLY.exec(text) ?? []
  return plain === undefined ? null : { start: clockToMs(at!) ?? Number.NaN, text: plain, line }
}

const format: FileFormat = {
  name: 'plain',
  endings: ['.txt', '.text', '.log', '.md'],
  recognise: input => {
    if (!/\.(txt|text|log)$/i.test(input.name)) return 0
    const lines = decodeText(input.head)
      .split('\n', 60)
      .filter(line => line.trim() !== '')
    const turns = lines.filter((line, i) => readLine(line, i)).length
    return turns >= 2 && turns * 3 >= lines.length ? 0.8 : 0
  },
  async *read(input) {
    const turns: LooseTurn[] = []
    for (const [i, line] of (await readText(input)).split(/\r\n|\r|\n/).entries()) {
      if (line.trim() === '') continue
      const turn = readLine(line, i + 1)
      const last = turns.at(-1)
      if (turn) turns.push(turn)
      else if (last) last.text = `${last.text as string} ${line.trim()}`
      // A heading before the first turn says nothing that was spoken, but it is not dropped unseen.
      else yield unread(i + 1, message('no_turn'), line)
    }
    yield* toItems(null, turns)
  },
}

export default format
