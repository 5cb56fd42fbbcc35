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
  /**
   * Least average scaled likeness of two groups that become one, at the usual crowding: the mean scaled likeness to the
   * nearest, over all texts. Where paraphrases crowd, groups are wider, and the cut falls by `crowding` of the excess.
   */
  cuts: { topic: 0.42, question: 0.57 } satisfies Record<Granularity, number>,
  crowding: 0.7,
  usualCrowding: 0.6,
  /** Of fewer texts than this, crowding is half believed: the first hundred of a file may be about two things only. */
  crowdingTexts: 300,
}

/** The cut for n texts that crowd so much; `cuts` are those of the engine at hand. */
export function cutAt(
  granularity: Granularity,
  n: number,
  crowding: number,
  cuts: Record<Granularity, number> = settings.cuts,
): number {
  const belief = n / (n + settings.crowdingTexts)
  return cuts[granularity] - settings.crowding * belief * (crowding - settings.usualCrowding)
}
