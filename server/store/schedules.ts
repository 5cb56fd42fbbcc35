/** Rows of app.edition_schedules: who is due, and who works at it. */
import type { Connection } from './database.ts'
import type { Row } from './schema.ts'
import { sql } from './sql.ts'

export type ScheduleRow = Row<'edition_schedules'>

const COLUMNS = [
  'schedule_id',
  'notebook',
  'inputs',
  'cron',
  'active',
  'approve',
  'keep_last',
  'keep_days',
  'exposed',
  'recipients',
  'made_at',
  'made_by',
  'next_ms',
  'lease_ms',
  'last_at',
  'last_state',
  'last_error',
] as const

/** Adds or replaces one. */
export async function writeSchedule(database: Connection, schedule: ScheduleRow): Promise<void> {
  await database.upsert('edition_schedules', COLUMNS, [schedule])
}

export function readSchedules(database: Connection, notebook: string | null): Promise<ScheduleRow[]> {
  const which = notebook === null ? sql`` : sql`where notebook = ${notebook}`
  return database.query(
    sql`select * from app.edition_schedules ${which} order by notebook, made_at, schedule_id`,
  )
}

export async function readSchedule(database: Connection, id: string): Promise<ScheduleRow | null> {
  const [row] = await database.query<ScheduleRow>(
    sql`select * from app.edition_schedules where schedule_id = ${id}`,
  )
  return row ?? null
}

export async function deleteSchedule(database: Connection, id: string): Promise<boolean> {
  return (await database.run(sql`delete from app.edition_schedules where schedule_id = ${id}`)) > 0
}

/** Those that are due and nobody works at. */
export function readDueSchedules(database: Connection, nowMs: number): Promise<ScheduleRow[]> {
  return database.query(
    sql`select * from app.edition_schedules where active = 1 and next_ms <= ${nowMs}
      and (lease_ms is null or lease_ms < ${nowMs}) order by next_ms, schedule_id`,
  )
}

/** Takes one that is due for oneself until `untilMs`. Returns false when another process was faster. */
export async function claimSchedule(
  database: Connection,
  { schedule_id, next_ms }: Pick<ScheduleRow, 'schedule_id' | 'next_ms'>,
  nowMs: number,
  untilMs: number,
): Promise<boolean> {
  const claimed = await database.run(
    sql`update app.edition_schedules set lease_ms = ${untilMs} where schedule_id = ${schedule_id} and active = 1
      and next_ms = ${next_ms} and (lease_ms is null or lease_ms < ${nowMs})`,
  )
  return claimed > 0
}

/** Goes on working at it, or (null) stops, so that it is due again. */
export async function holdSchedule(database: Connection, id: string, untilMs: number | null): Promise<void> {
  await database.run(sql`update app.edition_schedules set lease_ms = ${untilMs} where schedule_id = ${id}`)
}

export interface ScheduleOutcome {
  at: string
  /** For people; null when it went well. */
  error: string | null
  nextMs: number | null
}

/** Says how a run ended, and when the next one is due. */
export async function endSchedule(
  database: Connection,
  id: string,
  { at, error, nextMs }: ScheduleOutcome,
): Promise<void> {
  const state = error === null ? 'done' : 'failed'
  await database.run(
    sql`update app.edition_schedules set last_at = ${at}, last_state = ${state}, last_error = ${error},
      next_ms = ${nextMs}, lease_ms = ${null} where schedule_id = ${id}`,
  )
}

/** When a scheduled run of a report with these inputs failed last; null when the last one went well. */
export async function readLastFailure(
  database: Connection,
  { notebook, inputs }: Pick<ScheduleRow, 'notebook' | 'inputs'>,
): Promise<string | null> {
  const [row] = await database.query<{ at: string | null }>(
    sql`select max(last_at) as at from app.edition_schedules
      where notebook = ${notebook} and inputs = ${inputs} and active = 1 and last_state = 'failed'`,
  )
  return row?.at ?? null
}
