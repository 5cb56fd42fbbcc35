/** A file -> facts: recognise, map, check, store in batches, and account for every row. */
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate } from 'node:timers/promises'
import { CancelledError, InputError, VerbatimError } from '../errors.ts'
import type { Database } from '../store/database.ts'
import type { RowFacts } from './facts.ts'
import { kinds } from './mapping.ts'
import { message } from './messages.ts'
import { previewOf } from './preview.ts'
import { recogniseFormat } from './recognise.ts'
import { readRemembered, remember } from './remembered.ts'
import { RowError } from './row.ts'
import { createSession, type ImportSummary, note, type Session } from './session.ts'
import type { DataKind, FormatInput, Transcript } from './source.ts'
import type { Role } from './speakers.ts'
import { findSystems } from './systems.ts'
import { readTable, type TableItem, type TableOptions } from './table.ts'
import { findConversation, toConversation } from './transcript-facts.ts'
import { atZone } from './values.ts'

const PREVIEW = 5
/** Items read in one go; then the database's answers are heard, so that it stores while the next are read. */
const TURN = 200

export interface ImportOptions extends Partial<Pick<TableOptions, 'as' | 'system'>> {
  /** COLUMN -> field, '' for “an attribute”. */
  map?: ReadonlyMap<string, string>
  /** Speaker's name -> role, for transcripts. */
  speakers?: ReadonlyMap<string, Role>
  /** Reads columns by their names alone, whatever was said of such a header before. */
  forgetful?: boolean
  /** Reads and checks everything, counts what would change, stores nothing. */
  dryRun?: boolean
  timeZone: string
  currency: string
}

export interface Watch {
  signal?: AbortSignal
  /** Bytes done of all. */
  progress?(done: number, total: number): void
  now?: () => number
}

/**
 * Imports one file. Throws InputError when the file as a whole can't be taken, none of its rows included; single rows
 * go to `rejects`.
 */
export async function importFile(
  database: Database,
  input: FormatInput,
  options: ImportOptions,
  watch: Watch = {},
): Promise<ImportSummary> {
  const { items, format } = await readItems(database, input, options, watch)
  const now = watch.now ?? Date.now
  const dryRun = options.dryRun === true
  const session = await createSession(database, input.name, format, dryRun, () =>
    atZone(now(), options.timeZone),
  )
  const { summary } = session
  const skipped = { total: 0, blank: 0, header: 0 }
  let read = 0
  for await (const item of items) {
    if (++read % TURN === 0) await setImmediate()
    if (watch.signal?.aborted) {
      throw new CancelledError('The import was stopped', {
        hint: 'What was taken so far stays; repeat it to go on.',
      })
    }
    if (item.type === 'mapping') {
      summary.kind = item.mapping.kind.kind
      summary.mapping = item.mapping.columns
    } else if (item.type === 'note') note(summary, item.note)
    else if (item.type === 'skipped') skipped[item.why]++
    else {
      summary.rowsRead++
      if (item.type === 'reject') await session.refuse(item)
      else if (item.type === 'row') await takeRow(session, item)
      else await takeTranscript(database, session, item.item.transcript, options)
    }
  }
  await session.end()
  if (skipped.total > 0) note(summary, message('totals', { n: skipped.total }))
  if (skipped.header > 0) note(summary, message('headers', { n: skipped.header }))
  if (summary.rowsRead === 0)
    throw new InputError(`${input.name} holds no rows`, { hint: 'Check that the export is not empty.' })
  if (summary.rowsRejected === summary.rowsRead && !dryRun) throw nothingTaken(summary)
  const said = options.map
  if (!dryRun && said && said.size > 0) {
    const columns = summary.mapping.map(({ column }) => column)
    await remember(database, columns, { kind: summary.kind, map: said }, atZone(now(), options.timeZone))
  }
  return summary
}

/** What a file holds, when it says so before its rows do: for putting several files into order. */
export async function peekKind(
  database: Database,
  input: FormatInput,
  options: ImportOptions,
): Promise<DataKind | 'transcript' | null> {
  try {
    const { items } = await readItems(database, input, options, {})
    for await (const item of items) {
      if (item.type === 'mapping') return item.mapping.kind.kind
      if (item.type === 'transcript') return 'transcript'
    }
    return null
  } catch (error) {
    // The import itself will say what is wrong.
    if (error instanceof VerbatimError) return null
    throw error
  }
}

async function readItems(database: Database, input: FormatInput, options: ImportOptions, watch: Watch) {
  const format = await recogniseFormat(input)
  const remembered = options.forgetful ? null : await readRemembered(database)
  const items = readTable(format.read(countBytes(input, watch)), input.name, {
    ...options,
    map: options.map ?? new Map(),
    remembered,
    speakers: new Map([...(options.speakers ?? [])].map(([name, role]) => [name.toLowerCase(), role])),
    findSystems: (guess, mapping, sample) => findSystems(database, guess, mapping, sample),
  })
  return { items, format: format.name }
}

async function takeRow(
  session: Session,
  { row, raw, reading }: Extract<TableItem, { type: 'row' }>,
): Promise<void> {
  const { summary } = session
  try {
    const facts = kinds[summary.kind].read(row)
    if (summary.preview.length < PREVIEW) summary.preview.push(previewOf(facts))
    await session.add(facts, sizeOf(facts))
  } catch (error) {
    if (!(error instanceof RowError)) throw error
    await session.refuse({ line: row.line, why: error.why, raw: raw(), reading: reading() })
  }
}

async function takeTranscript(
  database: Database,
  session: Session,
  transcript: Transcript,
  options: ImportOptions,
): Promise<void> {
  const { summary } = session
  const known = await findConversation(database, transcript.id, summary.source)
  const { facts, guessed } = toConversation(transcript, known, options.speakers)
  if (guessed) note(summary, message('agent_guessed'))
  if (summary.preview.length < PREVIEW) summary.preview.push({ turns: transcript.turns.length })
  await session.add(facts, sizeOf(facts))
}

/** Characters of speech in a row, by which batches are kept small. */
function sizeOf(facts: RowFacts): number {
  let size = 0
  for (const talk of facts.conversations ?? []) for (const { text } of talk.utterances) size += text.length
  return size
}

function nothingTaken({ source, rowsRead, rejects }: ImportSummary): InputError {
  const first = rejects[0]!
  const count = rowsRead === 1 ? 'its only row' : `any of its ${rowsRead.toLocaleString('en')} rows`
  return new InputError(`${source}: could not take ${count}; line ${first.line}: ${first.reason}`, {
    hint: 'See how its columns are read with --dry-run, and name them with --map COLUMN=FIELD.',
  })
}

/** The same input whose stream tells how far it has been read. */
function countBytes(input: FormatInput, watch: Watch): FormatInput {
  const { progress } = watch
  if (!progress) return input
  return {
    ...input,
    open: () => {
      let done = 0
      const counter = new Transform({
        highWaterMark: 1 << 18,
        transform: (chunk: Buffer, _encoding, next) => {
          done += chunk.length
          progress(done, input.size)
          next(null, chunk)
        },
      })
      // The counter carries a fault of the file on to its reader.
      pipeline(input.open(), counter).catch(() => {})
      return counter
    },
  }
}
