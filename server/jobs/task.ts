/** Work that a worker thread can do: what it needs as plain data, and how it is done. */
import { InputError } from '../errors.ts'
import type { Language } from '../lib/locale.ts'
import type { EmbeddingSettings } from '../llm/embeddings.ts'
import type { ModelSettings } from '../llm/settings.ts'
import type { TranscriberSettings } from '../llm/transcribe.ts'
import { type ImportOptions, importFile } from '../sources/ingest.ts'
import { openInput } from '../sources/recognise.ts'
import { isRecording } from '../sources/recording.ts'
import type { ImportSummary } from '../sources/session.ts'
import type { Role } from '../sources/speakers.ts'
import { atZone } from '../sources/values.ts'
import { type DatabaseSettings, openDatabase } from '../store/open.ts'
import type { EditionTask } from './edition-task.ts'
import type { FoundClient } from './find-client.ts'

export interface ImportTask {
  kind: 'import'
  settings: DatabaseSettings
  /** Where the file lies, and what it was called by the person. */
  path: string
  name: string
  options: Omit<ImportOptions, 'map' | 'speakers'> & {
    map: Record<string, string>
    speakers?: Record<string, Role>
  }
  /** Of recordings. */
  transcription?: TranscriberSettings | undefined
}

export interface MineTask {
  kind: 'mine'
  settings: DatabaseSettings
  timeZone: string
  /** Of the names that personas get. */
  language: Language
  embeddings?: EmbeddingSettings | undefined
  /** A language model that names themes. */
  llm?: ModelSettings | undefined
}

/** Groups a kind's mentions afresh and keeps what that would change. */
export interface ProposeTask {
  kind: 'propose'
  settings: DatabaseSettings
  mentions: 'question' | 'value' | 'objection'
}

/** Erases a client; see erase-client.ts. */
export interface EraseTask {
  kind: 'erase'
  settings: DatabaseSettings
  /** The folder of the person's notebooks. */
  notebooks: string
  timeZone: string
  client: FoundClient
  author: string | null
}

export type Task = ImportTask | MineTask | ProposeTask | EditionTask | EraseTask

export interface Watch {
  signal: AbortSignal
  progress(done: number, total: number): void
}

/** Does a task with a database connection of its own; returns what it tells, as plain data. */
export async function perform(task: Task, watch: Watch): Promise<unknown> {
  const database = await openDatabase(task.settings)
  try {
    if (task.kind === 'mine') {
      const { refresh } = await import('./refresh.ts')
      const now = atZone(Date.now(), task.timeZone)
      const { language, embeddings, llm } = task
      return await refresh(database, { ...watch, now, language, embeddings, llm })
    }
    if (task.kind === 'propose') {
      const { findProposals } = await import('../mining/proposals.ts')
      return (await findProposals(database, task.mentions)).length
    }
    if (task.kind === 'edition') {
      const { makeEdition } = await import('./edition-task.ts')
      return await makeEdition(database, task, watch.signal)
    }
    if (task.kind === 'erase') {
      const [{ eraseClient }, { refreshAfterErasure }] = await Promise.all([
        import('./erase-client.ts'),
        import('./refresh.ts'),
      ])
      const moment = () => atZone(Date.now(), task.timeZone)
      const parts = { database, notebooks: task.notebooks, moment }
      const certificate = await eraseClient(parts, task.client, task.author)
      await refreshAfterErasure(database)
      return certificate
    }
    const input = { ...(await openInput(task.path)), name: task.name }
    const { map, speakers = {} } = task.options
    const options = {
      ...task.options,
      map: new Map(Object.entries(map)),
      speakers: new Map(Object.entries(speakers)),
    }
    if (isRecording(input)) {
      const { transcription } = task
      const { importRecording } = await import('./import-recording.ts')
      const done = await importRecording(database, task.path, task.name, { ...options, transcription }, watch)
      if (!done.summary) throw new InputError(`${task.name}: ${done.notes.join(' ')}`)
      return { ...done.summary, notes: [...done.summary.notes, ...done.notes] }
    }
    const summary: ImportSummary = await importFile(database, input, options, watch)
    return summary
  } finally {
    await database.close()
  }
}
