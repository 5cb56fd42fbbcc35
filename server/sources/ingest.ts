/** A file -> facts: recognise, map, check, store in batches, and account for every row. */
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { PassThrough, type Readable } from 'node:stream'
import { CancelledError, InputError } from '../errors.ts'
import { discover } from '../lib/discover.ts'
import { sha256 } from '../lib/hash.ts'
import type { Connection, Database } from '../store/database.ts'
import { inList } from '../store/lists.ts'
import type { Row as Stored } from '../store/schema.ts'
import { sql } from '../store/sql.ts'
import { decodeText } from './encoding.ts'
import type { RowFacts } from './facts.ts'
import { readSecret, resolveClients } from './identity.ts'
import { kinds, type TableMapping } from './mapping.ts'
import { type Row, RowError } from './row.ts'
import { type DataKind, type FileFormat, type FormatInput, isFormat } from './source.ts'
import type { Role } from './speakers.ts'
import { addSpend } from './spend-rows.ts'
import { readTable, type TableOptions } from './table.ts'
import { findConversation, toConversation } from './transcript-facts.ts'
import { atZone } from './values.ts'
import { type Counts, replaceSpend, writeFacts } from './write.ts'

/** Rows a transaction: what was reported as taken is stored, and nothing of a batch stands half. */
const BATCH = 5_000
const HEAD = 64 * 1024
const PREVIEW = 5

export interface ImportOptions extends Partial<Pick<TableOptions, 'as' | 'system'>> {
  /** COLUMN -> field, '' for “an attribute”. */
  map?: ReadonlyMap<string, string>
  /** Speaker's name -> role, for transcripts. */
  speakers?: ReadonlyMap<string, Role>
  /** Reads and checks everything, stores nothing. */
  dryRun?: boolean
  timeZone: string
  currency: string
}

export interface ImportSummary {
  source: string
  format: string
  kind: DataKind
  mapping: TableMapping['columns']
  rowsRead: number
  rowsNew: number
  rowsChanged: number
  rowsUnchanged: number
  rowsRejected: number
  /** The first rows as they would be stored, by field. */
  preview: Record<string, unknown>[]
  /** The first reasons for which rows were refused. */
  rejects: { line: number; reason: string }[]
  notes: string[]
}

export interface Watch {
  signal?: AbortSignal
  /** Bytes done of all. */
  progress?(done: number, total: number): void
  now?: () => number
}

/** A file on disk as an input. Throws InputError when it can't be opened. */
export async function openInput(path: string): Promise<FormatInput> {
  const refuse = (error: NodeJS.ErrnoException) => {
    const why =
      error.code === 'ENOENT'
        ? 'there is no such file'
        : error.code === 'EACCES'
          ? 'no right to read it'
          : error.code
    throw new InputError(`${path}: ${why}`, { cause: error })
  }
  const info = await stat(path).catch(refuse)
  if (!info.isFile())
    throw new InputError(`${path} is not a file`, { hint: 'Name the files of the folder: FOLDER/*' })
  const handle = await open(path).catch(refuse)
  const head = Buffer.alloc(Math.min(HEAD, info.size))
  await handle.read(head, 0, head.length, 0).finally(() => handle.close())
  return {
    name: basename(path),
    head,
    size: info.size,
    open: () => createReadStream(path, { highWaterMark: 1 << 18 }),
  }
}

/** Imports one file. Throws InputError when the file as a whole can't be taken; single rows go to `rejects`. */
export async function importFile(
  database: Database,
  input: FormatInput,
  options: ImportOptions,
  watch: Watch = {},
): Promise<ImportSummary> {
  const format = await recogniseFormat(input)
  const counted = countBytes(input, watch)
  const table = readTable(format.read(counted), input.name, { ...options, map: options.map ?? new Map() })
  const now = watch.now ?? Date.now
  const session = createSession(database, input.name, format.name, options, () =>
    atZone(now(), options.timeZone),
  )
  for await (const item of table) {
    if (watch.signal?.aborted)
      throw new CancelledError('The import was stopped', {
        hint: 'What was taken so far stays; repeat it to go on.',
      })
    if (item.type === 'mapping') session.summary.kind = item.mapping.kind.kind
    if (item.type === 'mapping') session.summary.mapping = item.mapping.columns
    else if (item.type === 'note') session.summary.notes.push(item.text)
    else if (item.type === 'skipped') session.skipped[item.why]++
    else if (item.type === 'reject') session.reject(item.line, item.reason, item.raw)
    else if (item.type === 'transcript') {
      session.summary.rowsRead++
      const known = await findConversation(database, item.item.transcript.id, input.name)
      const { facts, guessed } = toConversation(item.item.transcript, known, options.speakers)
      if (guessed)
        session.summary.notes.push(
          'Who is the agent was guessed from the words; set it with --speaker NAME=agent.',
        )
      session.add(facts, { turns: item.item.transcript.turns.length })
    } else {
      session.summary.rowsRead++
      try {
        session.add(readRow(item.row, session.summary.kind), null)
      } catch (error) {
        if (!(error instanceof RowError)) throw error
        session.reject(item.row.line, error.message, item.raw, false)
      }
    }
    if (session.full()) await session.flush()
  }
  await session.end()
  if (session.summary.rowsRead === 0)
    throw new InputError(`${input.name} holds no rows`, { hint: 'Check that the export is not empty.' })
  return session.summary
}

const readRow = (row: Row, kind: DataKind): RowFacts => kinds[kind].read(row)

/** What one import gathers between batches. */
function createSession(
  database: Database,
  source: string,
  format: string,
  options: ImportOptions,
  now: () => string,
) {
  const summary: ImportSummary = {
    source,
    format,
    kind: 'conversations',
    mapping: [],
    rowsRead: 0,
    rowsNew: 0,
    rowsChanged: 0,
    rowsUnchanged: 0,
    rowsRejected: 0,
    preview: [],
    rejects: [],
    notes: [],
  }
  const started = now()
  const spend = new Map<string, Stored<'spend'>>()
  const skipped = { total: 0, blank: 0 }
  let batch: RowFacts[] = []
  let rejects: { line: number; reason: string; raw: string }[] = []
  let importId = 0
  const count = ({ inserted, updated }: Counts) => {
    summary.rowsNew += inserted
    summary.rowsChanged += updated
  }
  const store = async (work: (connection: Connection) => Promise<Counts>, finished: boolean) => {
    if (options.dryRun) return
    await database.transaction(async connection => {
      importId ||= await nextImport(connection)
      count(await work(connection))
      await writeRejects(connection, summary, importId, rejects, now())
      await connection.upsert(
        'imports',
        [
          'import_id',
          'source',
          'kind',
          'format',
          'rows_read',
          'rows_new',
          'rows_changed',
          'rows_rejected',
          'started_at',
          'finished_at',
        ],
        [
          {
            import_id: importId,
            source,
            kind: summary.kind,
            format,
            rows_read: summary.rowsRead,
            rows_new: summary.rowsNew,
            rows_changed: summary.rowsChanged,
            rows_rejected: summary.rowsRejected,
            started_at: started,
            finished_at: finished ? now() : null,
          },
        ],
      )
    })
    rejects = []
  }
  const flush = async () => {
    const rows = batch
    batch = []
    await store(async connection => {
      const clients = await resolveClients(connection, rows, await readSecret(connection))
      return writeFacts(connection, summary.kind, rows, clients, importId)
    }, false)
  }
  return {
    summary,
    skipped,
    full: () => batch.length >= BATCH || rejects.length >= BATCH,
    add: (facts: RowFacts, shown: Record<string, unknown> | null) => {
      if (summary.preview.length < PREVIEW) summary.preview.push(shown ?? previewOf(facts))
      if (facts.spend) addSpend(spend, facts.spend)
      else batch.push(facts)
    },
    reject: (line: number, reason: string, raw: string, unread = true) => {
      // A row that could not even be parsed has not been counted as read yet.
      if (unread) summary.rowsRead++
      summary.rowsRejected++
      if (summary.rejects.length < 20) summary.rejects.push({ line, reason })
      rejects.push({ line, reason, raw })
    },
    flush,
    end: async () => {
      await flush()
      // All spend at once: a file stands in the place of the days that it covers, whole.
      if (spend.size > 0 || (summary.rowsRead > 0 && !options.dryRun)) {
        await store(
          connection =>
            spend.size > 0
              ? replaceSpend(connection, [...spend.values()])
              : Promise.resolve({ inserted: 0, updated: 0 }),
          true,
        )
      }
      summary.rowsUnchanged = options.dryRun
        ? 0
        : summary.rowsRead - summary.rowsRejected - summary.rowsNew - summary.rowsChanged
      if (skipped.total > 0) summary.notes.push(`Rows of totals passed over: ${skipped.total}`)
    },
  }
}

async function nextImport(connection: Connection): Promise<number> {
  const [row] = await connection.query<{ top: number }>(
    sql`select coalesce(max(import_id), 0) as top from imports`,
  )
  return row!.top + 1
}

/** Rejects are known by what they are, so that the same file twice does not list them twice. */
async function writeRejects(
  connection: Connection,
  summary: ImportSummary,
  import_id: number,
  rejects: readonly { line: number; reason: string; raw: string }[],
  made_at: string,
): Promise<void> {
  const rows = rejects.map(({ line, reason, raw }) => ({
    reject_id: sha256(`${summary.kind}\0${line}\0${reason}\0${raw}`).slice(0, 24),
    import_id,
    source: summary.source,
    line,
    reason: reason.toWellFormed().replaceAll('\0', ''),
    raw: raw.toWellFormed().replaceAll('\0', ''),
    made_at,
  }))
  const ids = rows.map(row => row.reject_id)
  const standing = await connection.query<{ reject_id: string }>(
    sql`select reject_id from rejects where reject_id in ${inList(connection, ids)}`,
  )
  const known = new Set(standing.map(row => row.reject_id))
  await connection.upsert(
    'rejects',
    ['reject_id', 'import_id', 'source', 'line', 'reason', 'raw', 'made_at'],
    rows.filter(row => !known.has(row.reject_id)),
  )
}

/** A row's facts as a flat object to look at; contact data only as “given”. */
function previewOf(facts: RowFacts): Record<string, unknown> {
  const talk = facts.conversations?.[0]
  const main =
    facts.deal ??
    facts.visit ??
    facts.spend ??
    facts.target ??
    facts.page ??
    facts.stage ??
    talk?.conversation ??
    facts.client?.fields ??
    {}
  const given = Object.entries(main).filter(
    ([name, value]) => value !== null && !['week', 'month'].includes(name),
  )
  return {
    ...Object.fromEntries(given),
    ...(talk?.utterances[0] && !facts.deal && { text: talk.utterances[0].text.slice(0, 120) }),
  }
}

let formats: Promise<Map<string, FileFormat>> | undefined

/** The format that is surest of the file. Throws InputError in words when none is. */
async function recogniseFormat(input: FormatInput): Promise<FileFormat> {
  formats ??= discover(join(import.meta.dirname, 'formats'), isFormat)
  if (input.size === 0) throw new InputError(`${input.name} is empty`, { hint: 'Export it again.' })
  const scored = [...(await formats).values()].map(format => ({ format, score: format.recognise(input) }))
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a))
  if (best.score > 0.25 || (best.score > 0 && best.format.name === 'sections')) return best.format
  const text = decodeText(input.head).trimStart().slice(0, 200)
  if (/^<(?:!doctype html|html|head|body|table|\?xml)/i.test(text)) {
    throw new InputError(`${input.name} is a web page, not a table`, {
      hint: 'The service may have answered with its login page: open it, and export again.',
    })
  }
  const odd = [...text].filter(char => char < ' ' && !'\n\r\t'.includes(char)).length
  throw new InputError(
    `${input.name}: ${odd > 2 ? 'not text and not a workbook' : 'not a format that is known'}`,
    {
      hint: 'Known: CSV, TSV, XLSX, JSON, JSON Lines, transcripts as text, SRT, WebVTT or JSON, pages as Markdown or HTML.',
    },
  )
}

/** The same input whose stream tells how far it has been read. */
function countBytes(input: FormatInput, watch: Watch): FormatInput {
  if (!watch.progress) return input
  return {
    ...input,
    open: (): Readable => {
      let done = 0
      const through = new PassThrough({ highWaterMark: 1 << 18 })
      const stream = input.open()
      stream.on('data', (chunk: Buffer) => {
        done += chunk.length
        watch.progress?.(done, input.size)
      })
      stream.on('error', error => through.destroy(error))
      return stream.pipe(through)
    },
  }
}
