/**
 * How long each kind of data is kept, and what goes when its time is over. What goes are words and contacts; numbers stay: a
 * conversation without its words is still counted, and so is what was found in it.
 */
import { z } from 'zod'
import { addDays } from '../lib/dates.ts'
import type { Connection, Database } from '../store/database.ts'
import { writeRemoval } from '../store/removals.ts'
import { readSetting, writeSetting } from '../store/settings.ts'
import { type Sql, sql } from '../store/sql.ts'

export const retainedKinds = ['recordings', 'calls', 'chats', 'visits', 'contacts', 'rejects'] as const
export type RetainedKind = (typeof retainedKinds)[number]
/** Days that each kind is kept; null: without end. */
export type Retention = Record<RetainedKind, number | null>

/** A day is too short for anybody to see what came; a century is no limit. */
export const daysSchema = z.number().int().min(7).max(36_500).nullable()
const retentionSchema = z.object(
  Object.fromEntries(retainedKinds.map(kind => [kind, daysSchema.default(null)])) as Record<
    RetainedKind,
    z.ZodDefault<typeof daysSchema>
  >,
)
const SETTING = 'retention'
const DONE = 'retention_done'

export async function readRetention(connection: Connection): Promise<Retention> {
  const kept = JSON.parse((await readSetting(connection, SETTING)) ?? '{}') as unknown
  return retentionSchema.parse(kept)
}

export async function writeRetention(connection: Connection, retention: Retention): Promise<void> {
  await writeSetting(connection, SETTING, JSON.stringify(retention))
}

const older = (
  day: string,
) => sql`select conversation_id from conversations c where c.client_id = t.client_id and c.conversation_id = t.conversation_id
  and c.day < ${day}`

/** What of a kind is over, as the statement that would remove it; `day` is the first one that is kept. */
const steps: Record<RetainedKind, (day: string, count: boolean) => Sql[]> = {
  recordings: (day, count) => [
    count
      ? sql`select count(*) as n from conversations where recording is not null and day < ${day}`
      : sql`update conversations set recording = null where recording is not null and day < ${day}`,
    count
      ? sql`select count(*) as n from app.recordings where done_at < ${day}`
      : sql`delete from app.recordings where done_at < ${day}`,
  ],
  calls: (day, count) => [words(sql`exists (${older(day)} and c.kind = 'call')`, count)],
  chats: (day, count) => [words(sql`exists (${older(day)} and c.kind <> 'call')`, count)],
  visits: (day, count) => [
    count
      ? sql`select count(*) as n from visits where day < ${day}`
      : sql`delete from visits where day < ${day}`,
  ],
  contacts: (day, count) => {
    // Of clients who have not been heard of since.
    const silent = sql`client_id not in (select client_id from deals where day >= ${day})
      and client_id not in (select client_id from conversations where day >= ${day})
      and client_id not in (select client_id from visits where day >= ${day})`
    return [
      count
        ? sql`select count(*) as n from app.client_contacts where ${silent}`
        : sql`delete from app.client_contacts where ${silent}`,
    ]
  },
  rejects: (day, count) => [
    count
      ? sql`select count(*) as n from rejects where made_at < ${day}`
      : sql`delete from rejects where made_at < ${day}`,
  ],
}

/** The turns of conversations; a table's name first, since the store tells by it which table changes. */
function words(where: Sql, count: boolean): Sql {
  return count
    ? sql`select count(*) as n from utterances as t where ${where}`
    : sql`delete from utterances as t where ${where}`
}

/** What would go today, by kind; kinds without a limit are left out. */
export async function previewRetention(
  connection: Connection,
  retention: Retention,
  today: string,
): Promise<Partial<Record<RetainedKind, number>>> {
  const counts: Partial<Record<RetainedKind, number>> = {}
  for (const kind of retainedKinds) {
    const days = retention[kind]
    if (days === null) continue
    let sum = 0
    for (const step of steps[kind](addDays(today, -days), true)) {
      const [row] = await connection.query<{ n: number }>(step)
      sum += row!.n
    }
    counts[kind] = sum
  }
  return counts
}

/** Removes what is over, in one transaction, and writes it into the book of removals. Returns what went. */
export async function applyRetention(
  database: Database,
  { moment, author }: { moment: string; author: string | null },
): Promise<Partial<Record<RetainedKind, number>>> {
  const today = moment.slice(0, 10)
  return database.transaction(async connection => {
    const retention = await readRetention(connection)
    const counts: Partial<Record<RetainedKind, number>> = {}
    for (const kind of retainedKinds) {
      const days = retention[kind]
      if (days === null) continue
      let sum = 0
      for (const step of steps[kind](addDays(today, -days), false)) sum += await connection.run(step)
      if (sum > 0) counts[kind] = sum
    }
    if (Object.keys(counts).length > 0) {
      const id = `retention:${moment}`
      const row = { removal_id: id, kind: 'retention', state: 'done', client_id: null, alias: null, author }
      await writeRemoval(connection, {
        ...row,
        made_at: moment,
        finished_at: moment,
        counts: JSON.stringify(counts),
      })
    }
    await writeSetting(connection, DONE, today)
    return counts
  })
}

/** Applies it once a day. Returns what went, null when today's turn is over or nothing has a limit. */
export async function applyDaily(
  database: Database,
  moment: string,
): Promise<Partial<Record<RetainedKind, number>> | null> {
  const limited = Object.values(await readRetention(database)).some(days => days !== null)
  if (!limited || (await readSetting(database, DONE)) === moment.slice(0, 10)) return null
  return applyRetention(database, { moment, author: null })
}
