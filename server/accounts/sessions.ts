/** Browsers that are logged in, and programs with a token. Of either the database knows only a hash. */
import { InputError, NotFoundError } from '../errors.ts'
import { sha256 } from '../lib/hash.ts'
import { isToken, makeId, makeToken } from '../lib/secrets.ts'
import {
  deleteTokens,
  endSessions,
  findSession,
  findToken,
  readSessions,
  readTokens,
  type SessionRow,
  type TokenRow,
  touchSession,
  touchToken,
  type UserRow,
  writeSession,
  writeToken,
} from '../store/accounts.ts'
import type { Database } from '../store/database.ts'
import type { Actor, Role, Scope } from './roles.ts'

export interface Sessions {
  /** What goes into the cookie; told this once. */
  begin(user: UserRow, agent: string): Promise<string>
  /** Who comes with a cookie; null for nobody. Using a session puts off its end. */
  find(cookie: string): Promise<Actor | null>
  list(user: string): Promise<SessionRow[]>
  /** Ends one by its id, or all. Returns how many. */
  end(user: string, id?: string): Promise<number>
}

export interface Tokens {
  /** The token is told this once. `days` null: no end. */
  make(
    user: string,
    wish: { name: string; scopes: readonly Scope[]; days: number | null },
  ): Promise<{
    token: string
    row: TokenRow
  }>
  /** Who comes with a token; null for nobody. */
  find(token: string): Promise<Actor | null>
  list(user: string): Promise<TokenRow[]>
  /** Throws NotFoundError. */
  revoke(user: string, id: string): Promise<void>
}

/** Milliseconds that a session lasts without use, and in all. */
const IDLE = 14 * 86_400_000
const LONGEST = 90 * 86_400_000
/** Milliseconds between two notes of when something was used. */
const TOUCH = 5 * 60_000
const PREFIX = 'vbt_'
const TOKENS_EACH = 50

export function createSessions(
  database: Database,
  report: (error: unknown) => void,
  now: () => number = Date.now,
): Sessions {
  return {
    begin: async (user, agent) => {
      const token = makeToken()
      await writeSession(database, {
        token_hash: sha256(token),
        session_id: makeId(),
        user_id: user.user_id,
        agent: agent.slice(0, 100),
        created_ms: now(),
        seen_ms: now(),
        expires_ms: now() + IDLE,
      })
      return token
    },
    find: async cookie => {
      const found = isToken(cookie) ? await findSession(database, sha256(cookie), now()) : null
      if (!found || found.user.disabled === 1) return null
      const { session, user } = found
      if (now() - session.seen_ms > TOUCH) {
        const expires = Math.min(now() + IDLE, session.created_ms + LONGEST)
        // Nobody waits for it: an import may hold the database.
        void touchSession(database, session, now(), expires).catch(report)
      }
      return { ...toActor(user), via: 'session', sessionId: session.session_id }
    },
    list: user => readSessions(database, user, now()),
    end: (user, id) => endSessions(database, user, id === undefined ? {} : { id }),
  }
}

export function createTokens(
  database: Database,
  report: (error: unknown) => void,
  now: () => number = Date.now,
): Tokens {
  return {
    make: async (user, { name, scopes, days }) => {
      if ((await readTokens(database, user)).length >= TOKENS_EACH)
        throw new InputError(`There are ${TOKENS_EACH} tokens already`, { hint: 'Take some away first.' })
      const secret = makeToken()
      const row: TokenRow = {
        token_hash: sha256(secret),
        token_id: makeId(),
        user_id: user,
        name,
        scopes: [...new Set(scopes)].join(' '),
        created_ms: now(),
        used_ms: null,
        expires_ms: days === null ? null : now() + days * 86_400_000,
      }
      await writeToken(database, row)
      return { token: PREFIX + secret, row }
    },
    find: async given => {
      const secret = given.startsWith(PREFIX) ? given.slice(PREFIX.length) : ''
      const found = isToken(secret) ? await findToken(database, sha256(secret), now()) : null
      if (!found || found.user.disabled === 1) return null
      const { token, user } = found
      if (now() - (token.used_ms ?? 0) > TOUCH)
        void touchToken(database, token.token_hash, now()).catch(report)
      return { ...toActor(user), via: 'token', scopes: token.scopes.split(' ') as Scope[] }
    },
    list: user => readTokens(database, user),
    revoke: async (user, id) => {
      if ((await deleteTokens(database, user, id)) === 0) throw new NotFoundError('There is no such token')
    },
  }
}

function toActor({ user_id, name, role }: UserRow): Omit<Actor, 'via'> {
  return { userId: user_id, name, role: role as Role, scopes: null, sessionId: null }
}
