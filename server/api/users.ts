/** People who may come in, for administrators. */
import { Hono } from 'hono'
import { z } from 'zod'
import { roles } from '../accounts/roles.ts'
import type { UserRow } from '../store/accounts.ts'
import type { UserLink, UserRecord } from './contract.ts'
import type { AppParts } from './parts.ts'
import { readBody, readId } from './reading.ts'
import { toUser } from './session.ts'

const role = z.enum(roles)
const newSchema = z.strictObject({
  login: z.string().max(300),
  name: z.string().max(200).default(''),
  role: role.default('viewer'),
})
const changeSchema = z.strictObject({
  name: z.string().max(200).optional(),
  role: role.optional(),
  disabled: z.boolean().optional(),
})

export function userRoutes({ accounts }: AppParts): Hono {
  const { users, sessions, audit } = accounts
  const link = async (user: UserRow): Promise<UserLink> => {
    const { token, expiresMs } = await users.makeLink(user.user_id)
    return {
      user: toRecord(user),
      path: `/join#${token}`,
      expiresAt: new Date(expiresMs).toISOString(),
    }
  }
  return new Hono()
    .get('/', async c => c.json((await users.list()).map(toRecord)))
    .post('/', async c => {
      const { login, name, role } = await readBody(c, newSchema)
      const user = await users.add({ login, name: name.trim() || login.split('@')[0]!, role })
      audit.record('user_added', c.var.actor, user.user_id, { role })
      return c.json(await link(user), 201)
    })
    .patch('/:id', async c => {
      const id = readId(c, 'id')
      const { name, role, disabled } = await readBody(c, changeSchema)
      const before = await users.get(id)
      const user = await users.change(id, {
        ...(name !== undefined && { name }),
        ...(role !== undefined && { role }),
        ...(disabled !== undefined && { disabled }),
      })
      if (user.role !== before.role)
        audit.record('role_changed', c.var.actor, id, { role: user.role, was: before.role })
      if (user.disabled !== before.disabled)
        audit.record('user_changed', c.var.actor, id, { disabled: user.disabled === 1 })
      if (user.name !== before.name) audit.record('user_changed', c.var.actor, id)
      return c.json(toRecord(user))
    })
    .post('/:id/link', async c => {
      const user = await users.get(readId(c, 'id'))
      const made = await link(user)
      audit.record('link_made', c.var.actor, user.user_id)
      return c.json(made, 201)
    })
    .delete('/:id/sessions', async c => {
      const { user_id } = await users.get(readId(c, 'id'))
      const ended = await sessions.end(user_id)
      audit.record('sessions_ended', c.var.actor, user_id, { count: ended })
      return c.json({ ended })
    })
}

function toRecord(user: UserRow): UserRecord {
  return {
    ...toUser(user),
    disabled: user.disabled === 1,
    joined: user.password !== null || user.subject !== null,
    createdAt: new Date(user.created_ms).toISOString(),
    seenAt: user.seen_ms === null ? null : new Date(user.seen_ms).toISOString(),
  }
}
