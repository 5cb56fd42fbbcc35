/**
 * More items than can be compared all with all: a core of them is grouped in full, the rest joins the core's groups
 * through an index; what joins none is the next round's rest. Time and memory grow in proportion to the items.
 */
import { type Grouped, groupAtOnce, type Item } from './at-once.ts'
import { createGroupIndex, leastScore } from './group-index.ts'
import type { Granularity } from './settings.ts'
import type { VectorSpace } from './vectors.ts'

export interface Scale {
  /** Items of the first core, known themes' exemplars among them, and of later ones. */
  firstCore: number
  nextCore: number
  /** Cores in all; what then still joins nothing is grouped by the first text that says the like. */
  rounds: number
  /** Items placed at a time: bounds memory. */
  chunk: number
}

const SCALE: Scale = { firstCore: 3_000, nextCore: 1_500, rounds: 6, chunk: 2_000 }

export type GroupedAtScale = Pick<Grouped, 'labels' | 'themeLabels' | 'scores'>

/** Groups any number of items; those of a known theme stay together. Deterministic. */
export function groupAtScale(
  items: readonly Item[],
  themes: number,
  granularity: Granularity,
  space?: VectorSpace,
  { firstCore, nextCore, rounds, chunk: most } = SCALE,
): GroupedAtScale {
  const labels = new Int32Array(items.length).fill(-1)
  const scores = new Float32Array(items.length)
  let themeLabels: Int32Array = new Int32Array(0)
  let next = 0
  let rest = Array.from(items, (_, i) => i)
  for (let round = 0; rest.length > 0; round++) {
    const core = pickCore(items, rest, round === 0 ? firstCore : nextCore)
    const grouped = groupAtOnce(
      core.map(i => items[i]!),
      round === 0 ? themes : 0,
      granularity,
      space,
    )
    if (round === 0) themeLabels = grouped.themeLabels.slice()
    const last = core.length === rest.length || round === rounds - 1
    const settled = settle(items, core, grouped, last)
    core.forEach((i, c) => {
      if (!settled[c]) return
      labels[i] = next + grouped.labels[c]!
      scores[i] = grouped.scores[c]!
    })
    if (round === 0) {
      for (const i of rest) if (items[i]!.theme >= 0) labels[i] = themeLabels[items[i]!.theme]!
    }
    const index = createGroupIndex(grouped.placed.words.columns)
    core.forEach((_, c) => {
      if (settled[c]) index.add(grouped.placed, c, grouped.labels[c]!)
    })
    let groups = countGroups(grouped)
    const inCore = new Set(core)
    const outside = round === 0 ? rest.filter(i => items[i]!.theme >= 0 && !inCore.has(i)) : []
    rest = rest.filter(i => labels[i]! < 0)
    if (rest.length === 0) break
    const place = grouped.placer()
    // Known themes take what is like them, whether the core had room for them or not.
    for (let at = 0; at < outside.length; at += most) {
      const chunk = outside.slice(at, at + most)
      const placed = place(chunk.map(i => items[i]!.text))
      for (const [c, i] of chunk.entries()) index.add(placed, c, themeLabels[items[i]!.theme]!)
    }
    const least = leastScore(
      index,
      grouped.placed,
      grouped.labels.map((label, c) => (settled[c] ? label : -1)),
    )
    for (let at = 0; at < rest.length; at += most) {
      const chunk = rest.slice(at, at + most)
      const placed = place(chunk.map(i => items[i]!.text))
      for (const [c, i] of chunk.entries()) {
        const found = index.nearest(placed, c)
        const joins = found.group >= 0 && found.score >= least
        if (!joins && !last) continue
        // At the last round what joins nothing leads a group of its own, which others may join.
        const group = joins ? found.group : groups++
        if (!joins) index.add(placed, c, group)
        labels[i] = next + group
        scores[i] = joins ? found.score : 1
      }
    }
    next += groups
    rest = rest.filter(i => labels[i]! < 0)
  }
  return { labels, themeLabels, scores }
}

function countGroups({ labels, themeLabels }: Grouped): number {
  let top = 0
  for (const list of [labels, themeLabels]) for (const label of list) if (label > top) top = label
  return top + 1
}

/** Exemplars first, then what most clients said, then an even sample of the rest in order. */
function pickCore(items: readonly Item[], rest: readonly number[], size: number): number[] {
  if (rest.length <= size) return [...rest]
  const thin = (list: readonly number[], n: number) =>
    list.length <= n ? list : Array.from({ length: n }, (_, i) => list[Math.floor((i * list.length) / n)]!)
  const known = thin(
    rest.filter(i => items[i]!.theme >= 0),
    size >> 1,
  )
  const fresh = rest.filter(i => items[i]!.theme < 0)
  const heavy = fresh
    .filter(i => items[i]!.weight > 1)
    .sort((a, b) => items[b]!.weight - items[a]!.weight || a - b)
    .slice(0, (size - known.length) >> 1)
  const taken = new Set(heavy)
  const sampled = thin(
    fresh.filter(i => !taken.has(i)),
    size - known.length - heavy.length,
  )
  return [...known, ...heavy, ...sampled].sort((a, b) => a - b)
}

/** Whether each item of a core keeps its group: not when it is alone and might still find company. */
function settle(
  items: readonly Item[],
  core: readonly number[],
  grouped: Grouped,
  last: boolean,
): Uint8Array {
  const sizes = new Map<number, number>()
  for (const label of grouped.labels) sizes.set(label, (sizes.get(label) ?? 0) + 1)
  return Uint8Array.from(core, (i, c) =>
    Number(last || items[i]!.theme >= 0 || items[i]!.weight > 1 || sizes.get(grouped.labels[c]!)! > 1),
  )
}
