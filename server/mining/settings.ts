/** How texts are compared: one setting for all data, chosen on labelled sets of several kinds (test/quality). */
export type Granularity = 'topic' | 'question'

export const settings = {
  /** Share of each likeness. */
  words: 0.15,
  grams: 0.15,
  dense: 0.7,
  /** Neighbours that a vector is averaged with, and how often. */
  neighbours: 5,
  rounds: 2,
  /** Least average likeness of two groups that become one. */
  cuts: { topic: 0.28, question: 0.45 } satisfies Record<Granularity, number>,
}
