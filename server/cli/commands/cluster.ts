import { readFile, rename, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { InputError, UsageError } from '../../errors.ts'
import { emptyCatalogue, extendCatalogue, type MemoryCatalogue } from '../../mining/memory-catalogue.ts'
import type { Granularity } from '../../mining/settings.ts'
import type { Command } from '../command.ts'
import { readRows, type TextRow } from '../json-lines.ts'

const stateSchema = z.object({
  version: z.literal(1),
  granularity: z.enum(['topic', 'question']),
  next: z.number().int().positive(),
  themes: z.array(
    z.object({ id: z.string(), label: z.string(), size: z.number(), exemplars: z.array(z.string()) }),
  ),
  given: z.record(z.string(), z.string()),
})
type State = z.infer<typeof stateSchema>

/** Whether every id is one theme's, and the next is free: or an id might be given twice. */
function isWhole({ next, themes, given }: State): boolean {
  const ids = new Set(themes.map(theme => theme.id))
  const free = themes.every(({ id }) => /^c[1-9]\d*$/.test(id) && Number(id.slice(1)) < next)
  return free && ids.size === themes.length && Object.values(given).every(id => ids.has(id))
}

/** The catalogue in a file, or an empty one when there is no file, an empty file, or no path. */
async function readState(path: string | undefined, granularity: Granularity): Promise<MemoryCatalogue> {
  if (path === undefined) return emptyCatalogue(granularity)
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw new InputError(`${path}: ${error.code}`, { cause: error })
  })
  if (text === null || text.trim() === '') return emptyCatalogue(granularity)
  let state: State
  try {
    state = stateSchema.refine(isWhole).parse(JSON.parse(text))
  } catch (error) {
    throw new InputError(`${path} is not a catalogue that this command wrote`, {
      hint: 'Name another file.',
      cause: error,
    })
  }
  if (state.granularity !== granularity)
    throw new UsageError(`${path} holds a catalogue of granularity ${state.granularity}`, {
      hint: `Say --granularity ${state.granularity}, or name another file.`,
    })
  return { ...state, given: new Map(Object.entries(state.given)) }
}

/** Writes beside the file first: a catalogue is never left half written. */
async function writeState(path: string, catalogue: MemoryCatalogue): Promise<void> {
  const state: State = {
    version: 1,
    ...catalogue,
    given: Object.fromEntries(catalogue.given),
  }
  try {
    await writeFile(`${path}.part`, JSON.stringify(state))
    await rename(`${path}.part`, path)
  } catch (error) {
    throw new InputError(`${path}: ${(error as NodeJS.ErrnoException).code}`, {
      hint: 'The catalogue could not be written; the results above stand by themselves.',
      cause: error,
    })
  }
}

const command: Command = {
  summary: 'Filter: group texts by what they ask or say (JSON Lines)',
  usage: 'cluster [--granularity topic|question] [--state FILE] < IN.jsonl > OUT.jsonl',
  options: {
    granularity: { value: 'LEVEL', help: 'topic (fewer, wider groups) or question (the default)' },
    state: {
      value: 'FILE',
      help: 'a catalogue that is read if it is there, extended, and written back; ids stay',
    },
  },
  examples: [
    'cluster --granularity topic < questions.jsonl',
    'cluster --state catalogue.json < today.jsonl > today.themes.jsonl',
  ],
  run: async ({ io, options }) => {
    const granularity = options.granularity ?? 'question'
    if (granularity !== 'topic' && granularity !== 'question')
      throw new UsageError(`--granularity ${String(granularity)}: topic or question`)
    const path = options.state as string | undefined
    const catalogue = await readState(path, granularity)
    const rows: TextRow[] = []
    let unread: InputError | null = null
    try {
      for await (const row of readRows(io)) rows.push(row)
    } catch (error) {
      // Lines that could not be read are told at the end; the others still get their themes.
      if (!(error instanceof InputError)) throw error
      unread = error
    }
    const ids = extendCatalogue(
      catalogue,
      rows.map(row => row.text),
    )
    const labels = new Map(catalogue.themes.map(theme => [theme.id, theme.label]))
    for (const [i, { id }] of rows.entries())
      io.out(JSON.stringify({ id, cluster: ids[i], label: labels.get(ids[i]!) }))
    if (path !== undefined) await writeState(path, catalogue)
    if (unread) throw unread
  },
}

export default command
