import { basename } from 'node:path'
import type { Config } from '../../config.ts'
import { InputError, UsageError, VerbatimError } from '../../errors.ts'
import { importRecording } from '../../jobs/import-recording.ts'
import type { Task } from '../../jobs/task.ts'
import { type Perform, performInThread } from '../../jobs/thread.ts'
import { type ImportOptions, importFile, peekKind } from '../../sources/ingest.ts'
import { openInput } from '../../sources/recognise.ts'
import { isRecording } from '../../sources/recording.ts'
import type { ImportSummary } from '../../sources/session.ts'
import { type DataKind, dataKinds } from '../../sources/source.ts'
import type { Role } from '../../sources/speakers.ts'
import type { Command, CommandContext } from '../command.ts'

/** `A=B` options as a map. */
function pairs(given: CommandContext['options'][string], option: string): Map<string, string> {
  return new Map(
    ((given as string[] | undefined) ?? []).map(text => {
      const at = text.lastIndexOf('=')
      if (at < 1) throw new UsageError(`--${option} ${text}: write NAME=VALUE`)
      return [text.slice(0, at), text.slice(at + 1)]
    }),
  )
}

function describe(summary: ImportSummary, dryRun: boolean): string {
  const lines = [
    `${summary.source}: ${summary.kind} (${summary.format})`,
    dryRun
      ? `  rows read ${summary.rowsRead}: would be new ${summary.rowsNew}, changed ${summary.rowsChanged}, as before ${summary.rowsUnchanged}, rejected ${summary.rowsRejected}; nothing was stored`
      : `  rows read ${summary.rowsRead}: new ${summary.rowsNew}, changed ${summary.rowsChanged}, as before ${summary.rowsUnchanged}, rejected ${summary.rowsRejected}`,
  ]
  if (dryRun) {
    for (const { column, field } of summary.mapping)
      lines.push(`  ${column} -> ${field ?? 'attribute of the client'}`)
    for (const row of summary.preview) lines.push(`  ${JSON.stringify(row)}`)
  }
  for (const { line, reason } of summary.rejects.slice(0, 5)) lines.push(`  line ${line}: ${reason}`)
  if (summary.rowsRejected > 5)
    lines.push(dryRun ? `  … ${summary.rowsRejected - 5} more` : '  all of them: verbatim export rejects')
  return [...lines, ...summary.notes.map(note => `  ${note}`)].join('\n')
}

const command: Command = {
  summary: 'Load files into the database',
  usage: 'import FILE... [--as KIND] [--map COLUMN=FIELD] [--dry-run]',
  options: {
    as: { value: 'KIND', help: `what the rows are: ${dataKinds.join(', ')} (found by the columns)` },
    map: {
      value: 'COLUMN=FIELD',
      help: 'read a column as a field; an empty field keeps it as an attribute',
      multiple: true,
    },
    speaker: {
      value: 'NAME=ROLE',
      help: 'who a transcript’s speaker is: client, agent or note',
      multiple: true,
    },
    system: { value: 'NAME', help: 'prefix of ids: amocrm, comagic, crm … (found by the columns)' },
    again: { help: 'send a recording once more that was transcribed before' },
    'dry-run': { help: 'show what would change and how columns are read, store nothing' },
    json: { help: 'print the summary as JSON, one line a file' },
  },
  examples: ['import deals.csv calls.xlsx', 'import costs.csv --as spend --map "Трата=cost" --dry-run'],
  run: async context => {
    const { args, options, config, io, signal } = context
    if (args.length === 0) throw new UsageError('No file named', { hint: `Usage: ${command.usage}` })
    const as = options.as as DataKind | undefined
    if (as !== undefined && !dataKinds.includes(as))
      throw new UsageError(`--as ${as}: one of ${dataKinds.join(', ')}`)
    const speakers = pairs(options.speaker, 'speaker') as Map<string, Role>
    for (const [name, role] of speakers) {
      if (!['client', 'agent', 'note'].includes(role))
        throw new UsageError(`--speaker ${name}=${role}: client, agent or note`)
    }
    const dryRun = options['dry-run'] === true
    const settings = {
      as,
      map: pairs(options.map, 'map'),
      speakers,
      system: options.system as string | undefined,
      dryRun,
    }
    const imports: ImportOptions = { ...config, ...settings }
    const failures: Error[] = []
    for (const path of args.length > 1 ? await inOrder(context, imports) : args) {
      const progress = (done: number, total: number) => io.progress(done, total, path)
      try {
        const input = await openInput(path)
        if (isRecording(input)) {
          const { summary, notes } = await importRecording(
            await context.database(),
            path,
            input.name,
            { ...imports, transcription: config.transcription, again: options.again === true },
            { signal, progress },
          )
          if (options.json)
            io.out(
              JSON.stringify(
                summary ? { ...summary, notes: [...summary.notes, ...notes] } : { source: input.name, notes },
              ),
            )
          else
            io.out(
              [summary ? describe(summary, false) : input.name, ...notes.map(note => `  ${note}`)].join('\n'),
            )
          continue
        }
        const summary =
          input.size > LARGE
            ? await importApart(path, config, imports, { signal, progress })
            : await importFile(await context.database(), input, imports, { signal, progress })
        io.out(options.json ? JSON.stringify(summary) : describe(summary, dryRun))
      } catch (error) {
        // One bad file of several does not keep the others out.
        if (args.length === 1 || !(error instanceof InputError)) throw error
        failures.push(error)
        io.note(error.message + (error.hint === undefined ? '' : ` — ${error.hint}`))
      }
    }
    if (failures.length > 0) throw new InputError(`${failures.length} of ${args.length} files were not taken`)
  },
}

/** Bytes from which a file gets a thread of its own, where memory is kept small. */
const LARGE = 32 * 2 ** 20

/** Imports a file in a thread of its own. Throws as importFile does. */
async function importApart(
  path: string,
  { dataDir, database }: Config,
  { map = new Map(), speakers = new Map(), ...options }: ImportOptions,
  watch: Parameters<Perform>[1],
): Promise<ImportSummary> {
  const task: Task = {
    kind: 'import',
    settings: { dataDir, database },
    path,
    name: basename(path),
    options: { ...options, map: Object.fromEntries(map), speakers: Object.fromEntries(speakers) },
  }
  try {
    return (await performInThread(task, watch)) as ImportSummary
  } catch (error) {
    // An error from another thread is of no class of this one: it is known by its code.
    if (!(error instanceof VerbatimError)) throw error
    const like = { usage: UsageError, bad_input: InputError }[error.code] ?? VerbatimError
    throw new like(error.message, { ...(error.hint !== undefined && { hint: error.hint }), cause: error })
  }
}

/** What others refer to comes first: clients and deals before calls, calls before their transcripts. */
const ORDER = ['clients', 'deals', 'stages', 'visits', 'conversations', 'transcript']

async function inOrder({ args, database }: CommandContext, options: ImportOptions): Promise<string[]> {
  const places = new Map<string, number>()
  for (const path of args) {
    const input = await openInput(path).catch(() => null)
    const kind =
      input && (isRecording(input) ? 'transcript' : await peekKind(await database(), input, options))
    places.set(path, ORDER.indexOf(kind ?? ''))
  }
  return [...args].sort((a, b) => places.get(a)! - places.get(b)!)
}

export default command
