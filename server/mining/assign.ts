/** Texts -> themes: each joins the theme it is closest to; those that none is close to are grouped among themselves. */
import { extractFeatures } from './features.ts'
import { cut, linkAverage } from './kernels/linkage.ts'
import { cutAt, type Granularity } from './settings.ts'
import { compareAll } from './similarity.ts'
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
  /** How typical it is of the theme or group: average likeness to its other texts, 0 … 1. */
  score: number
}

export interface Outcome {
  /** One a text, in order. */
  assignments: Assignment[]
  /** Known themes that by now look like one: `from` could become an alias of `into`, the one listed earlier. */
  merges: { from: string; into: string }[]
  engine: string
}

export interface AssignOptions {
  granularity: Granularity
  /** How many clients said the very same, by text; one each by default. */
  weights?: readonly number[]
  /** Vectors from an embeddings endpoint; latent analysis by default. */
  space?: VectorSpace
}

/** Texts that are compared all with all at once; memory is the square of this, times 8 bytes. */
export const MAX_AT_ONCE = 5_000

/**
 * Assigns texts (at most MAX_AT_ONCE with the exemplars) to themes or to new groups. Themes of longest standing first:
 * where several are one by now, the first takes the new texts. Deterministic.
 */
export function assign(
  texts: readonly string[],
  themes: readonly KnownTheme[],
  { granularity, weights, space }: AssignOptions,
): Outcome {
  const engine = space?.name ?? BUILT_IN_ENGINE
  if (texts.length === 0) return { assignments: [], merges: [], engine }
  const items = collect(texts, themes, weights)
  const { n, cluster, size, similarities, crowding } = compare(items, themes.length, space)
  const m = size.length
  const among = betweenClusters(similarities, n, cluster, size)
  const labels = cut(linkAverage(among, m, size), m, cutAt(granularity, n, crowding, space?.cuts))
  return { ...read(texts.length, themes, items, labels, similarities), engine }
}

interface Items {
  /** Distinct texts: exemplars first, by theme, then new ones. */
  texts: string[]
  features: ReturnType<typeof extractFeatures>[]
  /** Theme of each exemplar, -1 for new texts. */
  theme: number[]
  weights: number[]
  /** Item of each text asked for. */
  of: Int32Array
}

/** Texts that say the same become one item; a text that an exemplar says already is that exemplar. */
function collect(
  texts: readonly string[],
  themes: readonly KnownTheme[],
  weights: readonly number[] | undefined,
): Items {
  const items: Items = { texts: [], features: [], theme: [], weights: [], of: new Int32Array(texts.length) }
  const byForm = new Map<string, number>()
  const add = (text: string, theme: number, weight: number) => {
    const features = extractFeatures(text)
    const known = byForm.get(features.form)
    if (known !== undefined) {
      if (theme < 0) items.weights[known]! += weight
      return known
    }
    byForm.set(features.form, items.texts.length)
    items.features.push(features)
    items.theme.push(theme)
    items.weights.push(weight)
    return items.texts.push(text) - 1
  }
  for (const [t, { exemplars }] of themes.entries()) for (const text of exemplars) add(text, t, 1)
  for (const [i, text] of texts.entries()) items.of[i] = add(text, -1, weights?.[i] ?? 1)
  return items
}

/** Similarities of items, and the clusters that linking starts from: themes, then each new text by itself. */
function compare(items: Items, themes: number, space: VectorSpace | undefined) {
  const n = items.texts.length
  const { similarities, crowding } = compareAll(items.features, items.texts, space)
  let next = themes
  const cluster = Int32Array.from(items.theme, theme => (theme < 0 ? next++ : theme))
  const size = new Float64Array(next)
  for (let i = 0; i < n; i++) size[cluster[i]!]! += items.weights[i]!
  return { n, cluster, size, similarities, crowding }
}

/** Average similarity between clusters; a theme without exemplars is like nothing. */
function betweenClusters(
  similarities: Float32Array,
  n: number,
  cluster: Int32Array,
  size: Float64Array,
): Float32Array {
  const m = size.length
  const members = new Float64Array(m)
  for (let i = 0; i < n; i++) members[cluster[i]!]!++
  const among = new Float32Array(m * m)
  for (let i = 0; i < n; i++) {
    const row = cluster[i]! * m
    for (let j = 0; j < n; j++) among[row + cluster[j]!]! += similarities[i * n + j]!
  }
  for (let a = 0; a < m; a++)
    for (let b = 0; b < m; b++) among[a * m + b]! /= Math.max(1, members[a]! * members[b]!)
  for (let a = 0; a < m; a++) size[a] = Math.max(1, size[a]!)
  return among
}

/** Labels of clusters -> assignments of texts and merges of themes. */
function read(
  n: number,
  themes: readonly KnownTheme[],
  items: Items,
  labels: Int32Array,
  similarities: Float32Array,
): Pick<Outcome, 'assignments' | 'merges'> {
  const owner = new Map<number, number>()
  const merges: Outcome['merges'] = []
  for (const [t, theme] of themes.entries()) {
    const first = owner.get(labels[t]!)
    if (first === undefined) owner.set(labels[t]!, t)
    else if (!theme.kept && !themes[first]!.kept) merges.push({ from: theme.id, into: themes[first]!.id })
  }
  const total = items.texts.length
  const groupOf = new Int32Array(total)
  const members = new Map<number, number[]>()
  let next = themes.length
  for (let i = 0; i < total; i++) {
    const label = labels[items.theme[i]! < 0 ? next++ : items.theme[i]!]!
    groupOf[i] = label
    const list = members.get(label)
    if (list) list.push(i)
    else members.set(label, [i])
  }
  const numbers = new Map<number, number>()
  const assignments = Array.from(items.of, (item): Assignment => {
    const label = groupOf[item]!
    const own = items.theme[item]! >= 0 ? items.theme[item]! : owner.get(label)
    const score = typicality(item, members.get(label)!, similarities, total)
    if (own !== undefined) return { theme: themes[own]!.id, group: null, score }
    if (!numbers.has(label)) numbers.set(label, numbers.size)
    return { theme: null, group: numbers.get(label)!, score }
  })
  return { assignments, merges }
}

/** Average similarity of an item to the others of its group, 0 … 1; 1 when it is alone. */
function typicality(item: number, group: readonly number[], similarities: Float32Array, n: number): number {
  if (group.length === 1) return 1
  let sum = 0
  for (const other of group) if (other !== item) sum += similarities[item * n + other]!
  return Math.min(1, Math.max(0, sum / (group.length - 1)))
}
