/** Texts -> themes: each joins the theme it is closest to; those that none is close to are grouped among themselves. */
import { groupAtOnce, type Item } from './at-once.ts'
import { groupAtScale } from './at-scale.ts'
import { formOf } from './features.ts'
import type { Granularity } from './settings.ts'
import { BUILT_IN_ENGINE, type VectorSpace } from './vectors.ts'

export interface KnownTheme {
  id: string
  /** Texts that stand for it. */
  exemplars: readonly string[]
  /** A person's hand is in it (split, moved, named): it is never proposed for merging. */
  kept?: boolean
}

export interface Assignment {
  /** A theme that is known, or null. */
  theme: string | null
  /** For the rest: which new group, numbered from 0 by first text. */
  group: number | null
  /** How typical it is of the theme or group: average likeness to its other texts, 0 … 1; 1 when it is alone. */
  score: number
}

export interface Outcome {
  /** One a text, in order. */
  assignments: Assignment[]
  /** Known themes that by now look like one: `from` could become an alias of `into`, the one listed earlier. */
  merges: { from: string; into: string }[]
  /** What compared them: see vectors.ts. */
  engine: string
}

export interface AssignOptions {
  granularity: Granularity
  /** How many clients said the very same, by text; one each by default. */
  weights?: readonly number[]
  /** Vectors from an embeddings endpoint; latent analysis by default. */
  space?: VectorSpace
}

/** Distinct texts, exemplars among them, that are compared all with all; more are grouped at scale. */
export const MAX_AT_ONCE = 5_000

/**
 * Assigns any number of texts to themes or to new groups; themes of longest standing first. Where several look like one
 * by now, the one with most exemplars takes what comes. Texts that say the same get the same. Deterministic.
 */
export function assign(
  texts: readonly string[],
  themes: readonly KnownTheme[],
  { granularity, weights, space }: AssignOptions,
): Outcome {
  const engine = space?.name ?? BUILT_IN_ENGINE
  if (texts.length === 0) return { assignments: [], merges: [], engine }
  const { items, of } = collect(texts, themes, weights)
  const group = items.length <= MAX_AT_ONCE ? groupAtOnce : groupAtScale
  const { labels, themeLabels, scores } = group(items, themes.length, granularity, space)
  const { owner, merges } = shareOut(themes, themeLabels)
  const numbers = new Map<number, number>()
  const assignments = Array.from(of, (i): Assignment => {
    const label = labels[i]!
    const own = items[i]!.theme >= 0 ? items[i]!.theme : owner.get(label)
    const score = scores[i]!
    if (own !== undefined) return { theme: themes[own]!.id, group: null, score }
    if (!numbers.has(label)) numbers.set(label, numbers.size)
    return { theme: null, group: numbers.get(label)!, score }
  })
  return { assignments, merges, engine }
}

/** Which theme owns each group that holds any, and which of them look like one. */
function shareOut(themes: readonly KnownTheme[], themeLabels: Int32Array) {
  const merges: Outcome['merges'] = []
  const oldest = new Map<number, number>()
  const owner = new Map<number, number>()
  for (const [t, theme] of themes.entries()) {
    const label = themeLabels[t]!
    const first = oldest.get(label)
    if (first === undefined) {
      oldest.set(label, t)
      owner.set(label, t)
      continue
    }
    if (!theme.kept && !themes[first]!.kept) merges.push({ from: theme.id, into: themes[first]!.id })
    if (theme.exemplars.length > themes[owner.get(label)!]!.exemplars.length) owner.set(label, t)
  }
  return { owner, merges }
}

/** Distinct items, exemplars first, and which item each text is: one that an exemplar says already is that exemplar. */
function collect(
  texts: readonly string[],
  themes: readonly KnownTheme[],
  weights: readonly number[] | undefined,
): { items: Item[]; of: Int32Array } {
  const items: Item[] = []
  const byForm = new Map<string, number>()
  const add = (text: string, theme: number, weight: number): number => {
    const form = formOf(text)
    const known = byForm.get(form)
    if (known !== undefined) {
      if (theme < 0) items[known]!.weight += weight
      return known
    }
    byForm.set(form, items.length)
    return items.push({ text, theme, weight }) - 1
  }
  for (const [t, { exemplars }] of themes.entries()) for (const text of exemplars) add(text, t, 1)
  const of = Int32Array.from(texts, (text, i) => add(text, -1, weights?.[i] ?? 1))
  return { items, of }
}
