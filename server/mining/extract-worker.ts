/** A thread that extracts: conversations in, their mentions out, in the same order. */
import { parentPort } from 'node:worker_threads'
import { extract } from './extract.ts'
import type { Mention, Utterance } from './mention.ts'

export interface ExtractRequest {
  id: number
  conversations: Utterance[][]
}
export interface ExtractAnswer {
  id: number
  mentions: Mention[][]
}

parentPort!.on('message', ({ id, conversations }: ExtractRequest) => {
  const answer: ExtractAnswer = { id, mentions: conversations.map(extract) }
  parentPort!.postMessage(answer)
})
