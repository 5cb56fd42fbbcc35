/** How often somebody may be wrong: a number of failures within a span, by key, kept in memory that has an end. */
export interface Attempts {
  /** Milliseconds until the next try; 0 when it may be now. */
  wait(key: string): number
  fail(key: string): void
  clear(key: string): void
}

/** Keys remembered: beyond that the oldest are forgotten. */
const KEYS = 20_000

export function createAttempts(limit: number, spanMs: number, now: () => number = Date.now): Attempts {
  const failures = new Map<string, number[]>()
  const recent = (key: string) => {
    const left = (failures.get(key) ?? []).filter(at => at > now() - spanMs)
    if (left.length === 0) failures.delete(key)
    else failures.set(key, left)
    return left
  }
  return {
    wait: key => {
      const times = recent(key)
      return times.length < limit ? 0 : times[0]! + spanMs - now()
    },
    fail: key => {
      const times = [...recent(key), now()]
      // Put last, so that the first is always the one that was wrong longest ago.
      failures.delete(key)
      failures.set(key, times.slice(-limit))
      if (failures.size > KEYS) failures.delete(failures.keys().next().value!)
    },
    clear: key => void failures.delete(key),
  }
}
