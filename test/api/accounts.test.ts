/** Logging in, accounts and users over the API. */
import { describe, expect, it } from 'vitest'
import type {
  Account,
  ApiTokenMade,
  AuditLine,
  Session,
  UserLink,
  UserRecord,
} from '../../server/api/contract.ts'
import { sql } from '../../server/store/sql.ts'
import { origin, person, shared, stranger } from '../support/accounts.ts'
import { type Client, freshServices } from '../support/service.ts'

const PASSWORD = 'три тихих слова'

describe('accounts', () => {
  const fresh = freshServices()
  const open = () => fresh({ facts: false, environment: shared })
  const read = async <T>(response: Promise<Response> | Response, status = 200): Promise<T> => {
    const got = await response
    expect(got.status, await got.clone().text()).toBe(status)
    return (await got.json()) as T
  }
  const join = async (service: Client, path: string) => {
    const token = path.split('#')[1]!
    return stranger(service)('POST', '/api/session/link/use', { token, password: PASSWORD })
  }
  const events = async (service: Client) => {
    const lines = await service.parts.accounts.audit.list({
      event: null,
      user: null,
      before: null,
      limit: 100,
    })
    return lines.map(({ event }) => event).reverse()
  }

  it('invites, sets a password once, logs in with a cookie of the strictest kind, and out', async () => {
    const service = await open()
    const { ask: asAdministrator } = await person(service, 'administrator')
    const made = await read<UserLink>(
      asAdministrator('POST', '/api/users', { login: ' Anna@Example.org ', name: 'Анна  К', role: 'editor' }),
      201,
    )
    expect(made.path).toMatch(/^\/join#[\w-]{32}$/)
    expect(made.user).toMatchObject({
      login: 'anna@example.org',
      name: 'Анна К',
      role: 'editor',
      joined: false,
    })
    const nobody = stranger(service)
    expect(await read(nobody('POST', '/api/session/link', { token: made.path.split('#')[1] }))).toEqual({
      kind: 'invitation',
      login: 'anna@example.org',
      name: 'Анна К',
    })
    expect((await join(service, made.path)).status).toBe(200)
    // Used up.
    expect((await join(service, made.path)).status).toBe(403)

    const response = await nobody('POST', '/api/session', { login: 'ANNA@example.org', password: PASSWORD })
    const session = await read<Session>(response)
    expect(session).toMatchObject({ login: true, user: { name: 'Анна К', role: 'editor' }, role: 'editor' })
    const cookie = response.headers.get('set-cookie')!
    expect(cookie).toMatch(
      /^__Host-session=[\w-]{32}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    )
    const headers = { cookie: cookie.split(';')[0]!, origin }
    const me = async () => (await service.app.request(`${origin}/api/kinds`, { headers })).status
    expect(await me()).toBe(200)
    await read(await service.app.request(`${origin}/api/session`, { method: 'DELETE', headers }))
    expect(await me()).toBe(401)
    expect(await events(service)).toEqual(['user_added', 'password_set', 'login', 'login', 'logout'])
  })

  it('keeps neither passwords nor tokens, but hashes of them', async () => {
    const service = await open()
    const { user, cookie, ask } = await person(service, 'editor')
    expect((await ask('POST', '/api/account/password', { password: PASSWORD })).status).toBe(204)
    const { token } = await read<ApiTokenMade>(
      ask('POST', '/api/account/tokens', { name: 'x', scopes: ['read'] }),
      201,
    )
    const link = await service.parts.accounts.users.makeLink(user.user_id)
    const { database } = service.parts
    const rows = await Promise.all(
      [
        sql`select * from app.users`,
        sql`select * from app.sessions`,
        sql`select * from app.api_tokens`,
        sql`select * from app.account_links`,
        sql`select * from app.audit`,
      ].map(statement => database.query(statement)),
    )
    expect(rows.every(list => list.length > 0)).toBe(true)
    const kept = JSON.stringify(rows)
    for (const secret of [PASSWORD, cookie, token, token.slice(4), link.token])
      expect(kept).not.toContain(secret)
  })

  it('says the same of a wrong password and of somebody unknown, and pauses after ten', async () => {
    const service = await open()
    const { user } = await person(service, 'viewer', 'anna')
    await service.parts.accounts.users.setPassword(user.user_id, PASSWORD)
    const nobody = stranger(service)
    const logIn = (login: string, password: string) => nobody('POST', '/api/session', { login, password })
    const [wrong, unknown] = [await logIn('anna@example.org', 'x'), await logIn('none@example.org', 'x')]
    expect([wrong.status, unknown.status]).toEqual([401, 401])
    expect(await wrong.text()).toBe(await unknown.text())
    await Promise.all(Array.from({ length: 9 }, () => logIn('anna@example.org', 'x')))
    const paused = await logIn('anna@example.org', PASSWORD)
    expect(paused.status).toBe(429)
    expect(await paused.json()).toMatchObject({ error: { code: 'too_many' } })
    // Others still get in, and who is in stays in.
    expect((await logIn('none@example.org', 'x')).status).toBe(401)
    const lines = await service.parts.accounts.audit.list({
      event: null,
      user: null,
      before: null,
      limit: 100,
    })
    expect(lines.filter(({ event }) => event === 'locked_out').length).toBeGreaterThan(0)
    expect(JSON.stringify(lines)).not.toMatch(/example\.org|слова/)
  })

  it('changes a password with the old one, and ends the other sessions', async () => {
    const service = await open()
    const { user, ask } = await person(service, 'viewer')
    const elsewhere = await service.parts.accounts.sessions.begin(user, 'Firefox, Windows')
    await service.parts.accounts.users.setPassword(user.user_id, PASSWORD, (await sessionOf(ask)).id)
    const again = await service.parts.accounts.sessions.begin(user, 'Firefox, Windows')
    expect(await service.parts.accounts.sessions.find(elsewhere)).toBeNull()
    const change = (current: string, password: string) =>
      ask('POST', '/api/account/password', { current, password })
    expect((await change('x', 'another secret')).status).toBe(422)
    expect((await change(PASSWORD, 'short')).status).toBe(422)
    expect((await change(PASSWORD, 'another secret')).status).toBe(204)
    expect(await service.parts.accounts.sessions.find(again)).toBeNull()
    expect((await ask('GET', '/api/account')).status).toBe(200)
    const account = await read<Account>(ask('GET', '/api/account'))
    expect(account).toMatchObject({ hasPassword: true, sessions: [{ current: true, agent: 'a test' }] })
    expect(await read(ask('DELETE', '/api/account/sessions'))).toEqual({ ended: 1 })
    expect((await ask('GET', '/api/account')).status).toBe(401)
  })

  async function sessionOf(ask: (method: string, path: string) => Promise<Response>) {
    return (await read<Account>(ask('GET', '/api/account'))).sessions.find(({ current }) => current)!
  }

  it('makes tokens within one’s role, and takes them away', async () => {
    const service = await open()
    const { ask } = await person(service, 'viewer')
    const wish = { name: 'робот', scopes: ['read', 'run'], days: 7 }
    const { token, record } = await read<ApiTokenMade>(ask('POST', '/api/account/tokens', wish), 201)
    expect(token).toMatch(/^vbt_[\w-]{32}$/)
    expect(record).toMatchObject({ name: 'робот', scopes: ['read', 'run'], usedAt: null, ended: false })
    for (const scopes of [['edit'], ['admin'], ['read', 'share'], [], ['all']])
      expect(
        (await ask('POST', '/api/account/tokens', { ...wish, scopes })).status,
        String(scopes),
      ).toBeGreaterThan(400)
    const asked = () =>
      service.app.request(`${origin}/api/kinds`, { headers: { authorization: `Bearer ${token}` } })
    expect((await asked()).status).toBe(200)
    expect((await ask('DELETE', `/api/account/tokens/${record.id}`)).status).toBe(204)
    expect((await asked()).status).toBe(401)
  })

  it('keeps the last administrator, and shuts others out at once', async () => {
    const service = await open()
    const first = await person(service, 'administrator')
    const change = (id: string, change: object) => first.ask('PATCH', `/api/users/${id}`, change)
    for (const lost of [{ role: 'viewer' }, { disabled: true }])
      expect((await change(first.user.user_id, lost)).status).toBe(409)
    const other = await person(service, 'editor')
    expect((await read<UserRecord>(change(other.user.user_id, { role: 'administrator' }))).role).toBe(
      'administrator',
    )
    expect((await other.ask('GET', '/api/users')).status).toBe(200)
    await read(change(other.user.user_id, { disabled: true }))
    expect((await other.ask('GET', '/api/kinds')).status).toBe(401)
    expect((await first.ask('POST', `/api/users/${other.user.user_id}/link`)).status).toBe(409)
    const lines = await read<AuditLine[]>(first.ask('GET', '/api/audit'))
    expect(lines.map(({ event, details }) => ({ event, details }))).toEqual([
      { event: 'user_changed', details: { disabled: true } },
      { event: 'role_changed', details: { role: 'administrator', was: 'editor' } },
    ])
    expect(lines[0]).toMatchObject({
      via: 'session',
      user: { name: 'administrator' },
      subject: other.user.user_id,
    })
  })

  it('takes no change of a session that does not say from which page it comes', async () => {
    const service = await open()
    const { cookie } = await person(service, 'editor')
    const send = (headers: Record<string, string>) =>
      service.app.request(`${origin}/api/jobs`, {
        method: 'POST',
        body: '{"kind":"mine"}',
        headers: { 'content-type': 'application/json', cookie: `__Host-session=${cookie}`, ...headers },
      })
    for (const headers of [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin, 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'none' },
    ])
      expect((await send(headers as Record<string, string>)).status, JSON.stringify(headers)).toBe(403)
    // Over TLS a cookie that a neighbouring site could have set counts for nothing.
    expect((await send({ origin, cookie: `session=${cookie}` })).status).toBe(401)
  })

  it('puts the name of who did it beside edits and links', async () => {
    const service = await open()
    const { ask } = await person(service, 'editor', 'Анна')
    const share = { notebook: '01-overview', mode: 'live', confirmed: true }
    const { share: made } = await read<{ share: { id: string; author: string } }>(
      ask('POST', '/api/shares', share),
      201,
    )
    expect(made.author).toBe('Анна')
    await read(ask('DELETE', '/api/shares', { ids: [made.id] }))
    const lines = await service.parts.accounts.audit.list({ event: null, user: null, before: null, limit: 9 })
    expect(lines.map(({ event, subject, name }) => [event, subject, name])).toEqual([
      ['share_revoked', made.id, 'Анна'],
      ['share_made', made.id, 'Анна'],
    ])
  })
})
