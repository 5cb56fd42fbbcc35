/** Vega-Lite -> SVG without a browser, bounded in rows, time, memory and size; nothing is loaded from anywhere. */
import { Worker } from 'node:worker_threads'
import { LimitError, NotebookError } from '../errors.ts'
import type { Language } from '../lib/locale.ts'
import type { DrawReply, DrawRequest } from './chart-worker.ts'

export interface ChartSize {
  width: number
  className: string
}

export interface ChartDrawer {
  /**
   * An SVG whose colours are tokens (`var(--accent)`), for a page that has tokens.css. Throws LimitError for a chart that
   * is too large or takes too long, NotebookError for a spec that can't be drawn.
   */
  draw(spec: Record<string, unknown>, size: ChartSize, language: Language, currency: string): Promise<string>
  close(): Promise<void>
}

export interface ChartLimits {
  rows: number
  /** Milliseconds for one chart, its turn in the queue not counted. */
  time: number
  /** Characters of the finished SVG. */
  size: number
}

const LIMITS: ChartLimits = { rows: 20_000, time: 10_000, size: 1_500_000 }
const MEMORY_MB = 512

interface Waiting {
  resolve(svg: string): void
  reject(error: unknown): void
}

/** A drawer with one thread, started at the first chart; charts wait their turn. It keeps no process alive. */
export function createChartDrawer(limits: Partial<ChartLimits> = {}): ChartDrawer {
  const { rows, time, size } = { ...LIMITS, ...limits }
  let worker: Worker | null = null
  let waiting: Waiting | null = null
  let queue: Promise<unknown> = Promise.resolve()
  let count = 0

  const start = (): Worker => {
    const started = new Worker(new URL('./chart-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    })
    started.on('message', (reply: DrawReply) => {
      if ('svg' in reply) waiting?.resolve(reply.svg)
      else waiting?.reject(new NotebookError(`The chart can't be drawn: ${reply.error}`))
    })
    started.on('error', error => {
      if (worker === started) worker = null
      waiting?.reject(new LimitError(`The chart can't be drawn: ${error.message}`, { cause: error }))
    })
    return started
  }
  const stop = async () => {
    const stopped = worker
    worker = null
    await stopped?.terminate()
  }
  const drawOne = async (request: DrawRequest): Promise<string> => {
    worker ??= start()
    const running = worker
    let timer: NodeJS.Timeout | undefined
    running.ref()
    try {
      return await new Promise<string>((resolve, reject) => {
        waiting = { resolve, reject }
        timer = setTimeout(() => {
          void stop()
          reject(
            new LimitError(`The chart took longer than ${time / 1000} s to draw`, {
              hint: 'Give it fewer rows.',
            }),
          )
        }, time)
        running.postMessage(request)
      })
    } finally {
      clearTimeout(timer)
      waiting = null
      running.unref()
    }
  }

  return {
    draw(spec, { width, className }, language, currency) {
      const given = rowsOf(spec)
      if (given > rows) {
        const error = new LimitError(`A chart of ${given} rows; at most ${rows} are drawn`, {
          hint: 'Group the rows first.',
        })
        return Promise.reject(error)
      }
      const request = { id: ++count, spec, width, className, language, currency }
      const drawn = queue
        .then(() => drawOne(request))
        .then(svg => {
          if (svg.length <= size) return svg
          throw new LimitError(`The chart takes ${svg.length} characters; at most ${size} are kept`, {
            hint: 'Group the rows first.',
          })
        })
      queue = drawn.catch(() => {})
      return drawn
    },
    close: stop,
  }
}

function rowsOf(spec: Record<string, unknown>): number {
  const values = (spec.data as { values?: unknown } | undefined)?.values
  return Array.isArray(values) ? values.length : 0
}
