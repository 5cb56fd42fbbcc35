/** What extraction finds: a span of an utterance and what it is. */
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

/** An extraction step: one utterance of the client's side with its clauses -> mentions of one kind. */
export interface ExtractionStep {
  kind: MentionKind
  /** `heard` are stems of what the agent said just before: words that the client may only echo. */
  extract(
    utterance: Utterance,
    clauses: readonly import('../language/clauses.ts').Clause[],
    heard: ReadonlySet<string>,
  ): Mention[]
}
