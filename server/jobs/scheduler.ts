/**
 * The clock of editions: looks now and then which schedules are due and queues their editions. A due time is passed only in
 * the transaction in which its edition appears, or when its run failed: what was missed while the server was down, or killed
 * with it, is made once when it is up again. Several servers over one database take turns by leases.
 */
import { CancelledError, VerbatimError } from '../errors.ts'
import type { Database } from '../store/database.ts'
import {
  claimSchedule,
  endSchedule,
  holdSchedule,
  readDueSchedules,
  readSchedule,
  type ScheduleRow,
} from '../store/schedules.ts'
import { nextRun } from './cron.ts'
import type { EditionTask } from './edition-task.ts'
import type { JobQueue } from './queue.ts'

export interface SchedulerParts {
  database: Database
  jobs: JobQueue
  /** What belongs to every task of this server. */
  base: Pick<EditionTask, 'settings' | 'folders' | 'timeZone' | 'currency' | 'rates' | 'llm' | 'evidence'>
  /** What the job is called. */
  titleOf(schedule: ScheduleRow): string
  moment(): string
  now(): number
  closing: AbortSignal
  report(error: unknown): void
  /** Told after each edition that was made or failed. */
  ended?(): void
}

export interface Scheduler {
  /** Queues what is due; resolves when all of it has ended. */
  tick(): Promise<void>
  /** Runs one now, due or not. Resolves when it has ended. Throws what making the edition threw. */
  runNow(schedule: ScheduleRow, actor: string | null): Promise<unknown>
  close(): void
}

/** Milliseconds between two looks, and for which one is held: a process that died holds it no longer than that. */
const EVERY = 20_000
const LEASE = 60_000

export function createScheduler(parts: SchedulerParts, every = EVERY): Scheduler {
  const { database, jobs, base, now } = parts
  const make = async (schedule: ScheduleRow, cause: 'hand' | 'schedule', actor: string | null) => {
    const { schedule_id: id, notebook } = schedule
    const nextMs = nextRun(schedule.cron, base.timeZone, now())
    const task: EditionTask = {
      ...base,
      kind: 'edition',
      request: {
        notebook,
        values: JSON.parse(schedule.inputs),
        cause,
        confirmed: JSON.parse(schedule.exposed),
        approve: schedule.approve === 1,
        actor,
      },
      schedule: { id, nextMs, keepLast: schedule.keep_last, keepDays: schedule.keep_days },
    }
    const hold = setInterval(
      () => void holdSchedule(database, id, now() + LEASE).catch(parts.report),
      LEASE / 3,
    )
    hold.unref()
    try {
      return await jobs.add(parts.titleOf(schedule), task).done
    } catch (error) {
      clearInterval(hold)
      if (error instanceof CancelledError && parts.closing.aborted) await holdSchedule(database, id, null)
      else await endSchedule(database, id, { at: parts.moment(), error: messageOf(error), nextMs })
      throw error
    } finally {
      clearInterval(hold)
      parts.ended?.()
    }
  }
  const tick = async () => {
    const due = await readDueSchedules(database, now())
    const claimed: Promise<unknown>[] = []
    for (const schedule of due)
      if (await claimSchedule(database, schedule, now(), now() + LEASE))
        // What went wrong stands with the schedule.
        claimed.push(make(schedule, 'schedule', null).catch(() => {}))
    await Promise.all(claimed)
  }
  const look = () => void tick().catch(parts.report)
  const timer = setInterval(look, every)
  timer.unref()
  return {
    tick,
    runNow: async (schedule, actor) => {
      const fresh = (await readSchedule(database, schedule.schedule_id)) ?? schedule
      await holdSchedule(database, fresh.schedule_id, now() + LEASE)
      return make(fresh, 'hand', actor)
    },
    close: () => clearInterval(timer),
  }
}

/** A fault in words for people; of a programmer's fault nothing is told. */
export function messageOf(error: unknown): string {
  if (!(error instanceof VerbatimError)) return 'Internal error'
  return (error.hint ? `${error.message}. ${error.hint}` : error.message).slice(0, 1000)
}
