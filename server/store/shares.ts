/** Rows of app.shares and what hangs on them. */
import type { Connection, Database } from './database.ts'
import { inList } from './lists.ts'
import type { Row } from './schema.ts'
import { sql } from './sql.ts'

export type ShareRow = Row<'shares'>
export type SharePageRow = Row<'share_pages'>

const COLUMNS = [
  'share_id',
  'token_hash',
  'notebook',
  'title',
  'language',
  'mode',
  'inputs',
  'password',
  'exposed',
  'created_at',
  'expires_ms',
  'revoked_at',
  'views',
  'last_view_at',
  'edition_id',
  'downloads',
  'reader_inputs',
  'author',
] as const
const PAGE_COLUMNS = ['share_id', 'made_at', 'etag', 'policy', 'gzip', 'brotli', 'snapshot'] as const

/** Adds a share with its page (null when it is live), in one transaction. */
export async function insertShare(database: Database, share: ShareRow, page: SharePageRow | null) {
  await database.transaction(async connection => {
    await connection.upsert('shares', COLUMNS, [share])
    if (page) await connection.upsert('share_pages', PAGE_COLUMNS, [page])
  })
}

/** All shares, the newest first; revoked ones too. */
export function readShares(database: Connection): Promise<ShareRow[]> {
  return database.query(sql`select * from app.shares order by created_at desc, share_id`)
}

export async function readShare(database: Connection, id: string): Promise<ShareRow | null> {
  const [row] = await database.query<ShareRow>(sql`select * from app.shares where share_id = ${id}`)
  return row ?? null
}

export async function findShare(database: Connection, tokenHash: string): Promise<ShareRow | null> {
  const [row] = await database.query<ShareRow>(sql`select * from app.shares where token_hash = ${tokenHash}`)
  return row ?? null
}

export async function readSharePage(
  database: Connection,
  id: string,
): Promise<Omit<SharePageRow, 'snapshot'> | null> {
  const [row] = await database.query<SharePageRow>(
    sql`select share_id, made_at, etag, policy, gzip, brotli from app.share_pages where share_id = ${id}`,
  )
  return row ?? null
}

/** What a frozen share's files are made of; null where there is none. */
export async function readShareSnapshot(database: Connection, id: string): Promise<string | null> {
  const [row] = await database.query<{ snapshot: string | null }>(
    sql`select snapshot from app.share_pages where share_id = ${id}`,
  )
  return row?.snapshot ?? null
}

/** The hash of a frozen share's page; null when there is none. */
export async function readSharePageTag(database: Connection, id: string): Promise<string | null> {
  const [row] = await database.query<{ etag: string }>(
    sql`select etag from app.share_pages where share_id = ${id}`,
  )
  return row?.etag ?? null
}

/** Gives a share that is not revoked another token. Returns whether there was one. */
export async function replaceToken(database: Connection, id: string, tokenHash: string): Promise<boolean> {
  const changed = await database.run(
    sql`update app.shares set token_hash = ${tokenHash} where share_id = ${id} and revoked_at is null`,
  )
  return changed > 0
}

/** Ends shares for good: their pages go, the rows stay as a record. Returns how many were open. */
export function revokeShares(database: Database, ids: readonly string[], moment: string): Promise<number> {
  return database.transaction(async connection => {
    const which = inList(connection, ids)
    await connection.run(sql`delete from app.share_pages where share_id in ${which}`)
    return connection.run(
      sql`update app.shares set revoked_at = ${moment} where share_id in ${which} and revoked_at is null`,
    )
  })
}

export interface SeenViews {
  share: string
  /** `YYYY-MM-DD HH:MM`. */
  minute: string
  views: number
}

/** Adds views, and forgets the log of before a minute. */
export async function addViews(database: Database, seen: readonly SeenViews[], keepFrom: string) {
  await database.transaction(async connection => {
    for (const { share, minute, views } of seen) {
      await connection.run(
        sql`insert into app.share_views (share_id, minute, views) values (${share}, ${minute}, ${views})
          on conflict (share_id, minute) do update set views = share_views.views + excluded.views`,
      )
      await connection.run(
        sql`update app.shares set views = views + ${views}, last_view_at = ${`${minute}:00`} where share_id = ${share}`,
      )
    }
    await connection.run(sql`delete from app.share_views where minute < ${keepFrom}`)
  })
}

/** When a share was looked at, the latest first. */
export function readViews(
  database: Connection,
  id: string,
  limit: number,
): Promise<{ minute: string; views: number }[]> {
  return database.query(
    sql`select minute, views from app.share_views where share_id = ${id} order by minute desc limit ${limit}`,
  )
}
