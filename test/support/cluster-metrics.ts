/** How well groups found agree with groups known, all rows counted. Shares 0 … 1. */

export interface Agreement {
  /** Normalised mutual information, by the arithmetic mean of the entropies. */
  nmi: number
  /** Rand index adjusted for chance (Hubert and Arabie 1985): 0 for chance, may fall below. */
  ari: number
  /** Share of rows that are right when every group found may stand for one group known at most (Kuhn 1955). */
  acc: number
  /** How many groups were found. */
  groups: number
}

/** Compares groups found with groups known, row by row; names of groups are free. */
export function compareGroups(found: readonly string[], known: readonly string[]): Agreement {
  const n = found.length
  const rows = number(found)
  const columns = number(known)
  const table = Array.from({ length: rows.count }, () => new Float64Array(columns.count))
  for (let i = 0; i < n; i++) table[rows.of[i]!]![columns.of[i]!]!++
  const a = table.map(row => row.reduce((sum, value) => sum + value, 0))
  const b = Array.from({ length: columns.count }, (_, j) => table.reduce((sum, row) => sum + row[j]!, 0))
  let information = 0
  let together = 0
  for (const [i, row] of table.entries()) {
    for (const [j, value] of row.entries()) {
      if (value === 0) continue
      information += (value / n) * Math.log((value * n) / (a[i]! * b[j]!))
      together += pairs(value)
    }
  }
  const entropies = entropy(a, n) + entropy(b, n)
  const [pairsA, pairsB] = [sumPairs(a), sumPairs(b)]
  const chance = n > 1 ? (pairsA * pairsB) / pairs(n) : 0
  const most = (pairsA + pairsB) / 2
  return {
    nmi: entropies > 0 ? (2 * information) / entropies : 1,
    ari: most === chance ? 1 : (together - chance) / (most - chance),
    acc: n > 0 ? bestMatching(table, rows.count, columns.count) / n : 1,
    groups: rows.count,
  }
}

const pairs = (n: number) => (n * (n - 1)) / 2
const sumPairs = (sizes: readonly number[]) => sizes.reduce((sum, size) => sum + pairs(size), 0)

function entropy(sizes: readonly number[], n: number): number {
  return sizes.reduce((sum, size) => (size > 0 ? sum - (size / n) * Math.log(size / n) : sum), 0)
}

function number(names: readonly string[]): { of: Int32Array; count: number } {
  const numbers = new Map<string, number>()
  const of = Int32Array.from(names, name => {
    if (!numbers.has(name)) numbers.set(name, numbers.size)
    return numbers.get(name)!
  })
  return { of, count: numbers.size }
}

/** Greatest sum of cells with at most one in each row and column: the Hungarian method with potentials, O(n²·m). */
export function bestMatching(table: readonly Float64Array[], rows: number, columns: number): number {
  const turned = rows > columns
  const [n, m] = turned ? [columns, rows] : [rows, columns]
  const cost = (i: number, j: number) => -(turned ? table[j]![i]! : table[i]![j]!)
  const u = new Float64Array(n + 1)
  const v = new Float64Array(m + 1)
  /** Row that holds each column; column 0 is where a new row enters. */
  const holder = new Int32Array(m + 1)
  const from = new Int32Array(m + 1)
  for (let i = 1; i <= n; i++) {
    holder[0] = i
    const least = new Float64Array(m + 1).fill(Number.POSITIVE_INFINITY)
    const seen = new Uint8Array(m + 1)
    let column = 0
    do {
      seen[column] = 1
      const row = holder[column]!
      let step = Number.POSITIVE_INFINITY
      let next = 0
      for (let j = 1; j <= m; j++) {
        if (seen[j]) continue
        const slack = cost(row - 1, j - 1) - u[row]! - v[j]!
        if (slack < least[j]!) {
          least[j] = slack
          from[j] = column
        }
        if (least[j]! < step) {
          step = least[j]!
          next = j
        }
      }
      for (let j = 0; j <= m; j++) {
        if (seen[j]) {
          u[holder[j]!]! += step
          v[j]! -= step
        } else least[j]! -= step
      }
      column = next
    } while (holder[column] !== 0)
    while (column !== 0) {
      holder[column] = holder[from[column]!]!
      column = from[column]!
    }
  }
  let sum = 0
  for (let j = 1; j <= m; j++) if (holder[j]! > 0) sum -= cost(holder[j]! - 1, j - 1)
  return sum
}
