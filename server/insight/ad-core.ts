/** The part of what a client said that may stand in an ad: types that the rules of both languages share. */
import type { TextLanguage } from '../language/detect-language.ts'

/**
 * How a core joins a line. `clause`: after «чтобы». `without`: «без грязи», “no hard sell”. `thing`: a noun phrase,
 * «тишина», “slim frames”. `statement`: says something of the offer, «сумма как в договоре». `said`: of the work done,
 * «день в день приехали». `suffix`: «под ключ». `question`: what is asked.
 */
export type CoreShape = 'clause' | 'without' | 'thing' | 'statement' | 'said' | 'suffix' | 'question'

export interface Core {
  shape: CoreShape
  /** As said, without fillers; in lower case. */
  text: string
  language: TextLanguage
  /** Cores of the same key say the same: language, shape and the stems of what matters, in order of the alphabet. */
  key: string
  stems: string[]
}

/** A word of a text: how it is written and its norm. */
export interface Word {
  text: string
  norm: string
}

export type FoundCore = { shape: CoreShape; words: readonly Word[] } | null
