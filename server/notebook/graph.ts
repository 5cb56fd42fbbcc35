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
  /** Ids of nodes by levels: a level's nodes depend on earlier levels only. Nodes on a cycle are in none. */
  levels: string[][]
  /** What each node reads, by id. */
  parents: ReadonlyMap<string, readonly string[]>
  /** Ids on or behind a cycle. */
  cyclic: string[]
}

/** Levels, parents and cycles of nodes given in file order. */
export function buildGraph(nodes: readonly GraphNode[]): Graph {
  const owner = new Map(
    nodes.flatMap(node => (node.defines === null ? [] : [[node.defines, node.id] as const])),
  )
  const parents = new Map(
    nodes.map(node => [
      node.id,
      [...new Set(node.mentions.flatMap(name => owner.get(name) ?? []))].filter(
        id => id !== node.id || node.mentions.includes(node.defines ?? ''),
      ),
    ]),
  )
  const placed = new Set<string>()
  const levels: string[][] = []
  for (;;) {
    const level = nodes.filter(
      node => !placed.has(node.id) && parents.get(node.id)!.every(parent => placed.has(parent)),
    )
    if (level.length === 0) break
    levels.push(level.map(node => node.id))
    for (const node of level) placed.add(node.id)
  }
  return { levels, parents, cyclic: nodes.filter(node => !placed.has(node.id)).map(node => node.id) }
}
