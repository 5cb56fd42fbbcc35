/** Extraction over all cores: a few threads that take batches of conversations as they get free. */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { extract } from './extract.ts'
import type { ExtractAnswer, ExtractRequest } from './extract-worker.ts'
import type { Mention, Utterance } from './mention.ts'

export interface Extractor {
  /** Mentions of each conversation, in order. */
  extract(conversations: Utterance[][]): Promise<Mention[][]>
  /** Batches that are worth having under way at once. */
  lanes: number
  close(): Promise<void>
}

/** Starting a thread takes longer than extracting so many conversations. */
const WORTH_THREADS = 3_000
const MOST_THREADS = 8

/** An extractor for about so many conversations: few are done right here. */
export function createExtractor(conversations: number): Extractor {
  if (conversations < WORTH_THREADS)
    return { extract: async batch => batch.map(extract), lanes: 1, close: async () => {} }
  const workers = Array.from(
    { length: Math.min(MOST_THREADS, availableParallelism()) },
    () => new Worker(new URL('./extract-worker.ts', import.meta.url)),
  )
  const waiting = new Map<number, { resolve(mentions: Mention[][]): void; reject(error: unknown): void }>()
  let next = 0
  for (const worker of workers) {
    worker.on('message', ({ id, mentions }: ExtractAnswer) => {
      waiting.get(id)?.resolve(mentions)
      waiting.delete(id)
    })
    worker.on('error', error => {
      for (const { reject } of waiting.values()) reject(error)
      waiting.clear()
    })
  }
  return {
    lanes: workers.length + 1,
    extract: batch =>
      new Promise((resolve, reject) => {
        const id = next++
        waiting.set(id, { resolve, reject })
        const request: ExtractRequest = { id, conversations: batch }
        workers[id % workers.length]!.postMessage(request)
      }),
    close: async () => {
      await Promise.all(workers.map(worker => worker.terminate()))
    },
  }
}
