import type { CellResult } from './cell.ts'

/** A result as it is kept. */
export interface CachedCell {
  result: CellResult
  /** Hash of its table: what later cells depend on. */
  tableHash: string
}

/** Where results are kept by the hash of all that they depend on. Reading and writing never fail: a fault is a miss. */
export interface CellCache {
  get(key: string): Promise<CachedCell | null>
  /** Keeps a result; what it was of is noted for people who look into the database. Does not wait for the disk. */
  put(key: string, entry: CachedCell & { notebook: string; cell: string }): void
}

/** Keeps nothing: for measuring and for tests of cells. */
export const noCache: CellCache = { get: async () => null, put: () => {} }
