import { readFile, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { InputError, UsageError } from '../../errors.ts'
import { assign, type KnownTheme, MAX_AT_ONCE } from '../../mining/assign.ts'
import { chooseLabel } from '../../mining/steps/name.ts'
import type { Command } from '../command.ts'
import { readRows, type TextRow } from '../json-lines.ts'

/** A catalogue in a file: themes with the texts that stand for them, and the next number, which is never given twice. */
const stateSchema = z.object({
  next: z.number().int(),
  themes: z.array(z.object({ id: z.string(), label: z.string(), exemplars: z.array(z.string()) })),
})
type State = z.infer<typeof stateSchema>

const EXEMPLARS = 24

async function readState(path: string | undefined): Promise<State> {
  if (path === undefined) return { next: 1, themes: [] }
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw new InputError(`${path}: ${error.code}`, { cause: error })
  })
  if (text === null) return { next: 1, themes: [] }
  try {
    return stateSchema.parse(JSON.parse(text))
  } catch (error) {
    throw new InputError(`${path} is not a catalogue that this command wrote`, {
      hint: 'Name another file.',
      cause: error,
    })
  }
}

/** Clusters rows against the state, which grows; returns each row's theme. */
function clusterRows(rows: readonly TextRow[], state: State, granularity: 'topic' | 'question'): string[] {
  const result: string[] = []
  for (let at = 0; at < rows.length; ) {
    const room = Math.max(
      500,
      MAX_AT_ONCE - state.themes.reduce((sum, theme) => sum + theme.exemplars.length, 0),
    )
    const part = rows.slice(at, at + room)
    at += room
    const { assignments } = assign(
      part.map(row => row.text),
      state.themes satisfies KnownTheme[],
      { granularity },
    )
    const ids = new Map<number, string>()
    for (const { group } of assignments)
      if (group !== null && !ids.has(group)) ids.set(group, `c${state.next++}`)
    const members = new Map<string, { text: string; score: number; clients: number }[]>()
    assignments.forEach(({ theme, group, score }, i) => {
      const id = theme ?? ids.get(group!)!
      result.push(id)
      members.set(id, [...(members.get(id) ?? []), { text: part[i]!.text, score, clients: 1 }])
    })
    for (const [id, texts] of members) {
      const known = state.themes.find(theme => theme.id === id)
      const best = [...texts].sort((a, b) => b.score - a.score).map(text => text.text)
      if (!known) state.themes.push({ id, label: chooseLabel(texts), exemplars: best.slice(0, EXEMPLARS) })
      else if (known.exemplars.length < EXEMPLARS)
        known.exemplars.push(...best.slice(0, EXEMPLARS - known.exemplars.length))
    }
  }
  return result
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
  examples: ['cluster --granularity topic < questions.jsonl'],
  run: async ({ io, options }) => {
    const granularity = options.granularity ?? 'question'
    if (granularity !== 'topic' && granularity !== 'question')
      throw new UsageError(`--granularity ${String(granularity)}: topic or question`)
    const path = options.state as string | undefined
    const state = await readState(path)
    const rows = await Array.fromAsync(readRows(io))
    const clusters = clusterRows(rows, state, granularity)
    const labels = new Map(state.themes.map(theme => [theme.id, theme.label]))
    for (const [i, { id }] of rows.entries())
      io.out(JSON.stringify({ id, cluster: clusters[i], label: labels.get(clusters[i]!) }))
    if (path !== undefined) await writeFile(path, JSON.stringify(state))
  },
}

export default command
