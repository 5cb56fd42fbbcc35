/**
 * Whether a clause asks something: the classifier's odds, the phrases that ask to be told, and the mark at the end. What
 * only sounds like asking (contact, courtesy, identification) asks nothing.
 */
import type { Clause } from './clauses.ts'
import type { Cue } from './cue.ts'
import type { PhraseMatch } from './phrases.ts'

export interface Asking {
  /** 0 … 1; above 0.5 it is a question. */
  score: number
  /** Words of it that say what about; none in «и сколько», «вы меня слышите». */
  content: number
}

/** What a phrase like «подскажите» adds to the log-odds; what «вот почему» takes, and a full stop. */
const ASKS = 2
const STATED = -1
const STATES = -1
/** People who write «?» mean it. */
const MARKED = 6

/** How much a clause asks. `cues` are those found in its norms. */
export function asks({ words, end, odds }: Clause, cues: readonly PhraseMatch<Cue>[]): Asking {
  let told = false
  let states = false
  let content = 0
  for (let i = 0; i < words.length; i++) if (!words[i]!.idle) content++
  for (const { tag, from, to } of cues) {
    if (tag === 'ask') told = true
    else if (tag === 'states') states = true
    else if (tag === 'small') for (let i = from; i < to; i++) if (!words[i]!.idle) content--
  }
  const log =
    odds +
    (told ? ASKS : states ? STATED : 0) +
    (end.includes('?') ? MARKED : end === '.' || end === '!' ? STATES : 0)
  return { score: 1 / (1 + Math.exp(-log)), content: Math.max(0, content) }
}
