/** Items -> groups, all compared with all: the full method, for as many as memory and patience allow. */
import { extractFeatures } from './features.ts'
import { cut, linkAverage } from './kernels/linkage.ts'
import { cutAt, type Granularity } from './settings.ts'
import { type Compared, compareAll } from './similarity.ts'
import type { VectorSpace } from './vectors.ts'

export interface Item {
  text: string
  /** Number of the known theme that it stands for, -1 for a new text. */
  theme: number
  /** How many clients said just this. */
  weight: number
}

export interface Grouped {
  /** Group of each item, from 0. */
  labels: Int32Array
  /** Group of each known theme: themes that share one look like one by now. */
  themeLabels: Int32Array
  /** Average likeness of each item to the others of its group, 0 … 1; 1 when it is alone. */
  scores: Float32Array
  /** Where the items were placed, and where others would be. */
  placed: Compared['placed']
  placer: Compared['placer']
}

/** Groups items; those of a known theme stay together. Time and memory grow with the square of their number. */
export function groupAtOnce(
  items: readonly Item[],
  themes: number,
  granularity: Granularity,
  space?: VectorSpace,
): Grouped {
  const n = items.length
  const texts = items.map(item => item.text)
  const { similarities, crowding, placed, placer } = compareAll(texts.map(extractFeatures), texts, space)
  // Linking starts from clusters: known themes that have an item here, then each new text by itself.
  const present = new Map<number, number>()
  for (const { theme } of items) if (theme >= 0 && !present.has(theme)) present.set(theme, present.size)
  let next = present.size
  const cluster = Int32Array.from(items, item => (item.theme < 0 ? next++ : present.get(item.theme)!))
  const among = betweenClusters(similarities, cluster, next)
  const weights = new Float64Array(next)
  for (let i = 0; i < n; i++) weights[cluster[i]!]! += items[i]!.weight
  const tree = linkAverage(among, next, weights)
  const ofCluster = cut(tree, next, cutAt(granularity, n, crowding, space?.cuts))
  const labels = cluster.map(own => ofCluster[own]!)
  // A theme without an item here is like nothing: a group of its own.
  let alone = ofCluster.reduce((top, label) => Math.max(top, label), -1) + 1
  const themeLabels = Int32Array.from({ length: themes }, (_, t) => {
    const own = present.get(t)
    return own === undefined ? alone++ : ofCluster[own]!
  })
  return {
    labels,
    themeLabels,
    scores: typicality(similarities, labels, next),
    placed,
    placer,
  }
}

/** Average similarity between clusters, m × m; a cluster without items is like nothing. */
function betweenClusters(similarities: Float32Array, cluster: Int32Array, m: number): Float32Array {
  const n = cluster.length
  const members = new Float64Array(m)
  for (const own of cluster) members[own]!++
  const among = new Float32Array(m * m)
  for (let i = 0; i < n; i++) {
    const row = cluster[i]! * m
    for (let j = 0; j < n; j++) among[row + cluster[j]!]! += similarities[i * n + j]!
  }
  for (let a = 0; a < m; a++)
    for (let b = 0; b < m; b++) among[a * m + b]! /= Math.max(1, members[a]! * members[b]!)
  return among
}

function typicality(similarities: Float32Array, labels: Int32Array, groups: number): Float32Array {
  const n = labels.length
  const size = new Float64Array(groups)
  for (const label of labels) size[label]!++
  return Float32Array.from(labels, (label, i) => {
    if (size[label] === 1) return 1
    let sum = 0
    for (let j = 0; j < n; j++) if (labels[j] === label && j !== i) sum += similarities[i * n + j]!
    return Math.min(1, Math.max(0, sum / (size[label]! - 1)))
  })
}
