/**
 * Question themes -> the section of a page nearest to each. Clients' wordings and the sections' are compared in one space,
 * where words used alike in the clients' own speech are near, so that «сколько ждать» finds «Срок изготовления». Pure.
 */
import { extractFeatures } from './features.ts'
import { createMatcher, type FaqEntry } from './match.ts'
import { compareAll } from './similarity.ts'

export interface AskedTheme {
  id: string
  /** Its most central wordings, the first first. */
  wordings: readonly string[]
}

export interface Nearest {
  page: string
  /** Mean over wordings of the likeness to the section's best wording, some 0 … 1. */
  score: number
  /** Sections of those asked for that are about it as well, or all but as near; none where that was not looked at. */
  about: readonly string[]
}

/** A section is about a theme at least this like it, and at least this share of the likeness to the nearest one. */
const ABOUT = 0.45
const ABOUT_SHARE = 0.75

/** Texts compared at once: time and memory are the square of it. */
const AT_ONCE = 3_000
const LEAST_WORDINGS = 4

/**
 * The nearest section of each theme, by its id; none when there are no sections. `watched` are the sections of which it
 * is told whether they are about a theme, though another be nearer. Deterministic.
 */
export function nearestSections(
  themes: readonly AskedTheme[],
  sections: readonly FaqEntry[],
  watched: ReadonlySet<string> = new Set(),
): Map<string, Nearest> {
  const found = new Map<string, Nearest>()
  if (sections.length === 0) return found
  const lines = sections.flatMap((section, s) =>
    [section.text, ...(section.phrasings ?? [])].flatMap(text => (text.trim() === '' ? [] : [{ s, text }])),
  )
  const likenessByWords = sumByWords(sections)
  const room = Math.max(500, AT_ONCE - lines.length)
  const each = Math.max(LEAST_WORDINGS, Math.floor(room / Math.max(1, themes.length)))
  const batch = Math.max(1, Math.floor(room / each))
  for (let at = 0; at < themes.length; at += batch) {
    const part = themes.slice(at, at + batch)
    const asked = part.flatMap((theme, t) => theme.wordings.slice(0, each).map(text => ({ t, text })))
    const texts = [...lines, ...asked].map(line => line.text)
    const { similarities } = compareAll(texts.map(extractFeatures), texts)
    const sums = part.map(() => new Float64Array(sections.length))
    for (const [i, { t }] of asked.entries()) {
      const best = new Float64Array(sections.length).fill(Number.NEGATIVE_INFINITY)
      const row = (lines.length + i) * texts.length
      for (const [j, { s }] of lines.entries()) best[s] = Math.max(best[s]!, similarities[row + j]!)
      for (let s = 0; s < sections.length; s++) if (Number.isFinite(best[s]!)) sums[t]![s]! += best[s]!
    }
    for (const [t, theme] of part.entries()) {
      const of = Math.min(each, theme.wordings.length)
      if (of === 0) continue
      // Of sections that are alike in use, the one that says the same words is meant.
      const worded = likenessByWords(theme.wordings.slice(0, each))
      const ranks = sections.map((section, s) => (sums[t]![s]! + (worded.get(section.id) ?? 0)) / of)
      const s = ranks.indexOf(Math.max(...ranks))
      const score = sums[t]![s]! / of
      const about = sections.flatMap(({ id }, other) => {
        const likeness = sums[t]![other]! / of
        return watched.has(id) && likeness >= ABOUT && likeness >= ABOUT_SHARE * score ? [id] : []
      })
      found.set(theme.id, { page: sections[s]!.id, score, about })
    }
  }
  return found
}

/**
 * The same for a few themes at once, by words alone: scores are lower, and what is put in other words is not found. For
 * themes that came since the last full comparison.
 */
export function nearestByWords(
  themes: readonly AskedTheme[],
  sections: readonly FaqEntry[],
): Map<string, Nearest> {
  const likenessByWords = sumByWords(sections)
  return new Map(
    themes.flatMap(theme => {
      const sums = [...likenessByWords(theme.wordings)]
      const best = sums.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]
      return best ? [[theme.id, { page: best[0], score: best[1] / theme.wordings.length, about: [] }]] : []
    }),
  )
}

/** The likeness of sections by their words, summed over wordings. */
function sumByWords(sections: readonly FaqEntry[]): (wordings: readonly string[]) => Map<string, number> {
  const match = createMatcher(sections)
  return wordings => {
    const sums = new Map<string, number>()
    for (const text of wordings)
      for (const { answer, score } of match(text, sections.length).ranked)
        sums.set(answer, (sums.get(answer) ?? 0) + score)
    return sums
  }
}
