/** Work that outlives a request: one job at a time, in order, each with a state that anybody may follow. */
import { randomUUID } from 'node:crypto'
import { CancelledError, NotFoundError, toErrorShape, VerbatimError } from '../errors.ts'
import type { Job } from './job.ts'
import type { Task } from './task.ts'
import { type Perform, performInThread } from './thread.ts'

/** Jobs that have ended and are still listed. */
const REMEMBERED = 50

export interface JobQueue {
  /** The newest first. */
  list(): Job[]
  /** Queues a task; `done` settles with its result. */
  add(title: string, task: Task): { job: Job; done: Promise<unknown> }
  /** The job of a kind that waits for its turn, if there is one. */
  waiting(kind: Job['kind']): Job | undefined
  /** Stops a job at its next safe place; one that has ended stays as it is. Throws NotFoundError. */
  cancel(id: string): Job
  /** Tells of each change until the returned function is called. */
  listen(listener: (job: Job) => void): () => void
  /** Stops everything; resolves when nothing runs. */
  close(): Promise<void>
}

interface Entry {
  job: Job
  stop: AbortController
}

/** `perform` does the work; a thread by default. */
export function createJobQueue(perform: Perform = performInThread): JobQueue {
  const entries: Entry[] = []
  const listeners = new Set<(job: Job) => void>()
  let tail: Promise<unknown> = Promise.resolve()

  const change = (entry: Entry, to: Partial<Job>) => {
    entry.job = { ...entry.job, ...to }
    for (const listener of listeners) listener(entry.job)
  }
  const isOver = ({ job }: Entry) => !['queued', 'running'].includes(job.state)

  const run = async (entry: Entry, task: Task): Promise<unknown> => {
    if (entry.stop.signal.aborted) throw new CancelledError('Stopped before it began')
    change(entry, { state: 'running' })
    try {
      const result = await perform(task, {
        signal: entry.stop.signal,
        progress: (done, total) => change(entry, { done, total }),
      })
      change(entry, { state: 'done' })
      return result
    } catch (error) {
      const cancelled = error instanceof CancelledError
      if (!(error instanceof VerbatimError)) process.emitWarning(error as Error)
      change(entry, {
        state: cancelled ? 'cancelled' : 'failed',
        error: cancelled ? null : toErrorShape(error),
      })
      throw error
    } finally {
      const over = entries.filter(isOver)
      for (const old of over.slice(0, Math.max(0, over.length - REMEMBERED)))
        entries.splice(entries.indexOf(old), 1)
    }
  }

  return {
    list: () => entries.map(entry => entry.job).reverse(),
    add: (title, task) => {
      const job: Job = {
        id: randomUUID(),
        kind: task.kind,
        title,
        state: 'queued',
        done: 0,
        total: 0,
        error: null,
      }
      const entry: Entry = { job, stop: new AbortController() }
      entries.push(entry)
      change(entry, {})
      const done = tail.then(() => run(entry, task))
      tail = done.catch(() => {})
      return { job, done }
    },
    waiting: kind => entries.find(({ job }) => job.kind === kind && job.state === 'queued')?.job,
    cancel: id => {
      const entry = entries.find(({ job }) => job.id === id)
      if (!entry) throw new NotFoundError(`There is no job “${id}”`)
      if (isOver(entry)) return entry.job
      entry.stop.abort()
      if (entry.job.state === 'queued') change(entry, { state: 'cancelled' })
      return entry.job
    },
    listen: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: async () => {
      for (const entry of entries.filter(entry => !isOver(entry))) entry.stop.abort()
      await tail
      listeners.clear()
    },
  }
}
