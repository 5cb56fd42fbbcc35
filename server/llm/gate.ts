/** Lets so many through at once; the rest wait in line. */
export type Gate = <T>(work: () => Promise<T>) => Promise<T>

export function createGate(width: number): Gate {
  let inside = 0
  const waiting: (() => void)[] = []
  return async work => {
    if (inside >= width) await new Promise<void>(resolve => waiting.push(resolve))
    else inside++
    try {
      return await work()
    } finally {
      // Whoever waits takes the place over, so that nobody slips in between.
      const next = waiting.shift()
      if (next) next()
      else inside--
    }
  }
}
