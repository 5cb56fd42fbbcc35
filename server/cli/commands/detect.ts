import { extract, isQuestion } from '../../mining/extract.ts'
import type { Command } from '../command.ts'
import { readRows } from '../json-lines.ts'

const command: Command = {
  summary: 'Filter: find questions, values and objections in texts (JSON Lines)',
  usage: 'detect < IN.jsonl > OUT.jsonl',
  options: {},
  examples: ['echo \'{"id":1,"text":"а монтаж входит в цену"}\' | npm run -s verbatim -- detect'],
  run: async ({ io }) => {
    for await (const { id, text } of readRows(io)) {
      const spans = extract([{ n: 0, speaker: 'client', text }]).map(({ from, to, kind }) => ({
        from,
        to,
        kind,
      }))
      io.out(JSON.stringify({ id, question: isQuestion(text), spans }))
    }
  },
}

export default command
