/** Accounts in the contract: who is in, who may come in, and the log of what matters. */
import type { AuditDetails, AuditEvent } from '../accounts/audit.ts'
import type { Role, Scope } from '../accounts/roles.ts'

export type { AuditEvent } from '../accounts/audit.ts'
export type { Role, Scope } from '../accounts/roles.ts'

/** What is known of a person who logs in. */
export interface User {
  id: string
  /** An e-mail address. */
  login: string
  name: string
  role: Role
}

/**
 * GET /api/session. POST /api/session {login, password} logs in and DELETE logs out; both answer Session.
 * GET /api/session/oidc?to=/path leads to the provider and back.
 */
export interface Session {
  /** Whether people log in here at all; on one's own machine nobody does. */
  login: boolean
  /** Null before a login, and where nobody logs in. */
  user: User | null
  /** What whoever asks may do; null before a login. */
  role: Role | null
  /** What the provider's button says; null without one. */
  provider: string | null
}

/** POST /api/session/link {token}. POST /api/session/link/use {token, password} sets the password and logs in. */
export interface AccountLink {
  kind: 'invitation' | 'reset'
  login: string
  name: string
}

/**
 * GET /api/account. PATCH {name}. POST /api/account/password {current, password}: ends all other sessions.
 * DELETE /api/account/sessions: logs out everywhere; /:id one of them. DELETE /api/account/tokens/:id.
 */
export interface Account {
  user: User
  hasPassword: boolean
  sessions: AccountSession[]
  tokens: ApiToken[]
  /** Scopes that the role can make use of. */
  scopes: Scope[]
}

/** Moments of accounts are ISO 8601 in UTC. */
export interface AccountSession {
  id: string
  agent: string
  createdAt: string
  seenAt: string
  /** Whether it is the one that asks. */
  current: boolean
}

export interface ApiToken {
  id: string
  name: string
  scopes: Scope[]
  createdAt: string
  usedAt: string | null
  expiresAt: string | null
  ended: boolean
}

/** POST /api/account/tokens {name, scopes, days}; `days` null: no end. */
export interface ApiTokenMade {
  /** Told this once; goes into `Authorization: Bearer`. */
  token: string
  record: ApiToken
}

/** GET /api/users. PATCH /api/users/:id {name?, role?, disabled?}. DELETE /api/users/:id/sessions: {ended}. */
export interface UserRecord extends User {
  disabled: boolean
  /** Whether they have set a password or come from the provider. */
  joined: boolean
  createdAt: string
  seenAt: string | null
}

/** POST /api/users {login, name, role}, and POST /api/users/:id/link: the address where a password is set, once. */
export interface UserLink {
  user: UserRecord
  /** `/join#TOKEN`; told this once. */
  path: string
  expiresAt: string
}

/** GET /api/audit?event=&user=&before=&limit=: the newest first; `before` is a line's `at`. */
export interface AuditLine {
  id: string
  at: string
  event: AuditEvent
  via: 'local' | 'session' | 'token' | 'cli' | 'nobody'
  user: { id: string; name: string | null } | null
  subject: string | null
  /** Where it was done to a user. */
  subjectName: string | null
  details: AuditDetails
}
