/** SQLite's faults in words. */
import { UnavailableError } from '../errors.ts'

const HINTS: readonly [RegExp, string][] = [
  [/SQLITE_FULL/, 'The disk is full: free some space and repeat.'],
  [/SQLITE_READONLY/, 'The data folder is read-only: give write permission or choose another with --data.'],
  [
    /SQLITE_BUSY/,
    'Another process has held the database for a minute: wait until its import is done, or end it.',
  ],
  [
    /SQLITE_(?:CORRUPT|NOTADB)/,
    'The database file is damaged: restore a backup, or import into a new --data folder.',
  ],
  [/SQLITE_IOERR/, 'The disk gave an error: check it, and the space left.'],
]

/** Faults of the disk are the person's to mend: an UnavailableError that says how. The rest stays as it is. */
export function explainFault(error: Error): Error {
  const hint = HINTS.find(([pattern]) => pattern.test(error.message))?.[1]
  return hint === undefined
    ? error
    : new UnavailableError(`Database: ${error.message}`, { hint, cause: error })
}
