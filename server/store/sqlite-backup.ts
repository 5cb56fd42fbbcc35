/** A copy of facts.db and app.db as of one moment, while others read and write. */
import { join } from 'node:path'
import { CancelledError, UnavailableError } from '../errors.ts'
import type { CopyWatch } from './database.ts'

/** SQLite's online backup (https://www.sqlite.org/backup.html) as the driver gives it. */
export interface PageCopy {
  readonly remaining: number
  readonly pageCount: number
  step(pages: number, done: (error: Error | null, finished: boolean) => void): void
  finish(done: (error: Error | null) => void): void
}

/** One file's reading connection, whose transaction holds the moment. */
export interface Source {
  name: 'facts' | 'app'
  copyTo(path: string): PageCopy
}

/** Pages a step: a few MB, so that a stop is heard soon. */
const PAGES = 2_000

/** Copies both into a folder. Throws CancelledError, UnavailableError. */
export async function copyFiles(
  sources: readonly Source[],
  folder: string,
  { signal, progress }: CopyWatch,
): Promise<void> {
  for (const [i, source] of sources.entries()) {
    const copy = source.copyTo(join(folder, `${source.name}.db`))
    try {
      while (!(await step(copy))) {
        if (signal?.aborted) throw new CancelledError('The backup was stopped')
        const part = copy.pageCount === 0 ? 0 : 1 - copy.remaining / copy.pageCount
        progress?.(Math.round(1000 * (i + part)), 1000 * sources.length)
      }
    } finally {
      await new Promise<void>(resolve => copy.finish(() => resolve()))
    }
  }
}

function step(copy: PageCopy): Promise<boolean> {
  return new Promise((resolve, reject) =>
    copy.step(PAGES, (error, finished) => {
      if (!error) return resolve(finished)
      const hint = 'Check that there is room on the disk of the backup, and that it can be written.'
      reject(
        new UnavailableError(`The database could not be copied: ${error.message}`, { hint, cause: error }),
      )
    }),
  )
}
