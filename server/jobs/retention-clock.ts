/** Sees to it that what is over goes, once a day, while the server is up. */
import { applyDaily } from '../privacy/retention.ts'
import type { Database } from '../store/database.ts'

/** Milliseconds between two looks: the day changes between two of them. */
const EVERY = 30 * 60_000

/** Looks at once and then now and then; returns how to stop. `report` hears of what failed; it is tried again. */
export function startRetention(
  database: Database,
  moment: () => string,
  report: (error: unknown) => void,
  every = EVERY,
): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve()
  const look = () => {
    running = applyDaily(database, moment()).catch(report)
  }
  look()
  const timer = setInterval(look, every)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
