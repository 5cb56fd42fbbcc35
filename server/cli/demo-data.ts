/** The demo's files into its database: only those that are new or changed, then mining. */

import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Config } from '../config.ts'
import { NotFoundError } from '../errors.ts'
import { importFile } from '../sources/ingest.ts'
import { openInput } from '../sources/recognise.ts'
import { atZone } from '../sources/values.ts'
import type { Database } from '../store/database.ts'
import { readSetting, writeSetting } from '../store/settings.ts'
import type { Io } from './command.ts'

/** Setting that holds what was loaded: hashes by file. */
const LOADED = 'demo_files'
/** Setting that holds what was loaded when mining last came to its end. */
const MINED = 'demo_mined'
/** What was planted is for tests, and the generator's notes are for people. */
const NOT_DATA = /^(?:truth\.json|readme.*|\..*)$/i

export interface DemoParts {
  database: Database
  config: Pick<Config, 'timeZone' | 'currency' | 'language'>
  /** Folder of the files. */
  folder: string
  io: Pick<Io, 'note' | 'progress'>
  signal: AbortSignal
}

/** Whether a file that was loaded has changed since, or is gone: what it brought would stand beside the new. */
export async function isOutdated(database: Database, folder: string): Promise<boolean> {
  const loaded = await readLoaded(database)
  const files = await listFiles(folder)
  for (const [file, hash] of Object.entries(loaded))
    if (!files.includes(file) || (await hashFile(join(folder, file))) !== hash) return true
  return false
}

async function readLoaded(database: Database): Promise<Record<string, string>> {
  return JSON.parse((await readSetting(database, LOADED)) ?? '{}') as Record<string, string>
}

/** Brings the database to what the folder holds. A file's name is noted once it is in, so that a stop costs one file. */
export async function loadDemo({ database, config, folder, io, signal }: DemoParts): Promise<void> {
  const files = await listFiles(folder)
  const loaded = await readLoaded(database)
  for (const file of files) {
    const path = join(folder, file)
    const hash = await hashFile(path)
    if (loaded[file] === hash) continue
    const options = { timeZone: config.timeZone, currency: config.currency }
    const progress = (done: number, total: number) => io.progress(done, total, file)
    const summary = await importFile(database, await openInput(path), options, { signal, progress })
    loaded[file] = hash
    await writeSetting(database, LOADED, JSON.stringify(loaded))
    const rejected = summary.rowsRejected > 0 ? `, rejected ${summary.rowsRejected}` : ''
    io.note(`${file}: ${summary.kind}, rows ${summary.rowsRead}${rejected}`)
  }
  // Noted at the end: mining that was stopped in the middle goes on at the next start.
  const content = JSON.stringify(loaded)
  if ((await readSetting(database, MINED)) === content) return
  const { refresh } = await import('../jobs/refresh.ts')
  const report = await refresh(database, {
    signal,
    now: atZone(Date.now(), config.timeZone),
    language: config.language,
    progress: (done, total) => io.progress(done, total, 'mining'),
  })
  await writeSetting(database, MINED, content)
  io.note(
    `Mined: mentions ${report.mentions}, in themes ${report.assigned}; personas ${report.personas.personas}`,
  )
}

/** Files by name, those of subfolders too: the order in which they are imported. */
async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(error => {
    throw new NotFoundError(`The demo data is not in ${folder}`, {
      hint: 'Take a whole copy of the project, or make it: npm run demo:data',
      cause: error,
    })
  })
  return entries
    .filter(entry => entry.isFile() && !NOT_DATA.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
