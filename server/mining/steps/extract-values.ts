/** Values: what clients praise, want and chose for. Not what they deny, nor what only echoes the agent. */
import { detectLanguage } from '../../language/detect-language.ts'
import { stem } from '../../language/stems.ts'
import { isStopword } from '../../language/stopwords.ts'
import type { ExtractionStep, Mention } from '../mention.ts'

const SCORE = 0.75
/** So large a share of a value's words in the agent's mouth just before makes it an echo. */
const ECHO = 0.6

const step: ExtractionStep = {
  kind: 'value',
  extract: ({ utterance: { n, text }, clauses, echo }) =>
    clauses.flatMap((clause): Mention[] => {
      const { cues, norms, start, tokens, end } = clause
      if (end.includes('?') || start >= tokens.length) return []
      const denied = cues.filter(({ tag }) => tag === 'denied')
      const signs = cues.filter(
        ({ tag, from, to }) => tag === 'value' && !denied.some(no => no.from < to && from < no.to),
      )
      if (signs.length === 0) return []
      const language = detectLanguage(text)
      const told = norms.slice(start).filter(norm => !isStopword(norm))
      // «понравилось» alone says nothing of what is valued; «лишь бы недорого» does.
      if (told.length < 2 && !signs.some(({ from, to }) => to - from > 2)) return []
      const echoed = told.filter(norm => echo.has(stem(norm, language))).length
      if (echoed / told.length >= ECHO) return []
      return [{ n, from: tokens[start]!.from, to: clause.to, kind: 'value', score: SCORE }]
    }),
}

export default step
