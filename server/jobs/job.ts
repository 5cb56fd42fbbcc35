/** A job as everybody sees it. Browser-safe: types only. */
import type { ErrorShape } from '../errors.ts'

export interface Job {
  id: string
  kind: 'mine' | 'import' | 'propose' | 'edition' | 'erase'
  /** What it works on, for people. */
  title: string
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
  /** Done of total in the same unit; both 0 before anything is known. */
  done: number
  total: number
  error: ErrorShape | null
}
