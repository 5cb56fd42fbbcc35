/** The phrases of both languages, found in a clause's norms. */
import type { Cue } from './cue.ts'
import { cues as english } from './cues-en.ts'
import { cues as russian } from './cues-ru.ts'
import type { TextLanguage } from './detect-language.ts'
import { compilePhrases, type PhraseBook, type PhraseMatch } from './phrases.ts'

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
