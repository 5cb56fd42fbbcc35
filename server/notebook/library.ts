/**
 * The notebooks that are there: files `ID.md` of the bundled folder and of the person's own, whose file of the same id
 * stands in the bundled one's place. A file is read again when its time or size changed.
 */
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { InputError, NotFoundError } from '../errors.ts'
import { type Parsed, parseNotebook } from './format.ts'
import { kindNames } from './kinds.ts'

export interface LibraryEntry extends Parsed {
  id: string
  /** Where its file is. */
  path: string
  bundled: boolean
}

export interface Library {
  /** All of them, by id. */
  list(): Promise<LibraryEntry[]>
  /** One. Throws NotFoundError for an id that has no file or could not be a file's name. */
  get(id: string): Promise<LibraryEntry>
}

/** No separators, no leading dot: an id never leads out of its folder. */
const ID = /^[\p{L}\p{N}_][\p{L}\p{N}_. -]{0,99}$/u
/** A notebook beyond this was not written by hand. */
const MAX_BYTES = 5 * 1024 * 1024

interface Known {
  stamp: string
  entry: LibraryEntry
}

/** Folders that do not exist hold nothing. */
export function createLibrary(folders: { bundled: string; own: string }): Library {
  const known = new Map<string, Known>()
  const find = async (id: string): Promise<LibraryEntry | null> => {
    if (!ID.test(id)) return null
    for (const bundled of [false, true]) {
      const path = join(bundled ? folders.bundled : folders.own, `${id}.md`)
      const info = await stat(path).catch(() => null)
      if (!info?.isFile()) continue
      const stamp = `${info.mtimeMs} ${info.size}`
      const before = known.get(path)
      if (before?.stamp === stamp) return before.entry
      const entry = { ...(await readNotebook(path)), id, path, bundled }
      known.set(path, { stamp, entry })
      return entry
    }
    return null
  }
  return {
    list: async () => {
      const files = await Promise.all([folders.bundled, folders.own].map(idsOf))
      const entries = await Promise.all([...new Set(files.flat())].sort().map(find))
      return entries.filter(entry => entry !== null)
    },
    get: async id => {
      const entry = await find(id)
      if (entry) return entry
      const ids = [...new Set((await Promise.all([folders.bundled, folders.own].map(idsOf))).flat())].sort()
      throw new NotFoundError(`There is no notebook “${id}”`, {
        hint: ids.length > 0 ? `Notebooks: ${ids.join(', ')}` : 'Name a file: FOLDER/NAME.md',
      })
    },
  }
}

async function idsOf(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch(() => [])
  return files.filter(file => file.endsWith('.md')).map(file => file.slice(0, -3))
}

/** A notebook's file, parsed. Throws InputError when it can't be read. */
export async function readNotebook(path: string): Promise<Parsed> {
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such file' : error.code
    throw new InputError(`${path}: ${why}`, { cause: error })
  })
  if (!info.isFile()) throw new InputError(`${path} is not a file`)
  if (info.size > MAX_BYTES)
    throw new InputError(`${path} is too large for a notebook (${Math.round(info.size / 1024 ** 2)} MB)`, {
      hint: 'A notebook is text of at most 5 MB.',
    })
  return parseNotebook(await readFile(path, 'utf8'), await kindNames())
}
