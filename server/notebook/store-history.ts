/** Versions of notebooks: every saved text as a file of its own, `FOLDER/ID/MOMENT-HASH.md`, a bounded number of each. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NotFoundError } from '../errors.ts'
import { sha256 } from '../lib/hash.ts'

export interface NotebookVersion {
  id: string
  /** ISO, UTC. */
  savedAt: string
}

export interface NotebookHistory {
  /** Keeps a text as the newest version, unless it is that already. */
  keep(id: string, text: string): Promise<void>
  /** The newest first; empty for a notebook that was never saved. */
  list(id: string): Promise<NotebookVersion[]>
  /** A version's text. Throws NotFoundError. */
  read(id: string, version: string): Promise<string>
}

const MAX_VERSIONS = 100
/** The newest are never thinned out. */
const MIN_RECENT = 20
const FILE = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-([0-9a-f]{12})\.md$/

export function createHistory(folder: string, now: () => number = Date.now): NotebookHistory {
  const filesOf = async (id: string): Promise<string[]> => {
    const files = await readdir(join(folder, id)).catch(() => [])
    return files.filter(file => FILE.test(file)).sort()
  }
  return {
    keep: async (id, text) => {
      const files = await filesOf(id)
      const hash = sha256(text).slice(0, 12)
      const newest = files.at(-1)
      if (newest !== undefined && FILE.exec(newest)![8] === hash) return
      // Two versions of one millisecond, or a clock set back: order is that of names.
      const after = newest === undefined ? 0 : timeOf(newest) + 1
      const file = `${new Date(Math.max(now(), after)).toISOString().replace(/[-:.]/g, '')}-${hash}.md`
      await mkdir(join(folder, id), { recursive: true })
      await writeFile(join(folder, id, file), text, 'utf8')
      for (const old of thinOut([...files, file])) await rm(join(folder, id, old), { force: true })
    },
    list: async id =>
      (await filesOf(id))
        .reverse()
        .map(file => ({ id: file.slice(0, -3), savedAt: new Date(timeOf(file)).toISOString() })),
    read: async (id, version) => {
      const file = `${version}.md`
      if (!FILE.test(file)) throw new NotFoundError(`There is no version “${version}”`)
      return readFile(join(folder, id, file), 'utf8').catch((cause: unknown) => {
        throw new NotFoundError(`There is no version “${version}” of “${id}”`, { cause })
      })
    },
  }
}

function timeOf(file: string): number {
  const [, year, month, day, hour, minute, second, ms] = FILE.exec(file)!
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`)
}

/**
 * What must go of versions in order of time: each time the one that stood for the shortest while, so that yesterday's
 * text outlasts today's hundred small saves. The first and the newest stay.
 */
export function thinOut(files: readonly string[], limit = MAX_VERSIONS, recent = MIN_RECENT): string[] {
  const kept = [...files]
  const gone: string[] = []
  while (kept.length > limit) {
    let shortest = 1
    for (let i = 1; i < kept.length - recent; i++) {
      const stood = (at: number) => timeOf(kept[at + 1]!) - timeOf(kept[at]!)
      if (stood(i) < stood(shortest)) shortest = i
    }
    gone.push(...kept.splice(shortest, 1))
  }
  return gone
}
