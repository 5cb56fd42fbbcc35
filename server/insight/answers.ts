/** An answer to a question by a language model: sentences that each stand on spans of passages found before. */
import type { Model, Source, SourceSpan, Written } from '../llm/model.ts'
import type { Claim, Quote } from '../notebook/output.ts'
import type { Passage, Passages } from './passages.ts'
import { toQuote } from './quotes.ts'

/** Utterances that a model reads, from all groups in turn; a longer one is a monologue. */
const SOURCES = 48
const LONGEST = 1_500
const SENTENCES = 8
const QUOTES = 4

export interface Answer {
  claims: Claim[]
  written: Written
}

export interface AnswerTask {
  question: string
  language: 'ru' | 'en'
  whose: Source['speaker'] | 'any'
  passages: Passages
  /** Fewer clients or spans behind a sentence and it is listed as weak. */
  least: { clients: number; spans: number }
}

/** Throws what Model.write throws. */
export async function writeAnswer(model: Model, task: AnswerTask): Promise<Answer> {
  const chosen = chooseSources(task.passages)
  const rows = new Map(chosen.map(row => [keyOf(row), row]))
  const written = await model.write({
    name: 'ask',
    language: task.language,
    instructions: `Answer the question in the data with short sentences, one item each, the most important first. Group what several
clients say alike into one item and name all of their utterances as its evidence, at least one place of each. If the
utterances do not answer the question, write no items.`,
    question: task.question,
    sources: chosen.map(({ client_id, conversation_id, n, speaker, text, alias }) => ({
      client_id,
      conversation_id,
      n,
      speaker,
      text,
      alias,
    })),
    whose: task.whose,
    most: SENTENCES,
  })
  const claims = written.items.map((item, i): Claim => {
    const clients = new Set(item.spans.map(span => span.client_id)).size
    return {
      id: `answer-${i + 1}`,
      kind: 'answer',
      text: item.text,
      clients,
      of: task.passages.of,
      facts: [],
      quotes: quotesOf(item.spans, rows),
      weak: clients < task.least.clients || item.spans.length < task.least.spans,
    }
  })
  return { claims, written }
}

const keyOf = (row: Pick<SourceSpan, 'client_id' | 'conversation_id' | 'n'>) =>
  `${row.client_id}\n${row.conversation_id}\n${row.n}`

/** The best passages' utterances, one group after the other, so that no theme fills all the room. */
function chooseSources({ groups }: Passages): Passage[] {
  const chosen = new Map<string, Passage>()
  const most = Math.max(0, ...groups.map(group => group.passages.length))
  for (let place = 0; place < most && chosen.size < SOURCES; place++) {
    for (const { passages } of groups) {
      const passage = passages[place]
      if (passage && passage.text.length <= LONGEST && chosen.size < SOURCES)
        chosen.set(keyOf(passage), passage)
    }
  }
  return [...chosen.values()]
}

/** Cut from the stored text; of different clients first. */
function quotesOf(spans: readonly SourceSpan[], rows: ReadonlyMap<string, Passage>): Quote[] {
  const seen = new Set<string>()
  const [firsts, others] = [[] as SourceSpan[], [] as SourceSpan[]]
  for (const span of spans) {
    if (seen.has(span.client_id)) others.push(span)
    else firsts.push(span)
    seen.add(span.client_id)
  }
  return [...firsts, ...others]
    .slice(0, QUOTES)
    .map(span => toQuote({ ...rows.get(keyOf(span))!, span_from: span.from, span_to: span.to }))
}
