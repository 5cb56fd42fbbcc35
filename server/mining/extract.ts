/** A conversation -> mentions of all kinds, from the client's own speech and from managers' notes about it. */
import { type Clause, splitClauses, splitShorthand } from '../language/clauses.ts'
import { findCues } from '../language/cues.ts'
import { detectLanguage, type TextLanguage } from '../language/detect-language.ts'
import { asks } from '../language/questions.ts'
import { stemWords } from '../language/stem-words.ts'
import { isStopword } from '../language/stopwords.ts'
import type { Mention, ReadClause, Utterance } from './mention.ts'
import notes from './steps/extract-notes.ts'
import objections from './steps/extract-objections.ts'
import questions from './steps/extract-questions.ts'
import requests from './steps/extract-requests.ts'
import values from './steps/extract-values.ts'

/** A longer turn is a pasted document, not speech. */
const MAX_LENGTH = 20_000
const NOBODY: ReadonlySet<string> = new Set()

/**
 * Mentions in the order of the utterances. A clause is one thing: what it asks comes first, then what holds back, then
 * what is valued, then what is needed. Pure; time grows with the text.
 */
export function extract(utterances: readonly Utterance[]): Mention[] {
  const found: Mention[] = []
  let heard = ''
  for (const utterance of utterances) {
    if (utterance.speaker === 'agent') {
      heard = utterance.text
      continue
    }
    const steps =
      utterance.speaker === 'note' ? [notes, objections, values] : [questions, objections, values, requests]
    let clauses = readClauses(utterance.text, utterance.speaker === 'note')
    // Stems of the agent's words are only wanted where something is valued.
    const echo = clauses.some(({ cues }) => cues.some(({ tag }) => tag === 'value')) ? stemsOf(heard) : NOBODY
    for (const step of steps) {
      const mentions = step.extract({ utterance, clauses, echo })
      if (mentions.length === 0) continue
      found.push(...mentions)
      clauses = clauses.filter(
        ({ from, to }) => !mentions.some(mention => mention.from < to && from < mention.to),
      )
    }
  }
  return found.sort((a, b) => a.n - b.n || a.from - b.from)
}

/** Whether a text asks something: one of its clauses, weighed with the short whole that it is part of. */
export function isQuestion(text: string): boolean {
  return readClauses(text).some(({ asking, odds, whole }) => {
    // What phrases and marks add to the clause's odds they add to the whole's.
    const log = Math.log(asking / (1 - asking))
    return log + (log - odds) + whole > 0
  })
}

/** The clauses of a text with all that is known of each. `shorthand`: a manager's note. */
export function readClauses(text: string, shorthand = false): ReadClause[] {
  const said = text.length > MAX_LENGTH ? text.slice(0, MAX_LENGTH) : text
  const language = detectLanguage(said)
  return (shorthand ? splitShorthand : splitClauses)(said, language).map(clause =>
    readClause(clause, language),
  )
}

function readClause(clause: Clause, language: TextLanguage): ReadClause {
  const cues = findCues(clause.norms, language)
  const { score, content } = asks(clause, cues)
  return { ...clause, cues, asking: score, content }
}

const stemsOf = (text: string) => new Set(stemWords(text, norm => !isStopword(norm)))
