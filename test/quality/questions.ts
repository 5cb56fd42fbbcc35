/** Whether a text asks: on text without punctuation, as speech recognition gives it. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { extract, isQuestion } from '../../server/mining/extract.ts'
import type { QualityRow } from './run.ts'

interface Row {
  text: string
  label: string
}

const folder = join(import.meta.dirname, '../../../shared/data')
const read = (path: string) =>
  readFileSync(join(folder, path), 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Row)

/** Lower case, no marks; hyphens and apostrophes inside words stay. */
const strip = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\s'’-]+/gu, ' ')
    .replace(/(^|\s)-+(?=\s|$)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/** Sentences of dialogues, a question where they were written with a question mark. */
function russian(): QualityRow[] {
  const rows = read('anekdot_questions_ru/dev.jsonl')
  let hits = 0
  let found = 0
  let asked = 0
  for (const { text, label } of rows) {
    const question = isQuestion(strip(text))
    if (question) found++
    if (label === 'question') asked++
    if (question && label === 'question') hits++
  }
  return [
    { name: 'anekdot_questions_ru, precision', value: hits / found, aim: null },
    { name: 'anekdot_questions_ru, recall', value: hits / asked, aim: null },
    { name: 'anekdot_questions_ru, F1', value: (2 * hits) / (found + asked), aim: 0.83 },
  ]
}

/** All of these are a client's concern: some are asked, the rest are requests and problems. */
function english(): QualityRow[] {
  return ['banking77', 'clinc150', 'dstc11_banking', 'dstc11_insurance'].flatMap(name => {
    const rows = read(`${name}/dev.jsonl`).filter((_, i) => i % 3 === 0)
    const texts = rows.map(({ text }) => strip(text))
    const found = texts.filter(text =>
      extract([{ n: 0, speaker: 'client', text }]).some(({ kind }) => kind === 'question'),
    )
    // Questions that begin as no statement does.
    const asked = texts.filter(text =>
      /^(?:what|how|why|where|who|which|can|could|do|does|is|are) /.test(text),
    )
    return [
      {
        name: `${name}, asked openly, found`,
        value: asked.filter(isQuestion).length / asked.length,
        aim: 0.95,
      },
      { name: `${name}, asked or requested, found`, value: found.length / texts.length, aim: null },
    ]
  })
}

const measure = async (): Promise<QualityRow[]> => (existsSync(folder) ? [...russian(), ...english()] : [])

export default measure
