import { UsageError } from '../../errors.ts'
import {
  listPersonas,
  makePersonaEdit,
  readPersonaLog,
  undoPersonaEdit,
} from '../../insight/persona-catalogue.ts'
import { personaEditSchema } from '../../insight/persona-edits.ts'
import { atZone } from '../../sources/values.ts'
import type { Command, CommandContext } from '../command.ts'

type Action = (context: CommandContext, args: readonly string[]) => Promise<void>

async function edit(context: CommandContext, wanted: unknown): Promise<void> {
  const parsed = personaEditSchema.safeParse(wanted)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new UsageError(`${issue!.path.join('.')}: ${issue!.message}`, { hint: `Usage: ${command.usage}` })
  }
  const now = atZone(Date.now(), context.config.timeZone)
  const id = await makePersonaEdit(await context.database(), parsed.data, { author: null, now })
  context.io.out(
    context.options.json
      ? JSON.stringify({ edit: id })
      : `Edit ${id} done; personas undo ${id} takes it back`,
  )
}

const actions: Record<string, Action> = {
  list: async ({ io, options, database }) => {
    for (const line of await listPersonas(await database())) {
      if (!options.all && (line.hidden || line.alias_of !== null)) continue
      const marks = [
        line.pinned && 'pinned',
        line.hidden && 'hidden',
        line.alias_of !== null && `-> ${line.alias_of}`,
      ].filter(mark => mark !== false)
      io.out(
        options.json
          ? JSON.stringify(line)
          : `${line.persona_id.padEnd(6)} ${String(line.clients).padStart(7)}  ${line.name}${marks.length > 0 ? ` (${marks.join(', ')})` : ''}`,
      )
    }
  },
  rename: (context, [persona, ...words]) =>
    edit(context, { action: 'rename', persona, name: words.join(' ') }),
  pin: (context, [persona]) => edit(context, { action: 'pin', persona, pinned: true }),
  unpin: (context, [persona]) => edit(context, { action: 'pin', persona, pinned: false }),
  hide: (context, [persona]) => edit(context, { action: 'hide', persona, hidden: true }),
  unhide: (context, [persona]) => edit(context, { action: 'hide', persona, hidden: false }),
  merge: (context, personas) => edit(context, { action: 'merge', personas }),
  undo: async ({ io, options, database }, [id]) => {
    await undoPersonaEdit(await database(), Number(id))
    io.out(options.json ? JSON.stringify({ undone: Number(id) }) : `Edit ${id} undone`)
  },
  log: async ({ io, options, database }) => {
    for (const { id, edit: change, undone } of await readPersonaLog(await database())) {
      const { action, ...rest } = change
      io.out(
        options.json
          ? JSON.stringify({ id, edit: change, undone })
          : `${id}${undone ? ' (undone)' : ''}  ${action} ${JSON.stringify(rest)}`,
      )
    }
  },
}

const command: Command = {
  summary: 'Groups of clients that are alike, and people’s edits of them',
  usage: `personas ${Object.keys(actions).join('|')} …`,
  options: {
    all: { help: 'list: hidden and merged ones too' },
    json: { help: 'one JSON object a line' },
  },
  examples: [
    'personas list',
    'personas rename p-1 Новосёлы с балконом',
    'personas pin p-1               (comes first, and no new division dissolves it)',
    'personas merge p-2 p-5',
    'personas undo 3',
  ],
  run: async context => {
    const [name = '', ...args] = context.args
    const action = actions[name]
    if (!action)
      throw new UsageError(name === '' ? 'What to do is missing' : `personas has no “${name}”`, {
        hint: `One of: ${Object.keys(actions).join(', ')}`,
      })
    await action(context, args)
  },
}

export default command
