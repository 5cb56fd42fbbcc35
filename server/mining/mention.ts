/** What extraction finds: a span of an utterance and what it is. */
import type { Clause } from '../language/clauses.ts'
import type { Cue } from '../language/cue.ts'
import type { PhraseMatch } from '../language/phrases.ts'

export type MentionKind = 'question' | 'value' | 'objection'

export interface Utterance {
  n: number
  /** client, agent or note */
  speaker: string
  text: string
}

export interface Mention {
  n: number
  /** UTF-16 units into the utterance's text, `to` exclusive. */
  from: number
  to: number
  kind: MentionKind
  /** 0 … 1, how sure. */
  score: number
}

/** A clause with what was found in it. */
export interface ReadClause extends Clause {
  cues: readonly PhraseMatch<Cue>[]
  /** 0 … 1, how much it asks. */
  asking: number
  /** Words that say what about. */
  content: number
}

/** What an extraction step reads: one utterance of the client's side. */
export interface Heard {
  utterance: Utterance
  clauses: readonly ReadClause[]
  /** Stems of what the agent said just before: words that the client may only echo. */
  echo: ReadonlySet<string>
}

/** An extraction step: mentions of one kind among clauses that no earlier step has taken. */
export interface ExtractionStep {
  kind: MentionKind
  extract(heard: Heard): Mention[]
}
