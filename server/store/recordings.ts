/** Rows of app.recordings: what was transcribed, so that no file is sent twice. */
import type { Connection } from './database.ts'
import type { Row } from './schema.ts'
import { sql } from './sql.ts'

/** The channels of a recording that were transcribed; `transcript` is null once it was imported. */
export function readRecording(
  connection: Connection,
  hash: string,
): Promise<Pick<Row<'recordings'>, 'channel' | 'transcript'>[]> {
  return connection.query(
    sql`select channel, transcript from app.recordings where recording_hash = ${hash} order by channel`,
  )
}

/** Keeps a channel's transcript until it is imported. */
export async function writeRecording(connection: Connection, row: Row<'recordings'>): Promise<void> {
  await connection.upsert(
    'recordings',
    ['recording_hash', 'channel', 'model', 'done_at', 'transcript'],
    [row],
  )
}

/** The recording was imported: that it was is remembered, its words are kept with the facts alone. */
export async function endRecording(connection: Connection, hash: string): Promise<void> {
  await connection.run(sql`update app.recordings set transcript = null where recording_hash = ${hash}`)
}
