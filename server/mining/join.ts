/**
 * A few new texts -> themes that are known, by words alone, in the time that it takes to read them: nothing is compared
 * with all. See assign-few.ts for what joins none.
 */
import type { KnownTheme } from './assign.ts'
import { createWordPlacer, type Placed } from './embed.ts'
import { extractWords } from './features.ts'
import { createGroupIndex, leastScore } from './group-index.ts'

export interface Joined {
  theme: string
  /** Likeness to the theme's words, 0 … 1. */
  score: number
}

export interface Joiner {
  /** Each text's theme, null when none is near enough. */
  join(texts: readonly string[]): (Joined | null)[]
  /** Texts, by number, that at least `enough` clients say alike; `clients` is how many say each. */
  suspect(texts: readonly string[], clients: readonly number[], enough: number): number[][]
  /** Themes whose words are near to a text's, the nearest first. */
  near(text: string): KnownTheme[]
}

/** Learns the themes once. */
export function createJoiner(themes: readonly KnownTheme[]): Joiner {
  const exemplars = themes.flatMap(theme => theme.exemplars)
  const own = Int32Array.from(themes.flatMap((theme, t) => theme.exemplars.map(() => t)))
  const said = new Map<string, number>()
  const features = exemplars.map(extractWords)
  for (const [i, { form }] of features.entries()) if (!said.has(form)) said.set(form, own[i]!)
  const place = createWordPlacer(features)
  const placed = place(features)
  const index = createGroupIndex(placed.words.columns)
  for (const [i, theme] of own.entries()) index.add(placed, i, theme)
  const least = leastScore(index, placed, own)
  return {
    join: texts => {
      const worded = texts.map(extractWords)
      const rows = place(worded)
      return worded.map(({ form }, i) => {
        const same = said.get(form)
        if (same !== undefined) return { theme: themes[same]!.id, score: 1 }
        const { group, score } = index.nearest(rows, i)
        return group >= 0 && score >= least ? { theme: themes[group]!.id, score } : null
      })
    },
    suspect: (texts, clients, enough) => {
      const own = texts.map(extractWords)
      return groupAlike(createWordPlacer([...features, ...own])(own), least).filter(
        group => group.reduce((sum, i) => sum + clients[i]!, 0) >= enough,
      )
    },
    near: text => index.near(place([extractWords(text)]), 0).map(t => themes[t]!),
  }
}

/** Rows by the first that is alike enough. */
function groupAlike(placed: Placed, least: number): number[][] {
  const index = createGroupIndex(placed.words.columns)
  const groups: number[][] = []
  for (let row = 0; row < placed.words.rows; row++) {
    const { group, score } = index.nearest(placed, row)
    const joins = group >= 0 && score >= least
    if (joins) groups[group]!.push(row)
    else groups.push([row])
    index.add(placed, row, joins ? group : groups.length - 1)
  }
  return groups
}
