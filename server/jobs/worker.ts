/** A worker thread's whole life: one task, told of by messages. Started by thread.ts. */
import { parentPort, workerData } from 'node:worker_threads'
import { toErrorShape, VerbatimError } from '../errors.ts'
import { perform, type Task } from './task.ts'
import type { FromWorker } from './thread.ts'

/** Milliseconds between two words on progress. */
const PACE = 100

const port = parentPort!
const stop = new AbortController()
port.on('message', () => stop.abort())

let told = 0
const say = (message: FromWorker) => port.postMessage(message)
try {
  const result = await perform(workerData as Task, {
    signal: stop.signal,
    progress: (done, total) => {
      const now = Date.now()
      if (now - told < PACE && done < total) return
      told = now
      say({ type: 'progress', done, total })
    },
  })
  say({ type: 'done', result })
} catch (error) {
  if (!(error instanceof VerbatimError)) process.emitWarning(error as Error)
  const status = error instanceof VerbatimError ? error.status : 500
  say({ type: 'failed', error: toErrorShape(error), status })
}
port.close()
