/** The way to the provider of logins and back. It is a person's browser that comes: faults lead to the login page. */
import { type Context, Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { createOidc } from '../accounts/oidc.ts'
import { ForbiddenError, NotFoundError } from '../errors.ts'
import type { AppParts } from './parts.ts'
import { isSecure } from './reach.ts'
import { logIn } from './session.ts'

const COOKIE = 'login-way'
const PATH = '/api/session/oidc'
const MINUTES = 10

/** A path of this site and nothing else: `//evil.example`, `/\evil.example` and the like lead to the first page. */
export function toLocalPath(text: string | undefined): string {
  if (text === undefined || text.length > 2_000 || !/^\/(?![/\\])[^\\\u0000-\u0020\u007f]*$/.test(text))
    return '/'
  const url = URL.parse(text, 'http://here.invalid')
  return url?.host === 'here.invalid' ? url.pathname + url.search : '/'
}

export function oidcRoutes(parts: AppParts): Hono {
  const { config, database, accounts, report } = parts
  const oidc = config.oidc && createOidc(config.oidc, database)
  const redirectOf = (c: Context) => `${config.publicUrl ?? new URL(c.req.url).origin}${PATH}/callback`
  const back = (c: Context, to: string) => c.body(null, 303, { location: to })
  const need = () => {
    if (oidc) return oidc
    throw new NotFoundError('There is no provider of logins', { hint: 'See VERBATIM_OIDC_ISSUER.' })
  }
  return new Hono()
    .get('/', async c => {
      const { url, ticket } = await need().begin(redirectOf(c), toLocalPath(c.req.query('to')))
      setCookie(c, COOKIE, ticket, {
        path: PATH,
        httpOnly: true,
        // The provider leads back here from its own site.
        sameSite: 'Lax',
        secure: isSecure(c, config),
        maxAge: MINUTES * 60,
      })
      return back(c, url)
    })
    .get('/callback', async c => {
      const provider = need()
      const ticket = getCookie(c, COOKIE) ?? ''
      deleteCookie(c, COOKIE, { path: PATH, secure: isSecure(c, config) })
      try {
        const address = new URL(redirectOf(c) + new URL(c.req.url).search)
        const { user, to } = await provider.finish(ticket, address)
        await logIn(c, parts, user, 'oidc')
        return back(c, to)
      } catch (error) {
        accounts.audit.record('login_failed', null, null, { mode: 'oidc' })
        if (error instanceof ForbiddenError) return back(c, '/?provider=unknown')
        // Of the fault only the operator hears, without what the provider sent.
        report(error instanceof Error ? new Error(error.message) : error)
        return back(c, '/?provider=failed')
      }
    })
}
