/**
 * How alike two divisions of the same things are: 1 the same, 0 as alike as chance makes them. Source: L. Hubert and
 * P. Arabie, “Comparing partitions”, Journal of Classification 2 (1985).
 */
export function adjustedRand(a: readonly string[], b: readonly string[]): number {
  const pairs = (n: number) => (n * (n - 1)) / 2
  const sumOf = (keys: readonly string[]) =>
    [...Map.groupBy(keys, key => key).values()].reduce((sum, group) => sum + pairs(group.length), 0)
  const both = sumOf(a.map((key, i) => JSON.stringify([key, b[i]])))
  const [ofA, ofB] = [sumOf(a), sumOf(b)]
  const expected = (ofA * ofB) / pairs(a.length)
  return (both - expected) / ((ofA + ofB) / 2 - expected)
}
