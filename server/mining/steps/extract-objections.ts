/** Objections: what holds clients back, and the reasons for which they refuse, in their words or in a manager's note. */
import type { ExtractionStep, Mention } from '../mention.ts'

const SCORE = 0.75

const step: ExtractionStep = {
  kind: 'objection',
  extract: ({ utterance: { n }, clauses }) =>
    clauses.flatMap((clause): Mention[] => {
      const { cues, start, tokens, end } = clause
      if (end.includes('?') || start >= tokens.length) return []
      const denied = cues.filter(({ tag }) => tag === 'unobjection')
      const signs = cues.filter(
        ({ tag, from, to }) => tag === 'objection' && !denied.some(no => no.from < to && from < no.to),
      )
      const first = signs[0]
      // «хочу вернуть, не подошло»: a need with its reason, not an objection.
      if (!first || cues.some(({ tag, from }) => tag === 'need' && from < first.from)) return []
      return [{ n, from: tokens[start]!.from, to: clause.to, kind: 'objection', score: SCORE }]
    }),
}

export default step
