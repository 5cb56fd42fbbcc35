/** Times of a schedule: five fields of cron (minute, hour, day, month, weekday) in the company's time zone. */
import { Cron } from 'croner'
import { InputError } from '../errors.ts'

/** A report more often than that would be no edition. */
const SHORTEST_MS = 10 * 60_000
/** Runs looked at to find the shortest time between two. */
const LOOKED_AT = 50

/** The first time after a moment, in milliseconds; null when there is none. Throws InputError for what is no cron. */
export function nextRun(cron: string, timeZone: string, afterMs: number): number | null {
  return parse(cron, timeZone).nextRun(new Date(afterMs))?.getTime() ?? null
}

/** The next few times. Throws InputError for what is no cron, never comes, or comes too often. */
export function checkCron(cron: string, timeZone: string, nowMs: number): number[] {
  const runs = parse(cron, timeZone)
    .nextRuns(LOOKED_AT, new Date(nowMs))
    .map(run => run.getTime())
  if (runs.length === 0) throw new InputError(`“${cron}” never comes`, { hint: HINT })
  if (runs.some((run, i) => i > 0 && run - runs[i - 1]! < SHORTEST_MS))
    throw new InputError(`“${cron}” comes more often than every ${SHORTEST_MS / 60_000} minutes`, {
      hint: HINT,
    })
  return runs.slice(0, 3)
}

const HINT = 'Minute, hour, day, month, weekday: 0 9 * * 1 is every Monday at 9:00.'

function parse(cron: string, timeZone: string): Cron {
  if (cron.length > 100 || cron.trim().split(/\s+/).length !== 5)
    throw new InputError(`“${cron.slice(0, 100)}” is not a time of five fields`, { hint: HINT })
  try {
    return new Cron(cron.trim(), { timezone: timeZone, paused: true })
  } catch (cause) {
    throw new InputError(`“${cron}” can’t be read as a time`, { hint: HINT, cause })
  }
}
