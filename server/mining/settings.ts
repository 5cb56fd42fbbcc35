/** How texts are compared: one setting for all data, chosen on labelled sets of several kinds (test/quality). */
export type Granularity = 'topic' | 'question'

export const settings = {
  /** What a word that carries little (`lightWords`) weighs beside one that carries meaning. */
  lightWord: 0.6,
  /** What a pair of words weighs beside a word. */
  pair: 0.6,
  /** What a concept (`concepts`) weighs beside the word itself. */
  concept: 0.8,
  /** In the joint matrix that latent analysis sees, how much n-grams weigh beside words. */
  gramsInLatent: 0.6,
  /** Dimensions of the latent spaces; likeness is the mean over them, so that no one number decides. */
  dimensions: [60, 120, 200],
  /** Share of each likeness; they add up to 1. */
  words: 0.15,
  grams: 0.15,
  latent: 0.7,
  /** Neighbours that a vector is averaged with, how often, and the power of likeness by which they count. */
  neighbours: 6,
  rounds: 2,
  sharpness: 3,
  /** Local scaling: how much of the mean likeness to so many nearest is taken off, so that crowds do not draw all in. */
  scaling: 0.75,
  scalingNeighbours: 10,
  /** Least average scaled likeness of two groups that become one. */
  cuts: { topic: 0.36, question: 0.54 } satisfies Record<Granularity, number>,
}
