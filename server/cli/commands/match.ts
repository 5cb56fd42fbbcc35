import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { InputError, UsageError } from '../../errors.ts'
import { createMatcher, type FaqEntry } from '../../mining/match.ts'
import type { Command } from '../command.ts'
import { readRows, withoutMark } from '../json-lines.ts'

const entrySchema = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  text: z.string(),
  phrasings: z.array(z.string()).nullish(),
})

/**
 * Entries of a JSON Lines file; lines of one id are wordings of one entry. Throws InputError with the line that can't be
 * read.
 */
async function readEntries(path: string): Promise<FaqEntry[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new InputError(`${path}: ${error.code === 'ENOENT' ? 'there is no such file' : error.code}`, {
      cause: error,
    })
  })
  const entries = new Map<string, FaqEntry & { phrasings: string[] }>()
  for (const [i, line] of withoutMark(text).split('\n').entries()) {
    if (line.trim() === '') continue
    try {
      const { id, text: wording, phrasings } = entrySchema.parse(JSON.parse(line))
      const known = entries.get(id)
      if (known) known.phrasings.push(wording, ...(phrasings ?? []))
      else entries.set(id, { id, text: wording, phrasings: [...(phrasings ?? [])] })
    } catch (error) {
      throw new InputError(`${path}, line ${i + 1}: not an entry`, {
        hint: 'Each line: {"id": "7", "text": "Есть ли рассрочка?", "phrasings": ["можно частями"]}',
        cause: error,
      })
    }
  }
  if (entries.size === 0) throw new InputError(`${path} holds no entries`)
  return [...entries.values()]
}

const command: Command = {
  summary: 'Filter: find the FAQ entry that answers each text (JSON Lines)',
  usage: 'match --faq FILE [--top K] < IN.jsonl > OUT.jsonl',
  options: {
    faq: { value: 'FILE', help: 'JSON Lines of {id, text} and optionally phrasings: [text]' },
    top: { value: 'K', help: 'how many entries to rank (default: 5)' },
  },
  examples: ['match --faq faq.jsonl --top 3 < questions.jsonl'],
  run: async ({ io, options }) => {
    if (typeof options.faq !== 'string')
      throw new UsageError('No --faq FILE named', { hint: `Usage: ${command.usage}` })
    const top = Number(options.top ?? 5)
    if (!Number.isInteger(top) || top < 1)
      throw new UsageError(`--top ${String(options.top)}: a whole number from 1`)
    const match = createMatcher(await readEntries(options.faq))
    for await (const { id, text } of readRows(io)) {
      const { answer, score, ranked } = match(text, top)
      const rounded = (value: number) => Math.round(value * 1e4) / 1e4
      const best = ranked.map(entry => ({ answer: entry.answer, score: rounded(entry.score) }))
      io.out(JSON.stringify({ id, answer, score: rounded(score), ranked: best }))
    }
  },
}

export default command
