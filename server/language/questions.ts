/**
 * Whether a clause asks something: the classifier's odds, the phrases that ask to be told, and the mark at the end. What
 * only sounds like asking (contact, courtesy, identification) asks nothing.
 */
import type { Clause } from './clauses.ts'
import type { Cue } from './cues.ts'
import type { PhraseMatch } from './phrases.ts'
import { isStopword } from './stopwords.ts'

export interface Asking {
  /** 0 … 1; above 0.5 it is a question. */
  score: number
  /** Words of it that say what about; none in «и сколько», «вы меня слышите». */
  content: number
}

/** What a phrase like «подскажите» adds to the log-odds, and what a full stop takes. */
const ASKS = 2
const STATES = -1
/** People who write «?» mean it. */
const MARKED = 6

/** Interrogatives and the like: they ask, but not about anything. */
const EMPTY = new Set(
  `кто что чего чему чем какой какая какое какие сколько почему зачем где куда откуда когда как ли не ни нет можно надо нужно
  разве неужели что-то еще может what how when where why which who can could not no much many long any some`.split(
    /\s+/,
  ),
)

/** How much a clause asks. `cues` are those found in its norms. */
export function asks({ norms, end, odds }: Clause, cues: readonly PhraseMatch<Cue>[]): Asking {
  const idle = new Uint8Array(norms.length)
  let told = false
  for (const { tag, from, to } of cues) {
    if (tag === 'ask') told = true
    else if (tag === 'small' || tag === 'lead') idle.fill(1, from, to)
  }
  let content = 0
  for (let i = 0; i < norms.length; i++)
    if (idle[i] === 0 && !EMPTY.has(norms[i]!) && !isStopword(norms[i]!)) content++
  const log =
    odds + (told ? ASKS : 0) + (end.includes('?') ? MARKED : end === '.' || end === '!' ? STATES : 0)
  return { score: 1 / (1 + Math.exp(-log)), content }
}
