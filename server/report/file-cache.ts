/** Files of shared reports, kept while they are asked for: anybody with a link may ask, and a PDF costs seconds. Bounded. */
import { LimitError } from '../errors.ts'
import type { ReportFile } from './report-file.ts'

export interface FileCache {
  /** The file of a key; made at most once at a time. Throws LimitError when too many are being made. */
  get(key: string, make: () => Promise<ReportFile>): Promise<ReportFile>
}

const MOST_BYTES = 64 * 1024 ** 2
const AT_ONCE = 8

export function createFileCache(mostBytes = MOST_BYTES): FileCache {
  const kept = new Map<string, ReportFile>()
  const making = new Map<string, Promise<ReportFile>>()
  let bytes = 0
  const sizeOf = ({ content }: ReportFile) => content.length
  const keep = (key: string, file: ReportFile) => {
    kept.set(key, file)
    bytes += sizeOf(file)
    for (const [old, oldFile] of kept) {
      if (bytes <= mostBytes) break
      kept.delete(old)
      bytes -= sizeOf(oldFile)
    }
  }
  return {
    get: async (key, make) => {
      const known = kept.get(key)
      if (known) {
        kept.delete(key)
        kept.set(key, known)
        return known
      }
      const begun = making.get(key)
      if (begun) return begun
      if (making.size >= AT_ONCE)
        throw new LimitError('Too many files are being made', { hint: 'Try again in a minute.' })
      const file = make()
      making.set(key, file)
      try {
        const made = await file
        keep(key, made)
        return made
      } finally {
        making.delete(key)
      }
    },
  }
}
