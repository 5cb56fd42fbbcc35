/** Questions that a client asks aloud. */
import type { ExtractionStep, Mention, ReadClause } from '../mention.ts'

const LEAST = 0.5

/** From these log-odds on, the words ask even with a sign of an objection or a value among them. */
const PLAINLY = 2

/** Whether a clause begins as an objection or a value does. */
function tells({ cues, start }: ReadClause): boolean {
  return cues.some(
    ({ tag, from, to }) =>
      (tag === 'objection' || tag === 'value') &&
      from <= start + 1 &&
      !cues.some(no => (no.tag === 'unobjection' || no.tag === 'ask') && no.from < to && from < no.to),
  )
}

const step: ExtractionStep = {
  kind: 'question',
  extract: ({ utterance: { n }, clauses }) =>
    clauses.flatMap((clause): Mention[] => {
      const { asking, content, start, tokens, end, odds } = clause
      if (asking < LEAST || content === 0 || start >= tokens.length) return []
      // «надо подумать», «нравится что сами приезжаете»: said as it is, unless a mark or the words plainly ask.
      if (!end.includes('?') && odds < PLAINLY && tells(clause)) return []
      return [{ n, from: tokens[start]!.from, to: clause.to, kind: 'question', score: asking }]
    }),
}

export default step
