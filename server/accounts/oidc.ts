/**
 * Logging in at a provider by OpenID Connect: authorization code with PKCE (RFC 7636), state and nonce, checked by
 * openid-client. Where somebody was on the way is remembered for ten minutes, bound to their browser by a cookie.
 */
import type { Configuration } from 'openid-client'
import { ForbiddenError, UnavailableError, VerbatimError } from '../errors.ts'
import { makeId, makeToken } from '../lib/secrets.ts'
import { readUserByLogin, readUserBySubject, type UserRow, writeUser } from '../store/accounts.ts'
import type { Database } from '../store/database.ts'
import type { Role } from './roles.ts'
import { toLogin, toName } from './users.ts'

export interface OidcSettings {
  issuer: string
  clientId: string
  clientSecret: string
  /** What people whom nobody invited become. */
  role: Role | 'none'
  /** Of their e-mail; empty: any. */
  domains: readonly string[]
}

export interface Oidc {
  /** Where to send the browser, and what its cookie holds meanwhile. Throws UnavailableError. */
  begin(redirect: string, to: string): Promise<{ url: string; ticket: string }>
  /**
   * Who came back to an address, and where they wanted to go. Throws ForbiddenError for whom nobody let in,
   * UnavailableError for an answer that does not hold.
   */
  finish(ticket: string, address: URL): Promise<{ user: UserRow; to: string }>
}

interface Way {
  verifier: string
  state: string
  nonce: string
  to: string
  until: number
}

const WAY_MS = 10 * 60_000
const WAYS = 1_000

export function createOidc(settings: OidcSettings, database: Database, now: () => number = Date.now): Oidc {
  const ways = new Map<string, Way>()
  let discovered: Promise<Configuration> | undefined
  const discover = () => {
    discovered ??= discoverProvider(settings).catch(error => {
      discovered = undefined
      throw error
    })
    return discovered
  }
  return {
    begin: async (redirect, to) => {
      const [client, provider] = await Promise.all([import('openid-client'), discover()])
      const verifier = client.randomPKCECodeVerifier()
      const way: Way = {
        verifier,
        state: client.randomState(),
        nonce: client.randomNonce(),
        to,
        until: now() + WAY_MS,
      }
      const ticket = makeToken()
      ways.set(ticket, way)
      if (ways.size > WAYS) ways.delete(ways.keys().next().value!)
      const url = client.buildAuthorizationUrl(provider, {
        redirect_uri: redirect,
        scope: 'openid email profile',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state: way.state,
        nonce: way.nonce,
      })
      return { url: url.href, ticket }
    },
    finish: async (ticket, address) => {
      const way = ways.get(ticket)
      // Once, whatever comes of it.
      ways.delete(ticket)
      if (!way || way.until <= now())
        throw new UnavailableError('This login took too long or began elsewhere')
      const [client, provider] = await Promise.all([import('openid-client'), discover()])
      const tokens = await client
        .authorizationCodeGrant(provider, address, {
          pkceCodeVerifier: way.verifier,
          expectedState: way.state,
          expectedNonce: way.nonce,
          idTokenExpected: true,
        })
        .catch((cause: unknown) => {
          throw new UnavailableError('The provider’s answer does not hold', { cause })
        })
      const claims = tokens.claims()!
      const person = { subject: JSON.stringify([claims.iss, claims.sub]), claims }
      return { user: await letIn(person, settings, database, now), to: way.to }
    },
  }
}

async function discoverProvider({ issuer, clientId, clientSecret }: OidcSettings): Promise<Configuration> {
  const client = await import('openid-client')
  const url = new URL(issuer)
  // Without TLS only on one's own machine, as a test or a sidecar has it.
  const insecure = url.protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(url.hostname)
  try {
    return await client.discovery(url, clientId, clientSecret, undefined, {
      timeout: 10,
      // Signatures are checked even of what came over TLS from the provider itself.
      execute: [client.enableNonRepudiationChecks, ...(insecure ? [client.allowInsecureRequests] : [])],
    })
  } catch (cause) {
    throw new UnavailableError('The provider of logins does not answer as it should', {
      hint: 'Check VERBATIM_OIDC_ISSUER.',
      cause,
    })
  }
}

interface Person {
  /** Issuer and subject. */
  subject: string
  claims: Record<string, unknown>
}

/** The user who came before, or was invited under this verified e-mail, or is made now where that is allowed. */
async function letIn(
  { subject, claims }: Person,
  { role, domains }: OidcSettings,
  database: Database,
  now: () => number,
): Promise<UserRow> {
  const refused = () => new ForbiddenError('The provider knows this person, and nobody has let them in here')
  return database.transaction(async connection => {
    const known = await readUserBySubject(connection, subject)
    if (known) {
      if (known.disabled === 1) throw refused()
      return known
    }
    // An e-mail that the provider has not verified could be anybody's.
    if (claims.email_verified !== true || typeof claims.email !== 'string') throw refused()
    const login = toLogin(claims.email)
    const invited = await readUserByLogin(connection, login)
    if (invited) {
      // Somebody else of the provider is that user already.
      if (invited.disabled === 1 || invited.subject !== null) throw refused()
      const joined = { ...invited, subject }
      await writeUser(connection, joined)
      return joined
    }
    const isOurs = domains.length === 0 || domains.includes(login.split('@').at(-1)!)
    if (role === 'none' || !isOurs) throw refused()
    const user: UserRow = {
      user_id: makeId(),
      login,
      name: nameOf(claims.name, login),
      role,
      password: null,
      subject,
      disabled: 0,
      created_ms: now(),
      seen_ms: null,
    }
    await writeUser(connection, user)
    return user
  })
}

function nameOf(name: unknown, login: string): string {
  try {
    return toName(String(name ?? ''))
  } catch (error) {
    if (error instanceof VerbatimError) return login.split('@')[0]!
    throw error
  }
}
