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

const leads: Record<TextLanguage, PhraseBook<'lead'>> = {
  ru: compilePhrases({ lead: russian.lead }),
  en: compilePhrases({ lead: english.lead }),
}

/** «хорошо что», «спасибо за» lead nowhere: they praise. */
const PRAISE = new Set(['хорошо', 'спасибо', 'отлично', 'great', 'good', 'thanks', 'you'])
const GOES_ON = new Set(['что', 'за', 'когда', 'как', 'that', 'for', 'when', 'how'])
/** A clause has hardly more words than this that only lead in. */
const LONGEST_LEAD = 12

/** From which word on norms from..to speak to the matter: `to` when they only lead in. */
export function skipLeads(
  norms: readonly string[],
  language: TextLanguage,
  from: number,
  to: number,
): number {
  const said = norms.slice(from, Math.min(to, from + LONGEST_LEAD))
  const matches = leads[language](said)
  let start = 0
  for (;;) {
    const lead = matches.find(match => match.from === start)
    if (!lead || (PRAISE.has(said[lead.to - 1]!) && GOES_ON.has(said[lead.to] ?? ''))) return from + start
    start = lead.to
  }
}

/** All cues in a clause's norms. */
export function findCues(norms: readonly string[], language: TextLanguage): PhraseMatch<Cue>[] {
  return books[language](norms)
}
