/** Logging in and out, by password or by the link of an invitation or a reset. Wrong passwords cost time, then a pause. */
import { type Context, Hono } from 'hono'
import { deleteCookie, setCookie } from 'hono/cookie'
import { z } from 'zod'
import type { Actor, Role } from '../accounts/roles.ts'
import { AuthenticationError, ConflictError, NotFoundError, TooManyError } from '../errors.ts'
import { sha256 } from '../lib/hash.ts'
import { checkPassword } from '../lib/secrets.ts'
import type { UserRow } from '../store/accounts.ts'
import { cookieName, findActor } from './access.ts'
import { type Attempts, createAttempts } from './attempts.ts'
import type { AccountLink, Session, User } from './contract.ts'
import type { AppParts } from './parts.ts'
import { isSecure, needsLogin, peerOf } from './reach.ts'
import { readBody } from './reading.ts'

const password = z.string().max(1000)
const loginSchema = z.strictObject({ login: z.string().max(200), password })
const linkSchema = z.strictObject({ token: z.string().max(100) })
const useSchema = linkSchema.extend({ password })

/** Wrong passwords of one user, and from one address, within a quarter of an hour. */
const TRIES = 10
const TRIES_OF_PEER = 50
const SPAN = 15 * 60_000
/** Seconds that a browser keeps the cookie; the session itself may end before. */
const COOKIE_AGE = 90 * 86_400

export function sessionRoutes(parts: AppParts): Hono {
  const { config, accounts } = parts
  const { users, audit } = accounts
  const byUser = createAttempts(TRIES, SPAN)
  const byPeer = createAttempts(TRIES_OF_PEER, SPAN)
  const routes = new Hono()

  routes.get('/', async c => c.json(await describe(c, parts)))
  routes.post('/', async c => {
    requireLogin(parts)
    const given = await readBody(c, loginSchema)
    const user = await users.byLogin(given.login).catch(ignoreMissing)
    const key = user?.user_id ?? sha256(given.login)
    const peer = peerOf(c)
    refuseTooMany(byUser, key)
    refuseTooMany(byPeer, peer)
    // Counted before it is checked, so that many at once get no further than one after another.
    byUser.fail(key)
    const right = await checkPassword(given.password, user?.disabled === 0 ? user.password : null)
    if (!user || !right) {
      byPeer.fail(peer)
      audit.record('login_failed', null, user?.user_id ?? null)
      if (byUser.wait(key) > 0) audit.record('locked_out', null, user?.user_id ?? null)
      throw new AuthenticationError('E-mail and password don’t go together')
    }
    byUser.clear(key)
    await logIn(c, parts, user, 'password')
    return c.json(await describeUser(parts, user))
  })
  routes.delete('/', async c => {
    requireLogin(parts)
    const actor = await findActor(c, config, accounts)
    if (actor?.userId && actor.sessionId) {
      await accounts.sessions.end(actor.userId, actor.sessionId)
      audit.record('logout', actor)
    }
    forgetCookie(c, parts)
    return c.json({ ...(await describe(c, parts)), user: null, role: null })
  })
  routes.post('/link', async c => {
    requireLogin(parts)
    const { token } = await readBody(c, linkSchema)
    const { user, kind } = await tryLink(c, () => users.readLink(token))
    const link: AccountLink = { kind: kind as AccountLink['kind'], login: user.login, name: user.name }
    return c.json(link)
  })
  routes.post('/link/use', async c => {
    requireLogin(parts)
    const { token, password } = await readBody(c, useSchema)
    await tryLink(c, () => users.readLink(token))
    const user = await users.useLink(token, password)
    byUser.clear(user.user_id)
    audit.record('password_set', { ...actorOf(user), via: 'session' }, user.user_id, { mode: 'link' })
    await logIn(c, parts, user, 'link')
    return c.json(await describeUser(parts, user))
  })

  /** Guessing 192 bits is hopeless; this keeps those who try from asking the database for ever. */
  async function tryLink<T>(c: Context, work: () => Promise<T>): Promise<T> {
    const peer = peerOf(c)
    refuseTooMany(byPeer, peer)
    return work().catch((error: unknown) => {
      byPeer.fail(peer)
      throw error
    })
  }
  return routes
}

/** Begins a session of a user in the browser that asks. */
export async function logIn(
  c: Context,
  { config, accounts }: Pick<AppParts, 'config' | 'accounts'>,
  user: UserRow,
  mode: 'password' | 'link' | 'oidc',
): Promise<void> {
  const secure = isSecure(c, config)
  const token = await accounts.sessions.begin(user, describeAgent(c.req.header('user-agent')))
  setCookie(c, cookieName(secure), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'Strict',
    secure,
    maxAge: COOKIE_AGE,
  })
  accounts.audit.record('login', { ...actorOf(user), via: 'session' }, null, { mode })
}

export function forgetCookie(c: Context, { config }: Pick<AppParts, 'config'>): void {
  const secure = isSecure(c, config)
  deleteCookie(c, cookieName(secure), { path: '/', secure })
}

export function toUser({ user_id, login, name, role }: UserRow): User {
  return { id: user_id, login, name, role: role as Role }
}

function actorOf({ user_id, name, role }: UserRow): Omit<Actor, 'via'> {
  return { userId: user_id, name, role: role as Role, scopes: null, sessionId: null }
}

async function describe(c: Context, parts: AppParts): Promise<Session> {
  const { config, accounts } = parts
  const actor = await findActor(c, config, accounts)
  if (actor?.userId) return describeUser(parts, await accounts.users.get(actor.userId))
  return {
    login: needsLogin(config),
    user: null,
    role: actor?.role ?? null,
    provider: config.oidc?.name ?? null,
  }
}

async function describeUser({ config }: AppParts, user: UserRow): Promise<Session> {
  return { login: true, user: toUser(user), role: user.role as Role, provider: config.oidc?.name ?? null }
}

function requireLogin({ config }: AppParts): void {
  if (needsLogin(config)) return
  throw new ConflictError('Nobody logs in here: only this machine reaches it', {
    hint: 'VERBATIM_LOGIN=always asks for a login all the same.',
  })
}

function refuseTooMany(attempts: Attempts, key: string): void {
  const seconds = Math.ceil(attempts.wait(key) / 1000)
  if (seconds > 0)
    throw new TooManyError('Too many attempts', {
      hint: `Try again in ${Math.ceil(seconds / 60)} min.`,
      details: { seconds },
    })
}

function ignoreMissing(error: unknown): null {
  if (error instanceof NotFoundError) return null
  throw error
}

const BROWSERS = ['Edg', 'OPR', 'YaBrowser', 'Firefox', 'Chrome', 'Safari'] as const
const NAMES: Partial<Record<string, string>> = { Edg: 'Edge', OPR: 'Opera', YaBrowser: 'Yandex Browser' }
const SYSTEMS = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS', 'Linux'] as const

/** «Firefox, Windows»: enough to tell one's devices apart, and no more. */
export function describeAgent(agent = ''): string {
  const browser = BROWSERS.find(name => agent.includes(`${name}/`))
  const system = SYSTEMS.find(name => agent.includes(name))
  return [browser && (NAMES[browser] ?? browser), system].filter(Boolean).join(', ')
}
