/**
 * The cell cache over the database, with the latest results in memory before it. Reads of one moment go to the database
 * as one query; writes follow in the background, so that a cell never waits behind an import. Whatever goes wrong with
 * the cache, a run only misses it.
 */
import { type CacheRow, evictCached, readCached, writeCached } from '../store/cell-cache.ts'
import type { Database } from '../store/database.ts'
import type { CachedCell, CellCache } from './cell-cache.ts'

export interface KeptCellsOptions {
  /** What the database may hold of results; 256 MB. */
  maxBytes?: number
  /** What memory may hold; 64 MB. */
  memoryBytes?: number
  /** `YYYY-MM-DD HH:MM:SS` in UTC. */
  now?: () => string
}

export interface KeptCells extends CellCache {
  /** Resolves when all that was put is in the database. */
  flush(): Promise<void>
  /** Drops what memory holds: it was computed from facts that are to be nowhere. */
  forget(): void
  hits: number
  misses: number
}

/** Bytes written after which the whole is measured again. */
const MEASURE_EVERY = 16 * 1024 * 1024
/** A result beyond this is not kept: writing it would cost more than running its cell. */
const LARGEST = 32 * 1024 * 1024

export function createKeptCells(database: Database, options: KeptCellsOptions = {}): KeptCells {
  const { maxBytes = 256 * 1024 * 1024, memoryBytes = 64 * 1024 * 1024 } = options
  const now = options.now ?? (() => new Date().toISOString().slice(0, 19).replace('T', ' '))
  const memory = createMemory(memoryBytes)
  let asked: { key: string; answer: (entry: CachedCell | null) => void }[] = []
  let rows: CacheRow[] = []
  let used = new Set<string>()
  let sinceMeasured = Number.POSITIVE_INFINITY
  let writing: Promise<void> | null = null
  let warned = false

  const warn = (what: 'read' | 'written', error: unknown) => {
    if (!warned) process.emitWarning(`Results can't be ${what} in the cache: ${(error as Error).message}`)
    warned = true
  }

  const readAsked = async () => {
    const batch = asked
    asked = []
    const found = new Map<string, CachedCell>()
    const today = now().slice(0, 10)
    try {
      for (const row of await readCached(database, [...new Set(batch.map(({ key }) => key))])) {
        const entry = parseEntry(row.result)
        if (!entry) continue
        found.set(row.cache_key, entry)
        memory.set(row.cache_key, entry, row.result.length)
        // Once a day is enough to know what is of use.
        if (row.used_at.slice(0, 10) !== today) used.add(row.cache_key)
      }
    } catch (error) {
      warn('read', error)
    }
    for (const { key, answer } of batch) answer(found.get(key) ?? null)
    if (used.size > 0) write()
  }

  const writeBatch = async () => {
    // A moment's grace: the cells of a run are written together.
    await new Promise(resolve => setImmediate(resolve))
    const batch = rows
    const keys = [...used]
    rows = []
    used = new Set()
    await writeCached(database, batch, { keys, day: now() })
    sinceMeasured += batch.reduce((sum, row) => sum + row.bytes, 0)
    if (sinceMeasured >= MEASURE_EVERY && batch.length > 0) {
      sinceMeasured = 0
      await evictCached(database, maxBytes)
    }
  }

  const write = (): void => {
    writing ??= writeBatch()
      .catch(error => warn('written', error))
      .then(() => {
        writing = null
        if (rows.length > 0 || used.size > 0) write()
      })
  }

  const cells: KeptCells = {
    hits: 0,
    misses: 0,
    get: async key => {
      const entry =
        memory.get(key) ??
        (await new Promise<CachedCell | null>(answer => {
          asked.push({ key, answer })
          if (asked.length === 1) setImmediate(readAsked)
        }))
      cells[entry ? 'hits' : 'misses']++
      return entry
    },
    put: (key, { notebook, cell, result, tableHash }) => {
      const text = JSON.stringify({ result, tableHash })
      if (text.length > LARGEST) return
      memory.set(key, { result, tableHash }, text.length)
      const moment = now()
      const bytes = Buffer.byteLength(text)
      rows.push({ cache_key: key, notebook, cell, made_at: moment, used_at: moment, bytes, result: text })
      write()
    },
    forget: () => {
      rows = []
      memory.clear()
    },
    flush: async () => {
      while (writing) await writing
    },
  }
  return cells
}

/** The latest entries up to a number of characters; what was asked for longest ago goes first. */
function createMemory(limit: number) {
  const entries = new Map<string, { entry: CachedCell; size: number }>()
  let total = 0
  const drop = (key: string) => {
    total -= entries.get(key)?.size ?? 0
    entries.delete(key)
  }
  return {
    get: (key: string): CachedCell | null => {
      const known = entries.get(key)
      if (!known) return null
      entries.delete(key)
      entries.set(key, known)
      return known.entry
    },
    clear: () => {
      entries.clear()
      total = 0
    },
    set: (key: string, entry: CachedCell, size: number) => {
      drop(key)
      entries.set(key, { entry, size })
      total += size
      while (total > limit) drop(entries.keys().next().value!)
    },
  }
}

/** An entry's text as an entry; null for one that is broken. */
function parseEntry(text: string): CachedCell | null {
  try {
    const entry = JSON.parse(text) as Partial<CachedCell> | null
    const whole = Array.isArray(entry?.result?.outputs) && typeof entry.tableHash === 'string'
    return whole ? (entry as CachedCell) : null
  } catch {
    return null
  }
}
