/** A conversation -> mentions of all kinds, from the client's own speech and from managers' notes about it. */
import { splitClauses } from '../language/clauses.ts'
import { detectLanguage } from '../language/detect-language.ts'
import { stem } from '../language/stems.ts'
import { isStopword } from '../language/stopwords.ts'
import { tokenize } from '../language/tokens.ts'
import type { Mention, Utterance } from './mention.ts'
import objections from './steps/extract-objections.ts'
import questions from './steps/extract-questions.ts'
import values from './steps/extract-values.ts'

/** A longer turn is a pasted document, not speech. */
const MAX_LENGTH = 20_000

/**
 * Mentions in the order of the utterances. A clause is one thing: a question first, then an objection, then a value.
 * Pure; time grows with the text.
 */
export function extract(utterances: readonly Utterance[]): Mention[] {
  const found: Mention[] = []
  let heard: ReadonlySet<string> = new Set()
  for (const utterance of utterances) {
    if (utterance.speaker === 'agent') {
      heard = stemsOf(utterance.text)
      continue
    }
    const text = utterance.text.slice(0, MAX_LENGTH)
    const clauses = splitClauses(text)
    const taken = new Set<number>()
    for (const step of [questions, objections, values]) {
      const rest = clauses.filter(clause => !taken.has(clause.from))
      for (const mention of step.extract(utterance, rest, heard)) {
        taken.add(mention.from)
        found.push(mention)
      }
    }
  }
  return found.sort((a, b) => a.n - b.n || a.from - b.from)
}

function stemsOf(text: string): Set<string> {
  const language = detectLanguage(text)
  const norms = tokenize(text).filter(token => token.kind === 'word' && !isStopword(token.norm))
  return new Set(norms.map(token => stem(token.norm, language)))
}
