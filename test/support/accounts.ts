/** People of a service that asks for a login, each with a browser of their own. */
import type { Role, Scope } from '../../server/accounts/roles.ts'
import type { UserRow } from '../../server/store/accounts.ts'
import type { Client } from './service.ts'

export interface Person {
  user: UserRow
  /** Of the session. */
  cookie: string
  /** Asks as the page of the service does. */
  ask(method: string, path: string, body?: unknown): Promise<Response>
}

/** Settings under which a login is asked for, and people come over TLS. */
export const shared = { VERBATIM_PUBLIC_URL: 'https://verbatim.example' }
export const origin = 'https://verbatim.example'

const ask =
  (service: Client, headers: Record<string, string>): Person['ask'] =>
  async (method, path, body) =>
    service.app.request(origin + path, {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })

/** Somebody without a login. */
export const stranger = (service: Client): Person['ask'] => ask(service, { origin })

/** Somebody with a role, logged in; no password is set, since that takes its time. */
export async function person(service: Client, role: Role, name: string = role): Promise<Person> {
  const { users, sessions } = service.parts.accounts
  const user = await users.add({ login: `${name}@example.org`, name, role })
  const cookie = await sessions.begin(user, 'a test')
  return { user, cookie, ask: ask(service, { origin, cookie: `__Host-session=${cookie}` }) }
}

/** A program with a token of somebody. */
export async function program(
  service: Client,
  user: UserRow,
  scopes: readonly Scope[],
): Promise<Person['ask']> {
  const { token } = await service.parts.accounts.tokens.make(user.user_id, {
    name: 'a test',
    scopes,
    days: 1,
  })
  return ask(service, { authorization: `Bearer ${token}` })
}
