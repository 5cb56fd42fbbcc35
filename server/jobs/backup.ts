/** All that a Verbatim holds into one file, and back; while others work with it. */
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { ConflictError, InputError } from '../errors.ts'
import { buildBlocks } from '../store/blocks.ts'
import { copyTables, countRows } from '../store/copy-tables.ts'
import type { CopyWatch, Database } from '../store/database.ts'
import { openDatabase } from '../store/open.ts'
import { writeRemoval } from '../store/removals.ts'
import type { Row } from '../store/schema.ts'
import { raw } from '../store/sql.ts'
import { type Manifest, readArchive, writeArchive } from './archive.ts'
import { eraseReturned } from './erase-client.ts'

export interface BackupParts {
  database: Database
  /** The folder of the person's notebooks. */
  notebooks: string
}

/** Writes a backup as of one moment. A file that is there is replaced with `force` only. Throws ConflictError. */
export async function backUp(
  { database, notebooks }: BackupParts,
  file: string,
  about: { version: string; madeAt: string; force: boolean },
  watch: CopyWatch = {},
): Promise<Manifest> {
  const path = resolve(file)
  if (!about.force && (await stat(path).catch(() => null)))
    throw new ConflictError(`${file} is there already`, {
      hint: 'Name another file, or replace it with --force.',
    })
  return withFolder(dirname(path), async folder => {
    await database.backUp(folder, watch)
    return writeArchive(folder, notebooks, path, { version: about.version, madeAt: about.madeAt })
  })
}

export interface Restored extends Manifest {
  rows: number
  /** Where notebooks that were there before lie now; null when there were none. */
  notebooksBefore: string | null
  /** Clients of the backup who had been erased since it was made, and were erased again. */
  erasedAgain: number
}

/**
 * Puts a backup's content in the place of what the database holds, in one transaction: a reader sees all of the old or
 * all of the new. Backups of older versions are brought up to date first. A database that holds anything is replaced
 * with `force` only. Throws InputError for what is no whole backup, ConflictError.
 */
export async function restore(
  { database, notebooks }: BackupParts,
  file: string,
  { force, now }: { force: boolean; now: string },
  watch: CopyWatch = {},
): Promise<Restored> {
  const hasNotebooks = (await readdir(notebooks).catch(() => [])).length > 0
  if (!force && (hasNotebooks || (await countRows(database)) > 0))
    throw new ConflictError('There is data here already', {
      hint: 'Restore into an empty folder (--data DIR), or replace what is here with --force.',
    })
  await mkdir(dirname(notebooks), { recursive: true })
  return withFolder(dirname(notebooks), async folder => {
    const manifest = await readArchive(resolve(file), folder)
    const copy = await openCopy(folder, file)
    try {
      const rows = await database.transaction(async connection => {
        const erased = await connection.query<Row<'erased_keys'>>(raw('select * from app.erased_keys'))
        const removals = await connection.query<Row<'removals'>>(raw('select * from app.removals'))
        const copied = await copyTables(copy, connection, watch)
        // The backup may be older than a client's wish.
        await connection.upsert('erased_keys', ['key_hash', 'erased_at'], erased)
        for (const removal of removals) await writeRemoval(connection, removal)
        return copied
      })
      await buildBlocks(database)
      const notebooksBefore = hasNotebooks ? `${notebooks}-before-${now.replace(/\D/g, '')}` : null
      if (notebooksBefore !== null) await rename(notebooks, notebooksBefore)
      await rename(join(folder, 'notebooks'), notebooks).catch(() => {})
      const erasedAgain = await eraseReturned({ database, notebooks, moment: () => now })
      return { ...manifest, rows, notebooksBefore, erasedAgain }
    } finally {
      await copy.close()
    }
  })
}

/** The unpacked databases, whole and of this version's schema. */
async function openCopy(folder: string, file: string): Promise<Database> {
  const refuse = (cause: unknown): never => {
    throw new InputError(`${file}: its databases can't be read: ${(cause as Error).message}`, {
      hint: 'A backup of a newer version needs that version: update Verbatim.',
      cause,
    })
  }
  const copy = await openDatabase({ dataDir: folder }).catch(refuse)
  try {
    for (const schema of ['facts', 'app']) {
      const [found] = await copy.query<{ integrity_check: string }>(
        raw(`pragma ${schema}.integrity_check(1)`),
      )
      if (found?.integrity_check !== 'ok') refuse(new Error(String(found?.integrity_check)))
    }
    return copy
  } catch (error) {
    await copy.close()
    throw error
  }
}

/** Works in a folder of its own beside where the result goes, on the same disk; removed whatever comes. */
async function withFolder<T>(beside: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(beside, '.verbatim-')).catch((cause: NodeJS.ErrnoException) => {
    throw new InputError(`${beside} can't be written: ${cause.code}`, {
      hint: 'Check that the folder exists and that you may write there.',
      cause,
    })
  })
  try {
    return await work(folder)
  } finally {
    // Of an archive that was cut the last file may still be written: the folder is not empty for a moment.
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
  }
}
