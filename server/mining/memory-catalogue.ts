/** A catalogue that lives in memory, for the cluster filter: it grows batch by batch, and ids once given stay. */
import { sha256 } from '../lib/hash.ts'
import { assign } from './assign.ts'
import { formOf } from './features.ts'
import type { Granularity } from './settings.ts'
import { type Candidate, chooseLabel } from './steps/name.ts'

export interface MemoryTheme {
  id: string
  label: string
  /** How many distinct texts have come to it. */
  size: number
  /** Texts that stand for it. */
  exemplars: string[]
}

export interface MemoryCatalogue {
  granularity: Granularity
  /** Number of the next theme: never given twice. */
  next: number
  /** By age. */
  themes: MemoryTheme[]
  /** Hash of a text's form -> its theme's id: what was given once is given again. */
  given: Map<string, string>
}

/** Exemplars in all: enough to know every theme by, few enough to be compared with a batch all with all. */
const EXEMPLARS = 3_000
const LEAST_EXEMPLARS = 3

export function emptyCatalogue(granularity: Granularity): MemoryCatalogue {
  return { granularity, next: 1, themes: [], given: new Map() }
}

/**
 * Gives every text a theme, old or new; the catalogue grows in place, and keeps some `most` exemplars. Returns the theme's
 * id of each text.
 */
export function extendCatalogue(
  catalogue: MemoryCatalogue,
  texts: readonly string[],
  most = EXEMPLARS,
): string[] {
  const keys = texts.map(text => sha256(formOf(text)).slice(0, 16))
  const fresh = new Map<string, { text: string; times: number }>()
  for (const [i, key] of keys.entries()) {
    if (catalogue.given.has(key)) continue
    const known = fresh.get(key)
    if (known) known.times++
    else fresh.set(key, { text: texts[i]!, times: 1 })
  }
  const news = [...fresh.values()]
  const { assignments } = assign(
    news.map(({ text }) => text),
    catalogue.themes,
    { granularity: catalogue.granularity, weights: news.map(({ times }) => times) },
  )
  const ids = new Map<number, string>()
  const came = new Map<string, Candidate[]>()
  for (const [i, key] of [...fresh.keys()].entries()) {
    const { theme, group, score } = assignments[i]!
    if (theme === null && !ids.has(group!)) ids.set(group!, `c${catalogue.next++}`)
    const id = theme ?? ids.get(group!)!
    catalogue.given.set(key, id)
    const candidate = { text: news[i]!.text, score, clients: news[i]!.times }
    const list = came.get(id)
    if (list) list.push(candidate)
    else came.set(id, [candidate])
  }
  grow(catalogue, came, most)
  return keys.map(key => catalogue.given.get(key)!)
}

function grow(catalogue: MemoryCatalogue, came: ReadonlyMap<string, Candidate[]>, most: number): void {
  const byId = new Map(catalogue.themes.map(theme => [theme.id, theme]))
  for (const [id, candidates] of came) {
    let theme = byId.get(id)
    if (!theme) {
      theme = { id, label: chooseLabel(candidates), size: 0, exemplars: [] }
      catalogue.themes.push(theme)
    }
    theme.size += candidates.length
    theme.exemplars.push(...candidates.map(({ text }) => text))
  }
  const total = catalogue.themes.reduce((sum, theme) => sum + theme.exemplars.length, 0)
  if (total <= most) return
  for (const theme of catalogue.themes) {
    const share = Math.floor((theme.exemplars.length * most) / total)
    theme.exemplars = thin(theme.exemplars, Math.max(LEAST_EXEMPLARS, share))
  }
}

/** At most n of a list, evenly spread, so that neither the first nor the last to come speak for all. */
function thin<T>(list: readonly T[], n: number): T[] {
  if (list.length <= n) return [...list]
  return Array.from({ length: n }, (_, i) => list[Math.floor((i * list.length) / n)]!)
}
