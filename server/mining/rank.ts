/** Texts by how alike they are to a question, by the same likeness that matches questions to FAQ entries. */
import { createMatcher } from './match.ts'

export interface Ranked {
  /** Place in the texts given. */
  index: number
  /** Some 0 … 1. */
  score: number
}

/** The nearest texts, the nearest first; texts that share nothing with the question are left out. Deterministic. */
export function rankTexts(question: string, texts: readonly string[], top = texts.length): Ranked[] {
  if (question.trim() === '' || texts.length === 0) return []
  const match = createMatcher(texts.map((text, i) => ({ id: String(i), text })))
  return match(question, Math.max(1, top)).ranked.map(({ answer, score }) => ({
    index: Number(answer),
    score,
  }))
}
