/** Questions that a client asks aloud. */
import type { ExtractionStep, Mention, ReadClause } from '../mention.ts'

const LEAST = 0.5

const has = (clause: ReadClause, tag: string) => clause.cues.some(cue => cue.tag === tag)

const step: ExtractionStep = {
  kind: 'question',
  extract: ({ utterance: { n }, clauses }) =>
    clauses.flatMap((clause): Mention[] => {
      const { asking, content, start, tokens, end, odds } = clause
      if (asking < LEAST || content === 0 || start >= tokens.length) return []
      // «дорого получается», «надо подумать»: said as it is, unless a mark or the words plainly ask.
      if (!end.includes('?') && odds < 1.5 && has(clause, 'objection') && !has(clause, 'unobjection'))
        return []
      return [{ n, from: tokens[start]!.from, to: clause.to, kind: 'question', score: asking }]
    }),
}

export default step
