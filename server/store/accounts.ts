/** Rows of people who log in, and of their sessions, tokens and links. */
import type { Connection, Database } from './database.ts'
import type { Row } from './schema.ts'
import { type Sql, sql } from './sql.ts'

export type UserRow = Row<'users'>
export type SessionRow = Row<'sessions'>
export type TokenRow = Row<'api_tokens'>
export type LinkRow = Row<'account_links'>

const USER = [
  'user_id',
  'login',
  'name',
  'role',
  'password',
  'subject',
  'disabled',
  'created_ms',
  'seen_ms',
] as const
const SESSION = [
  'token_hash',
  'session_id',
  'user_id',
  'agent',
  'created_ms',
  'seen_ms',
  'expires_ms',
] as const
const TOKEN = [
  'token_hash',
  'token_id',
  'user_id',
  'name',
  'scopes',
  'created_ms',
  'used_ms',
  'expires_ms',
] as const
const LINK = ['token_hash', 'user_id', 'kind', 'expires_ms'] as const

/** By name. */
export function readUsers(database: Connection): Promise<UserRow[]> {
  return database.query(sql`select * from app.users order by name, login`)
}

async function readUser(database: Connection, where: Sql): Promise<UserRow | null> {
  const [row] = await database.query<UserRow>(sql`select * from app.users where ${where}`)
  return row ?? null
}
export const readUserById = (database: Connection, id: string) => readUser(database, sql`user_id = ${id}`)
export const readUserByLogin = (database: Connection, login: string) =>
  readUser(database, sql`login = ${login}`)
export const readUserBySubject = (database: Connection, subject: string) =>
  readUser(database, sql`subject = ${subject}`)

/** Adds a user, or sets what is known of one anew. */
export async function writeUser(database: Connection, user: UserRow): Promise<void> {
  await database.upsert('users', USER, [user])
}

/** People who could administer now. */
export async function countAdministrators(database: Connection): Promise<number> {
  const [row] = await database.query<{ n: number }>(
    sql`select count(*) as n from app.users where role = 'administrator' and disabled = 0`,
  )
  return row!.n
}

export async function writeSession(database: Database, session: SessionRow): Promise<void> {
  await database.transaction(async connection => {
    await connection.run(sql`delete from app.sessions where expires_ms <= ${session.created_ms}`)
    await connection.upsert('sessions', SESSION, [session])
  })
}

/** A session that has not ended, with its user. */
export async function findSession(
  database: Connection,
  tokenHash: string,
  now: number,
): Promise<{ session: SessionRow; user: UserRow } | null> {
  const [session] = await database.query<SessionRow>(
    sql`select * from app.sessions where token_hash = ${tokenHash} and expires_ms > ${now}`,
  )
  const user = session ? await readUserById(database, session.user_id) : null
  return session && user ? { session, user } : null
}

/** The latest seen first. */
export function readSessions(database: Connection, user: string, now: number): Promise<SessionRow[]> {
  return database.query(
    sql`select * from app.sessions where user_id = ${user} and expires_ms > ${now} order by seen_ms desc, session_id`,
  )
}

export async function touchSession(database: Database, session: SessionRow, now: number, expires: number) {
  await database.transaction(async connection => {
    await connection.run(
      sql`update app.sessions set seen_ms = ${now}, expires_ms = ${expires} where token_hash = ${session.token_hash}`,
    )
    await connection.run(sql`update app.users set seen_ms = ${now} where user_id = ${session.user_id}`)
  })
}

/** Ends sessions of a user: one by its id, or all but one, or all. Returns how many. */
export function endSessions(
  database: Connection,
  user: string,
  which: { id?: string; except?: string } = {},
): Promise<number> {
  const { id, except } = which
  const narrower =
    id !== undefined
      ? sql` and session_id = ${id}`
      : except !== undefined
        ? sql` and session_id <> ${except}`
        : sql``
  return database.run(sql`delete from app.sessions where user_id = ${user}${narrower}`)
}

export async function writeToken(database: Connection, token: TokenRow): Promise<void> {
  await database.upsert('api_tokens', TOKEN, [token])
}

/** A token that has not ended, with its user. */
export async function findToken(
  database: Connection,
  tokenHash: string,
  now: number,
): Promise<{ token: TokenRow; user: UserRow } | null> {
  const [token] = await database.query<TokenRow>(
    sql`select * from app.api_tokens where token_hash = ${tokenHash}
      and (expires_ms is null or expires_ms > ${now})`,
  )
  const user = token ? await readUserById(database, token.user_id) : null
  return token && user ? { token, user } : null
}

/** The newest first; ended ones too. */
export function readTokens(database: Connection, user: string): Promise<TokenRow[]> {
  return database.query(
    sql`select * from app.api_tokens where user_id = ${user} order by created_ms desc, token_id`,
  )
}

export async function touchToken(database: Connection, tokenHash: string, now: number): Promise<void> {
  await database.run(sql`update app.api_tokens set used_ms = ${now} where token_hash = ${tokenHash}`)
}

/** Takes a token of a user away; all of them without an id. Returns how many. */
export function deleteTokens(database: Connection, user: string, id?: string): Promise<number> {
  return database.run(
    sql`delete from app.api_tokens where user_id = ${user}${id === undefined ? sql`` : sql` and token_id = ${id}`}`,
  )
}

/** Puts a link in the place of those that its user has. */
export async function replaceLink(database: Database, link: LinkRow): Promise<void> {
  await database.transaction(async connection => {
    await deleteLinks(connection, link.user_id)
    await connection.upsert('account_links', LINK, [link])
  })
}

/** A link that has not ended, with its user. */
export async function findLink(
  database: Connection,
  tokenHash: string,
  now: number,
): Promise<{ link: LinkRow; user: UserRow } | null> {
  const [link] = await database.query<LinkRow>(
    sql`select * from app.account_links where token_hash = ${tokenHash} and expires_ms > ${now}`,
  )
  const user = link ? await readUserById(database, link.user_id) : null
  return link && user ? { link, user } : null
}

/** Returns how many there were. */
export function deleteLinks(database: Connection, user: string): Promise<number> {
  return database.run(sql`delete from app.account_links where user_id = ${user}`)
}
