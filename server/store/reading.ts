/** Shared by both drivers' readers: limits, and the errors that come of them. */
import { CancelledError, LimitError, QueryError } from '../errors.ts'
import { tokenizeSql } from '../lib/sql-tokens.ts'
import type { ReadOptions } from './database.ts'
import type { Sql } from './sql.ts'

export const DEFAULT_ROWS = 10_000
export const DEFAULT_MS = 30_000

/** Milliseconds between two attempts to stop a query. */
const AGAIN_MS = 100

/**
 * Runs a query under its limits. When time is up or the caller gives up, `stop` is called until the work ends: a first
 * call may come just before a statement begins, or between two of them, and stop nothing.
 */
export async function bounded<T>(options: ReadOptions, stop: () => void, work: () => Promise<T>): Promise<T> {
  const { signal, timeoutMs = DEFAULT_MS } = options
  if (signal?.aborted) throw new CancelledError('The query was cancelled')
  let why: 'time' | 'cancel' | null = null
  let again: NodeJS.Timeout | undefined
  const end = (reason: 'time' | 'cancel') => {
    if (why !== null) return
    why = reason
    stop()
    again = setInterval(stop, AGAIN_MS)
  }
  const timer = setTimeout(end, timeoutMs, 'time' as const)
  const cancel = () => end('cancel')
  signal?.addEventListener('abort', cancel)
  try {
    return await work()
  } catch (error) {
    if (why === 'cancel') throw new CancelledError('The query was cancelled', { cause: error })
    if (why === 'time') {
      throw new LimitError(`The query was stopped after ${Math.round(timeoutMs / 1000)} s`, {
        hint: 'Narrow the period, or aggregate before joining.',
        cause: error,
      })
    }
    throw error
  } finally {
    clearTimeout(timer)
    clearInterval(again)
    signal?.removeEventListener('abort', cancel)
  }
}

/** The statement without what follows its last word (semicolons, comments), so that it can stand in brackets. */
export function bracketed(statement: Sql): Sql {
  const last = tokenizeSql(statement.strings.at(-1) ?? '')
  while (last.length > 0 && (['space', 'comment'].includes(last.at(-1)!.type) || last.at(-1)!.text === ';'))
    last.pop()
  const tail = last.map(token => token.text).join('')
  return { strings: [...statement.strings.slice(0, -1), tail], values: statement.values }
}

/** A database's own complaint as a QueryError; `offset` into the statement's text where it is known. */
export function queryError(message: string, offset: number | undefined, cause: unknown): QueryError {
  return new QueryError(message, { ...(offset !== undefined && { details: { offset } }), cause })
}
