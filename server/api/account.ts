/** What a person does with their own account: name, password, sessions, tokens. */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { atLeast, type Role, roleOfScope, type Scope, scopes } from '../accounts/roles.ts'
import { ConflictError, ForbiddenError, InputError, TooManyError } from '../errors.ts'
import { checkPassword } from '../lib/secrets.ts'
import type { SessionRow, TokenRow, UserRow } from '../store/accounts.ts'
import { createAttempts } from './attempts.ts'
import type { Account, AccountSession, ApiToken, ApiTokenMade } from './contract.ts'
import type { AppParts } from './parts.ts'
import { readBody, readId } from './reading.ts'
import { forgetCookie, toUser } from './session.ts'

const password = z.string().max(1000)
const nameSchema = z.strictObject({ name: z.string().max(200) })
const passwordSchema = z.strictObject({ current: password.nullable().default(null), password })
const tokenSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(z.enum(scopes)).min(1).max(scopes.length),
  days: z.number().int().min(1).max(3660).nullable().default(90),
})

const TRIES = 10
const SPAN = 15 * 60_000

export function accountRoutes(parts: AppParts): Hono {
  const { users, sessions, tokens, audit } = parts.accounts
  const attempts = createAttempts(TRIES, SPAN)
  const routes = new Hono()
  routes.get('/', async c => {
    const user = await users.get(ownId(c))
    const [open, own] = await Promise.all([sessions.list(user.user_id), tokens.list(user.user_id)])
    const account: Account = {
      user: toUser(user),
      hasPassword: user.password !== null,
      sessions: open.map(row => toSession(row, c.var.actor.sessionId)),
      tokens: own.map(row => toToken(row, Date.now())),
      scopes: scopesOf(user),
    }
    return c.json(account)
  })
  routes.patch('/', async c => {
    const { name } = await readBody(c, nameSchema)
    const user = await users.change(ownId(c), { name })
    audit.record('user_changed', c.var.actor, user.user_id)
    return c.json(toUser(user))
  })
  routes.post('/password', async c => {
    const { current, password } = await readBody(c, passwordSchema)
    const user = await users.get(ownId(c))
    if (user.password !== null) {
      if (attempts.wait(user.user_id) > 0)
        throw new TooManyError('Too many wrong passwords', { hint: 'Try again in a quarter of an hour.' })
      attempts.fail(user.user_id)
      if (!(await checkPassword(current ?? '', user.password)))
        throw new InputError('The current password is another')
      attempts.clear(user.user_id)
    }
    await users.setPassword(user.user_id, password, c.var.actor.sessionId ?? undefined)
    audit.record('password_set', c.var.actor, user.user_id)
    return c.body(null, 204)
  })
  routes.delete('/sessions', async c => {
    const ended = await sessions.end(ownId(c))
    audit.record('sessions_ended', c.var.actor, ownId(c), { count: ended })
    forgetCookie(c, parts)
    return c.json({ ended })
  })
  routes.delete('/sessions/:id', async c => {
    const ended = await sessions.end(ownId(c), readId(c, 'id'))
    audit.record('sessions_ended', c.var.actor, ownId(c), { count: ended })
    return c.json({ ended })
  })
  routes.post('/tokens', async c => {
    const wish = await readBody(c, tokenSchema)
    const user = await users.get(ownId(c))
    const beyond = wish.scopes.filter(scope => !scopesOf(user).includes(scope))
    if (beyond.length > 0)
      throw new ForbiddenError(`Your role does not reach as far as: ${beyond.join(', ')}`, {
        hint: 'Choose fewer scopes.',
      })
    const { token, row } = await tokens.make(user.user_id, wish)
    audit.record('token_made', c.var.actor, row.token_id, { scopes: row.scopes })
    const made: ApiTokenMade = { token, record: toToken(row, Date.now()) }
    return c.json(made, 201)
  })
  routes.delete('/tokens/:id', async c => {
    const id = readId(c, 'id')
    await tokens.revoke(ownId(c), id)
    audit.record('token_revoked', c.var.actor, id)
    return c.body(null, 204)
  })
  return routes
}

/** Throws ConflictError where nobody logs in. */
function ownId(c: Context): string {
  const { userId } = c.var.actor
  if (userId === null) throw new ConflictError('Nobody logs in here, so there is no account')
  return userId
}

const scopesOf = ({ role }: UserRow): Scope[] =>
  scopes.filter(scope => atLeast(role as Role, roleOfScope[scope]))

const moment = (ms: number) => new Date(ms).toISOString()

function toSession(
  { session_id, agent, created_ms, seen_ms }: SessionRow,
  own: string | null,
): AccountSession {
  return {
    id: session_id,
    agent,
    createdAt: moment(created_ms),
    seenAt: moment(seen_ms),
    current: session_id === own,
  }
}

function toToken(
  { token_id, name, scopes, created_ms, used_ms, expires_ms }: TokenRow,
  now: number,
): ApiToken {
  return {
    id: token_id,
    name,
    scopes: scopes.split(' ') as Scope[],
    createdAt: moment(created_ms),
    usedAt: used_ms === null ? null : moment(used_ms),
    expiresAt: expires_ms === null ? null : moment(expires_ms),
    ended: expires_ms !== null && expires_ms <= now,
  }
}
