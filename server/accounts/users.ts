/** People who log in: added by an administrator or at the command line, changed, shut out; passwords by a link, once. */
import { ConflictError, ForbiddenError, InputError, NotFoundError } from '../errors.ts'
import { sha256 } from '../lib/hash.ts'
import { hashPassword, isToken, makeId, makeToken } from '../lib/secrets.ts'
import {
  countAdministrators,
  deleteLinks,
  deleteTokens,
  endSessions,
  findLink,
  readUserById,
  readUserByLogin,
  readUsers,
  replaceLink,
  type UserRow,
  writeUser,
} from '../store/accounts.ts'
import type { Connection, Database } from '../store/database.ts'
import type { Role } from './roles.ts'

export interface NewUser {
  login: string
  name: string
  role: Role
}

export interface UserChange {
  name?: string
  role?: Role
  disabled?: boolean
}

export interface Users {
  list(): Promise<UserRow[]>
  /** Throws NotFoundError. */
  get(id: string): Promise<UserRow>
  /** Throws NotFoundError. */
  byLogin(login: string): Promise<UserRow>
  /** Throws InputError, ConflictError when the login is taken. */
  add(user: NewUser): Promise<UserRow>
  /** Shutting somebody out ends all their sessions and tokens. Throws ConflictError for the last administrator. */
  change(id: string, change: UserChange): Promise<UserRow>
  /** A token by which the user sets a password, once. */
  makeLink(id: string): Promise<{ token: string; expiresMs: number }>
  /** Whose link it is. Throws ForbiddenError for one that is used up, over or never was. */
  readLink(token: string): Promise<{ user: UserRow; kind: string }>
  /** Sets the password by a link, which is used up by it, and ends all sessions. Throws as readLink, InputError. */
  useLink(token: string, password: string): Promise<UserRow>
  /** Sets the password and ends the sessions, but for one. Throws InputError. */
  setPassword(id: string, password: string, exceptSession?: string): Promise<void>
  hasAdministrator(): Promise<boolean>
}

/** Milliseconds that links last. */
const LINK_MS = { invitation: 7 * 86_400_000, reset: 24 * 3_600_000 }

/** A login as it is kept. Throws InputError for what is no e-mail address. */
export function toLogin(text: string): string {
  const login = text.trim().toLowerCase()
  if (login.length > 200 || !/^[^\s@"<>(),:;\\]+@[^\s@"<>(),:;\\]+$/u.test(login))
    throw new InputError('A login is an e-mail address', { hint: 'Such as name@example.org.' })
  return login
}

/** A name as it is kept. Throws InputError. */
export function toName(text: string): string {
  const name = text.normalize('NFC').replace(/\s+/gu, ' ').trim()
  if (name === '' || name.length > 100 || /[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/u.test(name))
    throw new InputError('A name has from 1 to 100 characters that can be seen')
  return name
}

export function createUsers(database: Database, now: () => number = Date.now): Users {
  const found = (user: UserRow | null): UserRow => {
    if (!user) throw new NotFoundError('There is no such user')
    return user
  }
  const readLink = async (token: string) => {
    const link = isToken(token) ? await findLink(database, sha256(token), now()) : null
    if (!link || link.user.disabled === 1)
      throw new ForbiddenError('This link opens nothing', {
        hint: 'It may have been used, or its time is over. Ask an administrator for a new one.',
      })
    return { user: link.user, kind: link.link.kind }
  }
  return {
    list: () => readUsers(database),
    get: async id => found(await readUserById(database, id)),
    byLogin: async login => found(await readUserByLogin(database, login.trim().toLowerCase())),
    add: async ({ login, name, role }) => {
      const user: UserRow = {
        user_id: makeId(),
        login: toLogin(login),
        name: toName(name),
        role,
        password: null,
        subject: null,
        disabled: 0,
        created_ms: now(),
        seen_ms: null,
      }
      await database.transaction(async connection => {
        if (await readUserByLogin(connection, user.login))
          throw new ConflictError('There is a user with this e-mail already')
        await writeUser(connection, user)
      })
      return user
    },
    change: (id, change) =>
      database.transaction(async connection => {
        const user = found(await readUserById(connection, id))
        const next: UserRow = {
          ...user,
          ...(change.name !== undefined && { name: toName(change.name) }),
          ...(change.role !== undefined && { role: change.role }),
          ...(change.disabled !== undefined && { disabled: change.disabled ? 1 : 0 }),
        }
        await writeUser(connection, next)
        if ((await countAdministrators(connection)) === 0 && isAdministrator(user))
          throw new ConflictError('This is the last administrator', { hint: 'Make another one first.' })
        if (next.disabled === 1) await shutOut(connection, id)
        return next
      }),
    makeLink: async id => {
      const user = found(await readUserById(database, id))
      if (user.disabled === 1)
        throw new ConflictError('This user is shut out', { hint: 'Let them in again first.' })
      const kind = user.password === null ? 'invitation' : 'reset'
      const token = makeToken()
      const expiresMs = now() + LINK_MS[kind]
      await replaceLink(database, { token_hash: sha256(token), user_id: id, kind, expires_ms: expiresMs })
      return { token, expiresMs }
    },
    readLink,
    useLink: async (token, password) => {
      const { user } = await readLink(token)
      const hash = await hashPassword(password)
      await database.transaction(async connection => {
        // Of two that come at once, one finds it gone.
        if ((await findLink(connection, sha256(token), now())) === null)
          throw new ForbiddenError('This link was used a moment ago')
        await setHash(connection, user, hash)
      })
      return { ...user, password: hash }
    },
    setPassword: async (id, password, exceptSession) => {
      const hash = await hashPassword(password)
      await database.transaction(async connection => {
        await setHash(connection, found(await readUserById(connection, id)), hash, exceptSession)
      })
    },
    hasAdministrator: async () => (await countAdministrators(database)) > 0,
  }
}

const isAdministrator = (user: UserRow) => user.role === 'administrator' && user.disabled === 0

async function setHash(connection: Connection, user: UserRow, password: string, except?: string) {
  await writeUser(connection, { ...user, password })
  await deleteLinks(connection, user.user_id)
  await endSessions(connection, user.user_id, except === undefined ? {} : { except })
}

async function shutOut(connection: Connection, id: string): Promise<void> {
  await endSessions(connection, id)
  await deleteTokens(connection, id)
  await deleteLinks(connection, id)
}
