/** Schedules of editions: made, changed and ended by people. */
import { randomBytes } from 'node:crypto'
import { NotFoundError } from '../errors.ts'
import type { Library } from '../notebook/library.ts'
import { inputsKey } from '../report/editions.ts'
import type { Exposure } from '../report/exposure.ts'
import type { Shares } from '../report/shares.ts'
import type { Database } from '../store/database.ts'
import type { Recipient } from '../store/deliveries.ts'
import {
  deleteSchedule,
  readSchedule,
  readSchedules,
  type ScheduleRow,
  writeSchedule,
} from '../store/schedules.ts'
import { checkCron, nextRun } from './cron.ts'

export interface SchedulesParts {
  database: Database
  library: Library
  shares: Pick<Shares, 'check'>
  timeZone: string
  moment(): string
  now(): number
}

export interface ScheduleRequest {
  notebook: string
  /** Texts of inputs by name; unknown names are left out. */
  values: Readonly<Record<string, string>>
  /** Five fields, in the company's time zone. */
  cron: string
  active: boolean
  /** Whether its editions are approved at once. */
  approve: boolean
  keepLast: number | null
  keepDays: number | null
  recipients: readonly Recipient[]
  /** Whether its author has seen what raw personal data is on the page and wants it there. */
  confirmed: boolean
  actor: string | null
}

export interface Schedules {
  list(notebook: string | null): Promise<ScheduleRow[]>
  /** Throws NotFoundError. */
  get(id: string): Promise<ScheduleRow>
  /** Runs the report once, to see what would be told. Throws InputError, NotFoundError; ConflictError for raw data. */
  create(request: ScheduleRequest, signal: AbortSignal): Promise<ScheduleRow>
  /** Changes what is given. Throws NotFoundError, InputError. */
  change(
    id: string,
    change: Partial<Omit<ScheduleRequest, 'notebook' | 'values' | 'confirmed' | 'actor'>>,
  ): Promise<ScheduleRow>
  remove(id: string): Promise<void>
}

export function createSchedules({
  database,
  library,
  shares,
  timeZone,
  moment,
  now,
}: SchedulesParts): Schedules {
  const get = async (id: string): Promise<ScheduleRow> => {
    const found = await readSchedule(database, id)
    if (found) return found
    throw new NotFoundError(`There is no schedule “${id.slice(0, 100)}”`)
  }
  return {
    list: notebook => readSchedules(database, notebook),
    get,
    create: async (request, signal) => {
      const { notebook, values, cron } = request
      checkCron(cron, timeZone, now())
      const inputs = inputsKey(await library.get(notebook), values)
      const exposure: Exposure = await shares.check(
        { notebook, values, confirmed: request.confirmed },
        signal,
      )
      const schedule: ScheduleRow = {
        schedule_id: randomBytes(9).toString('base64url'),
        notebook,
        inputs,
        cron: cron.trim(),
        active: request.active ? 1 : 0,
        approve: request.approve ? 1 : 0,
        keep_last: request.keepLast,
        keep_days: request.keepDays,
        exposed: JSON.stringify(exposure),
        recipients: JSON.stringify(request.recipients),
        made_at: moment(),
        made_by: request.actor,
        next_ms: nextRun(cron, timeZone, now()),
        lease_ms: null,
        last_at: null,
        last_state: null,
        last_error: null,
      }
      await writeSchedule(database, schedule)
      return schedule
    },
    change: async (id, { cron, active, approve, keepLast, keepDays, recipients }) => {
      const before = await get(id)
      if (cron !== undefined) checkCron(cron, timeZone, now())
      // One that rested must not make up for what it slept through.
      const anew = cron !== undefined || (active === true && before.active === 0)
      const schedule: ScheduleRow = {
        ...before,
        ...(cron !== undefined && { cron: cron.trim() }),
        ...(active !== undefined && { active: active ? 1 : 0 }),
        ...(approve !== undefined && { approve: approve ? 1 : 0 }),
        ...(keepLast !== undefined && { keep_last: keepLast }),
        ...(keepDays !== undefined && { keep_days: keepDays }),
        ...(recipients !== undefined && { recipients: JSON.stringify(recipients) }),
        ...(anew && { next_ms: nextRun(cron ?? before.cron, timeZone, now()) }),
      }
      await writeSchedule(database, schedule)
      return schedule
    },
    remove: async id => {
      if (!(await deleteSchedule(database, id))) await get(id)
    },
  }
}
