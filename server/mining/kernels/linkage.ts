/**
 * Agglomerative clustering with average linkage by nearest-neighbour chains: O(n²) time, in the similarity matrix's own
 * memory. Source: Murtagh, “A survey of recent advances in hierarchical clustering algorithms”, Computer Journal 26
 * (1983); Müllner, arXiv:1109.2378.
 */

export interface Merge {
  a: number
  b: number
  similarity: number
}

/**
 * Merges of n items, by falling similarity; a and b are items that stand for their clusters. `similarities` (n × n,
 * symmetric) is overwritten. `weights` are how many equal items each stands for.
 */
export function linkAverage(similarities: Float32Array, n: number, weights: Float64Array): Merge[] {
  const size = weights.slice()
  const alive = new Uint8Array(n).fill(1)
  const merges: Merge[] = []
  const chain: number[] = []
  let left = n
  let start = 0
  while (left > 1) {
    if (chain.length === 0) {
      while (!alive[start]) start++
      chain.push(start)
    }
    const top = chain.at(-1)!
    const before = chain.at(-2) ?? -1
    let best = before
    let bestValue = before === -1 ? Number.NEGATIVE_INFINITY : similarities[top * n + before]!
    for (let j = 0; j < n; j++) {
      if (!alive[j] || j === top) continue
      const value = similarities[top * n + j]!
      // The one before wins a tie, or two equal ones would chase each other for ever.
      if (value > bestValue) {
        bestValue = value
        best = j
      }
    }
    if (best !== before) {
      chain.push(best)
      continue
    }
    chain.length -= 2
    const [keep, gone] = top < best ? [top, best] : [best, top]
    merges.push({ a: keep, b: gone, similarity: bestValue })
    const total = size[keep]! + size[gone]!
    for (let j = 0; j < n; j++) {
      if (!alive[j] || j === keep || j === gone) continue
      const value =
        (size[keep]! * similarities[keep * n + j]! + size[gone]! * similarities[gone * n + j]!) / total
      similarities[keep * n + j] = value
      similarities[j * n + keep] = value
    }
    size[keep] = total
    alive[gone] = 0
    left--
  }
  return merges.sort((x, y) => y.similarity - x.similarity)
}

/** Cluster of each item when only merges at least this similar are done: numbered by first item, from 0. */
export function cut(merges: readonly Merge[], n: number, threshold: number): Int32Array {
  const parent = Int32Array.from({ length: n }, (_, i) => i)
  const find = (i: number): number => {
    let root = i
    while (parent[root] !== root) root = parent[root]!
    parent[i] = root
    return root
  }
  for (const { a, b, similarity } of merges) if (similarity >= threshold) parent[find(b)] = find(a)
  const labels = new Int32Array(n)
  const numbers = new Map<number, number>()
  for (let i = 0; i < n; i++) {
    const root = find(i)
    if (!numbers.has(root)) numbers.set(root, numbers.size)
    labels[i] = numbers.get(root)!
  }
  return labels
}
