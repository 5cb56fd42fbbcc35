/** Utterances for tests of what a model may say about them. */
import type { Source, SourceSpan } from '../../server/llm/model.ts'

/** One utterance of its own conversation. */
export const sourceOf = (n: number, text: string, speaker: Source['speaker'] = 'client'): Source => ({
  client_id: `crm:${n}`,
  conversation_id: `call:${n}`,
  n: 0,
  speaker,
  text,
  alias: n,
})

/** The stored words of a span. */
export function wordsOf(sources: readonly Source[], span: SourceSpan): string {
  const source = sources.find(
    ({ client_id, conversation_id, n }) =>
      client_id === span.client_id && conversation_id === span.conversation_id && n === span.n,
  )!
  return source.text.slice(span.from, span.to)
}
