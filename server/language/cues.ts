/** The phrases of both languages, and what finding one says of a clause. */
import { cues as english } from './cues-en.ts'
import { cues as russian } from './cues-ru.ts'
import type { TextLanguage } from './detect-language.ts'
import { compilePhrases, type PhraseBook, type PhraseMatch } from './phrases.ts'

export type Cue =
  /** What leads in or answers and says nothing yet: «угу понятно», «и ещё такой вопрос». */
  | 'lead'
  /** Asks to be told. */
  | 'ask'
  /** A need or a problem put as a statement. */
  | 'need'
  /** A manager's note tells what a client asked. */
  | 'reported'
  /** Asks, but not about anything: contact, courtesy, identification. */
  | 'small'
  /** What is praised, wanted, chosen for. */
  | 'value'
  /** Denies a value. */
  | 'denied'
  /** What holds back, and reasons to refuse. */
  | 'objection'
  /** Sounds like an objection and is none. */
  | 'unobjection'

const books: Record<TextLanguage, PhraseBook<Cue>> = {
  ru: compilePhrases(russian),
  en: compilePhrases(english),
}

/** All cues in a clause's norms. */
export function findCues(norms: readonly string[], language: TextLanguage): PhraseMatch<Cue>[] {
  return books[language](norms)
}
