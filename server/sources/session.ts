/** What one import gathers between batches, and how a batch is stored. */
import { sha256 } from '../lib/hash.ts'
import { buildBlocks } from '../store/blocks.ts'
import type { Connection, Database } from '../store/database.ts'
import { inList } from '../store/lists.ts'
import type { Row as Stored } from '../store/schema.ts'
import { sql } from '../store/sql.ts'
import { passOverErased } from './erased.ts'
import type { RowFacts } from './facts.ts'
import { lockImports, readSecret, resolveClients } from './identity.ts'
import type { TableMapping } from './mapping.ts'
import { inEnglish, type Message, message } from './messages.ts'
import { packReading, type Reading } from './reading.ts'
import type { DataKind } from './source.ts'
import { addSpend, clearStaging, stageSpend, takeSpend } from './spend-rows.ts'
import type { Counts } from './upserts.ts'
import { cleanText } from './values.ts'
import { writeFacts } from './write.ts'
import type { Numberings } from './write-conversations.ts'

/** Rows a transaction: what was reported as taken is stored, and nothing of a batch stands half. */
const BATCH = 1_000
/** Of rows with much in them fewer make a batch: characters of text. */
const BATCH_TEXT = 2_000_000

export interface ImportSummary {
  source: string
  format: string
  kind: DataKind
  mapping: TableMapping['columns']
  /** All rows: new, changed, unchanged, rejected and passed over ones add up to it. */
  rowsRead: number
  rowsNew: number
  rowsChanged: number
  /** As they stood already, or given more than once. */
  rowsUnchanged: number
  rowsRejected: number
  /** Of clients who were erased: passed over. */
  rowsErased: number
  /** The first rows as they would be stored, by field. */
  preview: Record<string, unknown>[]
  /** The first reasons for which rows were refused. */
  rejects: { line: number; reason: string; why: Message }[]
  notes: string[]
  /** The notes, for saying them in another language. */
  messages: Message[]
}

interface Reject {
  line: number
  why: Message
  raw: string
  /** Null where the row can't be tried again. */
  reading: Reading | null
}

export interface Session {
  summary: ImportSummary
  /** Takes a row. Resolves when there is room for the next. */
  add(facts: RowFacts, size: number): Promise<void>
  /** Refuses a row. Resolves when there is room for the next. */
  refuse(reject: Reject): Promise<void>
  /** Stores what is left and completes the summary. */
  end(): Promise<void>
}

/** Thrown inside a transaction to undo it: a dry run counts what would change and leaves nothing. */
class DryRun extends Error {}

/** Adds a note to a summary. */
export function note(summary: Pick<ImportSummary, 'notes' | 'messages'>, what: Message): void {
  summary.notes.push(inEnglish(what))
  summary.messages.push(what)
}

/** Begins an import. `now` gives moments in the company's zone; with `dryRun` nothing stays stored. */
export async function createSession(
  database: Database,
  source: string,
  format: string,
  dryRun: boolean,
  now: () => string,
): Promise<Session> {
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
    rowsErased: 0,
    preview: [],
    rejects: [],
    notes: [],
    messages: [],
  }
  const started = now()
  // In a transaction of its own, before anything is named by it.
  const secret = await database.transaction(readSecret)
  const numberings: Numberings = new Map()
  let batch: RowFacts[] = []
  let size = 0
  let rejects: Reject[] = []
  let spend = new Map<string, Stored<'spend'>>()
  let parts = 0
  let summed = 0
  let importId = 0
  let storing: Promise<void> = Promise.resolve()

  const store = async (
    work: (connection: Connection, id: number) => Promise<Counts & { erased?: number }>,
    snapshot: { read: number; rejects: Reject[]; rejected: number },
    finished: boolean,
  ) => {
    let id = importId
    let counts: Awaited<ReturnType<typeof work>> = { inserted: 0, updated: 0 }
    const transaction = database.transaction(async connection => {
      await lockImports(connection)
      if (id === 0) {
        id = await nextImport(connection)
        await clearStaging(connection, `${started.slice(0, 10)} 00:00:00`)
      }
      counts = await work(connection, id)
      await writeRejects(connection, summary, id, snapshot.rejects, now())
      await connection.upsert('imports', importColumns, [
        {
          import_id: id,
          source,
          kind: summary.kind,
          format,
          rows_read: snapshot.read,
          rows_new: summary.rowsNew + counts.inserted,
          rows_changed: summary.rowsChanged + counts.updated,
          rows_rejected: snapshot.rejected,
          rows_erased: summary.rowsErased + (counts.erased ?? 0),
          started_at: started,
          finished_at: finished ? now() : null,
        },
      ])
      if (dryRun) throw new DryRun()
    })
    await transaction.catch(error => {
      if (!(error instanceof DryRun)) throw error
    })
    if (!dryRun) importId = id
    summary.rowsNew += counts.inserted
    summary.rowsChanged += counts.updated
    summary.rowsErased += counts.erased ?? 0
  }

  const takeBatch = () => {
    const taken = { batch, rejects, spend, read: summary.rowsRead, rejected: summary.rowsRejected }
    batch = []
    rejects = []
    size = 0
    // A dry run leaves nothing aside to be summed later: it keeps its spend to the end.
    if (dryRun) taken.spend = new Map()
    else spend = new Map()
    return taken
  }

  /** Stores a batch while the next is being read; waits for the one before. */
  const flush = async () => {
    const taken = takeBatch()
    await storing
    storing = store(
      async (connection, id) => {
        if (taken.spend.size > 0) await stageSpend(connection, id, parts++, taken.spend.values())
        const { batch: rows, erased } = await passOverErased(connection, taken.batch, secret, now())
        const resolved = await resolveClients(connection, rows, secret)
        const counts = await writeFacts(connection, summary.kind, rows, resolved, numberings)
        return { ...counts, erased }
      },
      taken,
      false,
    )
    // Whoever awaits it next gets the error; until then it is not unheard of.
    storing.catch(() => {})
  }
  const flushWhenFull = async () => {
    const rows = batch.length + rejects.length + (dryRun ? 0 : spend.size)
    if (rows >= BATCH || size >= BATCH_TEXT) await flush()
  }

  return {
    summary,
    add: async (facts, length) => {
      size += length
      if (!facts.spend) batch.push(facts)
      else if (!addSpend(spend, facts.spend)) summed++
      await flushWhenFull()
    },
    refuse: async reject => {
      summary.rowsRejected++
      if (summary.rejects.length < 20)
        summary.rejects.push({ line: reject.line, reason: inEnglish(reject.why), why: reject.why })
      rejects.push(reject)
      size += reject.raw.length
      await flushWhenFull()
    },
    end: async () => {
      const isSpend = parts > 0 || spend.size > 0
      if (batch.length > 0) await flush()
      const taken = takeBatch()
      await storing
      if (summary.rowsRead === 0) return
      let removed = 0
      await store(
        async (connection, id) => {
          if (!isSpend) return { inserted: 0, updated: 0 }
          await stageSpend(connection, id, parts++, (dryRun ? spend : taken.spend).values())
          const counts = await takeSpend(connection, id)
          removed = counts.removed
          return counts
        },
        taken,
        true,
      )
      if (!dryRun) await buildBlocks(database)
      const accounted = summary.rowsRejected + summary.rowsErased + summary.rowsNew + summary.rowsChanged
      summary.rowsUnchanged = summary.rowsRead - accounted
      if (summary.rowsErased > 0) note(summary, message('erased', { n: summary.rowsErased }))
      if (summed > 0) note(summary, message('summed', { n: summed }))
      if (removed > 0) note(summary, message('replaced', { n: removed }))
    },
  }
}

const importColumns = [
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
  'rows_erased',
] as const

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
  rejects: readonly Reject[],
  made_at: string,
): Promise<void> {
  if (rejects.length === 0) return
  const rows = rejects.map(({ line, why, raw, reading }) => {
    const reason = inEnglish(why)
    return {
      reject_id: sha256(`${summary.kind}\0${line}\0${reason}\0${raw}`).slice(0, 24),
      import_id,
      source: summary.source,
      line,
      reason: cleanText(reason),
      raw: cleanText(raw),
      made_at,
      problem: cleanText(JSON.stringify(why)),
      reading: reading && packReading(reading),
    }
  })
  const ids = rows.map(row => row.reject_id)
  const standing = await connection.query<{ reject_id: string }>(
    sql`select reject_id from rejects where reject_id in ${inList(connection, ids)}`,
  )
  const known = new Set(standing.map(row => row.reject_id))
  await connection.upsert(
    'rejects',
    ['reject_id', 'import_id', 'source', 'line', 'reason', 'raw', 'made_at', 'problem', 'reading'],
    rows.filter(row => !known.has(row.reject_id)),
  )
}
