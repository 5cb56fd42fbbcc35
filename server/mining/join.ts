/**
 * A few new texts -> themes that are known, in the time that it takes to read them: nothing is compared with all, no new
 * theme is made. For what comes in by the hour; `assign` looks closer, and at what joined nothing.
 */
import type { KnownTheme } from './assign.ts'
import { createWordPlacer } from './embed.ts'
import { extractFeatures, formOf } from './features.ts'
import { createGroupIndex, leastScore } from './group-index.ts'

export interface Joined {
  theme: string
  /** Likeness to the theme's words, 0 … 1. */
  score: number
}

/** Learns the themes once; the function it returns finds each text's theme, null when none is near enough. */
export function createJoiner(themes: readonly KnownTheme[]): (texts: readonly string[]) => (Joined | null)[] {
  const exemplars = themes.flatMap(theme => theme.exemplars)
  const own = Int32Array.from(themes.flatMap((theme, t) => theme.exemplars.map(() => t)))
  const said = new Map<string, number>()
  for (const [i, text] of exemplars.entries()) {
    const form = formOf(text)
    if (!said.has(form)) said.set(form, own[i]!)
  }
  const features = exemplars.map(extractFeatures)
  const place = createWordPlacer(features)
  const placed = place(features)
  const index = createGroupIndex(placed.words.columns)
  for (const [i, theme] of own.entries()) index.add(placed, i, theme)
  const least = leastScore(index, placed, own)
  return texts => {
    const rows = place(texts.map(extractFeatures))
    return texts.map((text, i) => {
      const same = said.get(formOf(text))
      if (same !== undefined) return { theme: themes[same]!.id, score: 1 }
      const { group, score } = index.nearest(rows, i)
      return group >= 0 && score >= least ? { theme: themes[group]!.id, score } : null
    })
  }
}
