/** Deleted notebooks: files `MOMENT-ID.md` in a folder, until somebody takes them back. */
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { NotFoundError } from '../errors.ts'

export interface BinnedNotebook {
  entry: string
  id: string
  /** ISO, UTC. */
  deletedAt: string
}

export interface NotebookBin {
  /** The last deleted first. */
  list(): Promise<BinnedNotebook[]>
  /** Moves a file in; answers its entry. */
  take(id: string, path: string): Promise<string>
  /** Throws NotFoundError. */
  read(entry: string): Promise<{ id: string; text: string }>
  forget(entry: string): Promise<void>
}

const ENTRY = /^(\d{13})-([\p{L}\p{N}_][\p{L}\p{N}_. -]{0,99})$/u

export function createBin(folder: string, now: () => number = Date.now): NotebookBin {
  const check = (entry: string): { id: string; moment: number } => {
    const match = ENTRY.exec(entry)
    if (!match) throw new NotFoundError('There is no such notebook in the bin')
    return { moment: Number(match[1]), id: match[2]! }
  }
  return {
    list: async () => {
      const files = await readdir(folder).catch(() => [])
      return files
        .filter(file => file.endsWith('.md') && ENTRY.test(file.slice(0, -3)))
        .sort()
        .reverse()
        .map(file => {
          const entry = file.slice(0, -3)
          const { id, moment } = check(entry)
          return { entry, id, deletedAt: new Date(moment).toISOString() }
        })
    },
    take: async (id, path) => {
      await mkdir(folder, { recursive: true })
      const entry = `${String(now()).padStart(13, '0')}-${id}`
      await rename(path, join(folder, `${entry}.md`))
      return entry
    },
    read: async entry => {
      const { id } = check(entry)
      const text = await readFile(join(folder, `${entry}.md`), 'utf8').catch((cause: unknown) => {
        throw new NotFoundError('There is no such notebook in the bin', { cause })
      })
      return { id, text }
    },
    forget: async entry => {
      check(entry)
      await rm(join(folder, `${entry}.md`), { force: true })
    },
  }
}
