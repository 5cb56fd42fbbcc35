/** Rows of app.deliveries: messages about approved editions that wait, were sent, or failed for good. */
import { randomBytes } from 'node:crypto'
import type { Connection } from './database.ts'
import type { EditionRow } from './editions.ts'
import type { Row } from './schema.ts'
import { sql } from './sql.ts'

export type DeliveryRow = Row<'deliveries'>

export interface Recipient {
  channel: 'email' | 'telegram'
  /** An address, or the number or @name of a chat. */
  to: string
}

const COLUMNS = [
  'delivery_id',
  'edition_id',
  'notebook',
  'number',
  'channel',
  'recipient',
  'share_id',
  'state',
  'tries',
  'next_ms',
  'lease_ms',
  'made_at',
  'sent_at',
  'error',
] as const

/** Queues a message for each recipient who was not told of this edition yet. Returns how many. */
export async function queueDeliveries(
  connection: Connection,
  { edition_id, notebook, number }: Pick<EditionRow, 'edition_id' | 'notebook' | 'number'>,
  recipients: readonly Recipient[],
  at: { moment: string; nowMs: number },
): Promise<number> {
  const told = await connection.query<DeliveryRow>(
    sql`select channel, recipient from app.deliveries where edition_id = ${edition_id}`,
  )
  const known = new Set(told.map(({ channel, recipient }) => `${channel} ${recipient}`))
  const rows = recipients.flatMap(({ channel, to }): DeliveryRow[] => {
    if (known.has(`${channel} ${to}`)) return []
    known.add(`${channel} ${to}`)
    return [
      {
        delivery_id: randomBytes(9).toString('base64url'),
        edition_id,
        notebook,
        number,
        channel,
        recipient: to,
        share_id: null,
        state: 'waiting',
        tries: 0,
        next_ms: at.nowMs,
        lease_ms: null,
        made_at: at.moment,
        sent_at: null,
        error: null,
      },
    ]
  })
  if (rows.length > 0) await connection.upsert('deliveries', COLUMNS, rows)
  return rows.length
}

/** To whom the schedules of a report with these inputs send its approved editions. */
export async function readRecipients(
  connection: Connection,
  { notebook, inputs }: Pick<EditionRow, 'notebook' | 'inputs'>,
): Promise<Recipient[]> {
  const rows = await connection.query<{ recipients: string }>(
    sql`select recipients from app.edition_schedules
      where notebook = ${notebook} and inputs = ${inputs} and active = 1 order by schedule_id`,
  )
  return rows.flatMap(row => JSON.parse(row.recipients) as Recipient[])
}

/** The latest first. */
export function readDeliveries(
  database: Connection,
  notebook: string | null,
  limit: number,
): Promise<DeliveryRow[]> {
  const which = notebook === null ? sql`` : sql`where notebook = ${notebook}`
  return database.query(
    sql`select * from app.deliveries ${which} order by made_at desc, number desc, delivery_id limit ${limit}`,
  )
}

export async function readDelivery(database: Connection, id: string): Promise<DeliveryRow | null> {
  const [row] = await database.query<DeliveryRow>(sql`select * from app.deliveries where delivery_id = ${id}`)
  return row ?? null
}

/** Those that are due and nobody sends. */
export function readDueDeliveries(
  database: Connection,
  nowMs: number,
  limit: number,
): Promise<DeliveryRow[]> {
  return database.query(
    sql`select * from app.deliveries where state = 'waiting' and next_ms <= ${nowMs}
      and (lease_ms is null or lease_ms < ${nowMs}) order by next_ms, delivery_id limit ${limit}`,
  )
}

/** Takes one for oneself until `untilMs`. Returns false when another process was faster. */
export async function claimDelivery(
  database: Connection,
  { delivery_id, tries }: Pick<DeliveryRow, 'delivery_id' | 'tries'>,
  nowMs: number,
  untilMs: number,
): Promise<boolean> {
  const claimed = await database.run(
    sql`update app.deliveries set lease_ms = ${untilMs} where delivery_id = ${delivery_id} and state = 'waiting'
      and tries = ${tries} and (lease_ms is null or lease_ms < ${nowMs})`,
  )
  return claimed > 0
}

/** Which link was made for it, before that is told anybody. */
export async function noteShare(database: Connection, id: string, share: string | null): Promise<void> {
  await database.run(sql`update app.deliveries set share_id = ${share} where delivery_id = ${id}`)
}

export type DeliveryOutcome = Pick<DeliveryRow, 'state' | 'tries' | 'next_ms' | 'sent_at' | 'error'>

export async function endDelivery(
  database: Connection,
  id: string,
  { state, tries, next_ms, sent_at, error }: DeliveryOutcome,
): Promise<void> {
  await database.run(
    sql`update app.deliveries set state = ${state}, tries = ${tries}, next_ms = ${next_ms}, sent_at = ${sent_at},
      error = ${error}, lease_ms = ${null} where delivery_id = ${id}`,
  )
}
