/** What benchmarks share: the row they report, and a timer with warm-up and a median. */
export interface BenchRow {
  name: string
  value: number
  unit: string
  /** `at least` or `at most` the number it is held to; null when the row is for comparison only. */
  aim: { kind: 'min' | 'max'; value: number } | null
}

/** The middle of some numbers (the mean of the two middle ones). */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Median milliseconds of `times` runs after `warmUp` unmeasured ones. */
export async function time(work: () => unknown, { times = 5, warmUp = 1 } = {}): Promise<number> {
  for (let i = 0; i < warmUp; i++) await work()
  const taken: number[] = []
  for (let i = 0; i < times; i++) {
    const start = performance.now()
    await work()
    taken.push(performance.now() - start)
  }
  return median(taken)
}

/** Whether a row meets its aim; rows without one always do. */
export function meets(row: BenchRow): boolean {
  if (!row.aim) return true
  return row.aim.kind === 'min' ? row.value >= row.aim.value : row.value <= row.aim.value
}
