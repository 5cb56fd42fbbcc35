/**
 * Names read and written -> the order in which blocks run. Pure; ties are broken by place in the file, so that every
 * run goes the same way.
 */
export interface GraphNode {
  id: string
  /** The name by which others read it, if any. */
  defines: string | null
  /** Names it mentions: those of other nodes are its edges, the rest are tables or words. */
  mentions: readonly string[]
}

export interface Graph {
  /** Ids of nodes by levels: a level's nodes depend on earlier levels only. */
  levels: string[][]
  /** What each node reads, by id. */
  parents: ReadonlyMap<string, readonly string[]>
  /** Ids on a cycle; no level holds them. */
  cyclic: string[]
  /** Ids that wait on a cycle without being on it; no level holds them either. */
  behind: string[]
}

/** Levels, parents and cycles of nodes given in file order. */
export function buildGraph(nodes: readonly GraphNode[]): Graph {
  const owner = new Map(
    nodes.flatMap(node => (node.defines === null ? [] : [[node.defines, node.id] as const])),
  )
  const parents = new Map(
    nodes.map(node => [node.id, [...new Set(node.mentions.flatMap(name => owner.get(name) ?? []))]]),
  )
  const levels: string[][] = []
  let left = nodes.map(node => node.id)
  for (;;) {
    const waiting = new Set(left)
    const level = left.filter(id => !parents.get(id)!.some(parent => waiting.has(parent)))
    if (level.length === 0) break
    levels.push(level)
    left = left.filter(id => !level.includes(id))
  }
  // What is left is on a cycle or behind one: nodes that no other one of them reads are behind.
  let cyclic = left
  for (;;) {
    const read = new Set(cyclic.flatMap(id => parents.get(id)!))
    const kept = cyclic.filter(id => read.has(id))
    if (kept.length === cyclic.length) break
    cyclic = kept
  }
  return { levels, parents, cyclic, behind: left.filter(id => !cyclic.includes(id)) }
}
