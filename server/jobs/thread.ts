/** Runs a task in a thread of its own, so that parsing and mining never hold up a request. */
import { Worker } from 'node:worker_threads'
import { CancelledError, type ErrorShape, VerbatimError } from '../errors.ts'
import type { Task, Watch } from './task.ts'

export type FromWorker =
  | { type: 'progress'; done: number; total: number }
  | { type: 'done'; result: unknown }
  | { type: 'failed'; error: ErrorShape; status: number }

/** Milliseconds that a task has to stop at a safe place; its transaction is rolled back anyway. */
const GRACE = 10_000
/** MB for what a task has just made: more would only be garbage that waits, up to a hundred MB of it. */
const YOUNG = 16

/** An error that was thrown in another thread, as it was. */
class RemoteError extends VerbatimError {
  override readonly code: string
  override readonly status: number

  constructor({ code, message, hint, details }: ErrorShape, status: number) {
    super(message, { ...(hint !== undefined && { hint }), ...(details !== undefined && { details }) })
    this.code = code
    this.status = status
  }
}

export type Perform = (task: Task, watch: Watch) => Promise<unknown>

/** Resolves with the task's result. Throws what the task threw; CancelledError when the signal stopped it. */
export const performInThread: Perform = (task, { signal, progress }) =>
  new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new CancelledError('Stopped before it began'))
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: task,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG },
    })
    let timer: NodeJS.Timeout | undefined
    const cancel = () => {
      worker.postMessage('stop')
      timer = setTimeout(() => void worker.terminate(), GRACE)
    }
    signal.addEventListener('abort', cancel)
    const end = (settle: () => void) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', cancel)
      settle()
    }
    worker.on('message', (message: FromWorker) => {
      if (message.type === 'progress') progress(message.done, message.total)
      else if (message.type === 'done') end(() => resolve(message.result))
      else if (message.error.code === 'cancelled')
        end(() => reject(new CancelledError(message.error.message)))
      else end(() => reject(new RemoteError(message.error, message.status)))
    })
    worker.on('error', error => end(() => reject(error)))
    worker.on('exit', () =>
      end(() => reject(signal.aborted ? new CancelledError('Stopped') : new Error('The worker ended early'))),
    )
  })
