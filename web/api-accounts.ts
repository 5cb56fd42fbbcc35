/** The part of the API that knows who comes: sessions, accounts, people, the log. */
import type {
  Account,
  AccountLink,
  ApiTokenMade,
  AuditLine,
  Role,
  Scope,
  Session,
  User,
  UserLink,
  UserRecord,
} from '../server/api/contract.ts'
import { call, json } from './api.ts'

const part = encodeURIComponent

export const getSession = () => call<Session>('/session')
export const logIn = (login: string, password: string) =>
  call<Session>('/session', json('POST', { login, password }))
export const logOut = () => call<Session>('/session', { method: 'DELETE' })
export const readLink = (token: string) => call<AccountLink>('/session/link', json('POST', { token }))
export const useLink = (token: string, password: string) =>
  call<Session>('/session/link/use', json('POST', { token, password }))
/** Where the provider's login begins; it leads back to the address given. */
export const providerPath = (to: string) => `/api/session/oidc?to=${part(to)}`

export const getAccount = (signal?: AbortSignal) => call<Account>('/account', { signal })
export const renameAccount = (name: string) => call<User>('/account', json('PATCH', { name }))
export const changePassword = (current: string | null, password: string) =>
  call<null>('/account/password', json('POST', { current, password }))
export const endSessions = (id?: string) =>
  call<{ ended: number }>(`/account/sessions${id === undefined ? '' : `/${part(id)}`}`, { method: 'DELETE' })
export const makeToken = (wish: { name: string; scopes: Scope[]; days: number | null }) =>
  call<ApiTokenMade>('/account/tokens', json('POST', wish))
export const revokeToken = (id: string) => call<null>(`/account/tokens/${part(id)}`, { method: 'DELETE' })

export const getUsers = (signal?: AbortSignal) => call<UserRecord[]>('/users', { signal })
export const addUser = (user: { login: string; name: string; role: Role }) =>
  call<UserLink>('/users', json('POST', user))
export const changeUser = (id: string, change: { role?: Role; disabled?: boolean }) =>
  call<UserRecord>(`/users/${part(id)}`, json('PATCH', change))
export const makeUserLink = (id: string) => call<UserLink>(`/users/${part(id)}/link`, { method: 'POST' })
export const endUserSessions = (id: string) =>
  call<{ ended: number }>(`/users/${part(id)}/sessions`, { method: 'DELETE' })

export function getAudit(
  { event, before }: { event: string; before: string | null },
  signal?: AbortSignal,
): Promise<AuditLine[]> {
  const query = new URLSearchParams({ limit: '100' })
  if (event !== '') query.set('event', event)
  if (before !== null) query.set('before', before)
  return call(`/audit?${query}`, { signal })
}
