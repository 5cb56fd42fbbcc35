import { describe, expect, it } from 'vitest'
import { buildGraph } from '../../server/notebook/graph.ts'

/** `a <- b c` reads: node a mentions b and c; every node defines its own name. */
const cases: [what: string, nodes: string[], levels: string[][], cyclic: string[], behind: string[]][] = [
  ['nothing', [], [], [], []],
  ['alone', ['a <-'], [['a']], [], []],
  ['tables are no nodes', ['a <- deals', 'b <- a deals'], [['a'], ['b']], [], []],
  ['order of the file within a level', ['c <-', 'a <-', 'b <-'], [['c', 'a', 'b']], [], []],
  ['reading what comes later', ['a <- b', 'b <-'], [['b'], ['a']], [], []],
  ['a diamond', ['d <- b c', 'b <- a', 'c <- a', 'a <-'], [['a'], ['b', 'c'], ['d']], [], []],
  ['itself', ['a <- a', 'b <-'], [['b']], ['a'], []],
  [
    'two on a circle, one behind, one free',
    ['a <- b', 'b <- a', 'c <- b', 'd <- c', 'e <-'],
    [['e']],
    ['a', 'b'],
    ['c', 'd'],
  ],
  ['what a circle reads is not on it', ['a <- b x', 'b <- a', 'x <-'], [['x']], ['a', 'b'], []],
]

describe('the graph', () => {
  it.each(cases)('%s', (_what, nodes, levels, cyclic, behind) => {
    const graph = buildGraph(
      nodes.map(node => {
        const [id, mentions] = node.split(' <-') as [string, string]
        return { id, defines: id, mentions: mentions.split(' ').filter(Boolean) }
      }),
    )
    expect({ levels: graph.levels, cyclic: graph.cyclic, behind: graph.behind }).toEqual({
      levels,
      cyclic,
      behind,
    })
  })

  it('knows each one’s parents once, and that an unnamed node is read by nobody', () => {
    const { parents } = buildGraph([
      { id: 'a', defines: 'a', mentions: [] },
      { id: 'sql-1', defines: null, mentions: ['a', 'a', 'sql-1'] },
    ])
    expect([...parents]).toEqual([
      ['a', []],
      ['sql-1', ['a']],
    ])
  })
})
