/** Needs and problems that clients state without asking: «не приходит код», «нужно рассчитать стоимость». */
import type { ExtractionStep, Mention } from '../mention.ts'

const SCORE = 0.6

const step: ExtractionStep = {
  kind: 'question',
  extract: ({ utterance: { n }, clauses }) =>
    clauses.flatMap((clause): Mention[] => {
      const { content, start, tokens } = clause
      if (content === 0 || start >= tokens.length || !clause.cues.some(({ tag }) => tag === 'need')) return []
      return [{ n, from: tokens[start]!.from, to: clause.to, kind: 'question', score: SCORE }]
    }),
}

export default step
