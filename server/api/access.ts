/**
 * Who may ask for what: every route, the least role for it and the scope that a token needs. This is the one place where it
 * is decided; a route that is not listed is answered to nobody, and a test compares the list with the app.
 */
import type { Context, MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { matchedRoutes } from 'hono/route'
import { METHOD_NAME_ALL } from 'hono/router'
import type { Accounts } from '../accounts/accounts.ts'
import { type Actor, localActor, mayDo, type Role, type Scope } from '../accounts/roles.ts'
import type { Config } from '../config.ts'
import { AuthenticationError, ForbiddenError } from '../errors.ts'
import { isSecure, needsLogin } from './reach.ts'

declare module 'hono' {
  interface ContextVariableMap {
    /** Who asks; set on every route that is not open to anyone. */
    actor: Actor
  }
}

/** `anyone`: before a login too. `session`: a person in a browser, for what is their own; never a token. */
export type Access = 'anyone' | 'session' | `${Role} ${Scope}`

export const access: Readonly<Record<string, Access>> = {
  // Pages and files of the program, which hold no data; shared reports, which are their own lock.
  'GET /*': 'anyone',
  'GET /healthz': 'anyone',
  'GET /r/faces/:file': 'anyone',
  'GET /r/:token': 'anyone',
  'POST /r/:token': 'anyone',
  'GET /metrics': 'viewer read',

  'GET /api/session': 'anyone',
  'POST /api/session': 'anyone',
  'DELETE /api/session': 'anyone',
  'GET /api/session/oidc': 'anyone',
  'GET /api/session/oidc/callback': 'anyone',
  'POST /api/session/link': 'anyone',
  'POST /api/session/link/use': 'anyone',
  'GET /api/account': 'session',
  'PATCH /api/account': 'session',
  'POST /api/account/password': 'session',
  'DELETE /api/account/sessions': 'session',
  'DELETE /api/account/sessions/:id': 'session',
  'POST /api/account/tokens': 'session',
  'DELETE /api/account/tokens/:id': 'session',
  'GET /api/users': 'administrator admin',
  'POST /api/users': 'administrator admin',
  'PATCH /api/users/:id': 'administrator admin',
  'POST /api/users/:id/link': 'administrator admin',
  'DELETE /api/users/:id/sessions': 'administrator admin',
  'GET /api/audit': 'administrator admin',

  'GET /api/status': 'viewer read',
  'GET /api/kinds': 'viewer read',
  'GET /api/schema': 'viewer read',
  'GET /api/schema/:table/samples': 'viewer read',
  'GET /api/pages': 'viewer read',
  'POST /api/pages': 'editor edit',
  'PUT /api/pages/:id': 'editor edit',
  'DELETE /api/pages/:id': 'editor edit',
  'POST /api/pages/order': 'editor edit',
  'POST /api/pages/fetch': 'editor edit',
  'GET /api/choices/:from': 'viewer read',
  'GET /api/jobs': 'viewer read',
  'GET /api/jobs/events': 'viewer read',
  'POST /api/jobs': 'editor edit',
  'DELETE /api/jobs/:id': 'editor edit',
  'GET /api/imports': 'viewer read',
  'POST /api/imports': 'editor edit',
  // Rows as they came, with whatever personal data made them unreadable.
  'GET /api/rejects': 'editor read',
  'POST /api/rejects/retry': 'editor edit',
  'GET /api/imports/fields': 'viewer read',

  'GET /api/notebooks': 'viewer read',
  'GET /api/notebooks/:id': 'viewer read',
  'GET /api/notebooks/:id/source': 'viewer read',
  'GET /api/notebooks/:id/versions': 'viewer read',
  'GET /api/notebooks/:id/versions/:version': 'viewer read',
  'POST /api/notebooks': 'editor edit',
  'PUT /api/notebooks/:id': 'editor edit',
  'PATCH /api/notebooks/:id': 'editor edit',
  'DELETE /api/notebooks/:id': 'editor edit',
  'GET /api/bin': 'editor read',
  'POST /api/bin/:entry': 'editor edit',
  'POST /api/runs': 'viewer run',
  'GET /api/runs/:run/events': 'viewer run',
  'DELETE /api/runs/:run': 'viewer run',
  'GET /api/notebooks/:id/report.html': 'viewer run',
  'GET /api/notebooks/:id/report.md': 'viewer run',
  'GET /api/notebooks/:id/report.pdf': 'viewer run',
  'GET /api/notebooks/:id/report.xlsx': 'viewer run',
  'GET /api/notebooks/:id/tables.zip': 'viewer run',
  'GET /api/notebooks/:id/charts/:block/:file': 'viewer run',
  'GET /api/notebooks/:id/as-reader': 'viewer run',
  'GET /api/notebooks/:id/notebook.md': 'viewer read',

  'GET /api/themes': 'viewer read',
  'GET /api/themes/table': 'viewer read',
  'GET /api/themes/coverage': 'viewer read',
  'GET /api/themes/edits': 'viewer read',
  'POST /api/themes/edits': 'editor edit',
  'DELETE /api/themes/edits/:id': 'editor edit',
  'GET /api/themes/proposals': 'viewer read',
  'POST /api/themes/proposals': 'editor edit',
  'POST /api/themes/proposals/accept': 'editor edit',
  'GET /api/themes/:id': 'viewer read',
  'GET /api/themes/:id/mentions': 'viewer read',
  'GET /api/conversations/:client/:conversation': 'viewer read',
  'GET /api/brief': 'viewer read',
  'GET /api/personas': 'viewer read',
  'GET /api/personas/edits': 'viewer read',
  'POST /api/personas/edits': 'editor edit',
  'DELETE /api/personas/edits/:id': 'editor edit',

  'GET /api/editions': 'viewer read',
  'POST /api/editions': 'editor share',
  'DELETE /api/editions': 'editor share',
  'POST /api/editions/prune': 'editor share',
  'GET /api/editions/:id/page': 'viewer read',
  'GET /api/editions/:id/changes': 'viewer read',
  'PATCH /api/editions/:id': 'editor share',
  'POST /api/editions/:id/share': 'editor share',
  'POST /api/editions/:id/deliver': 'editor share',
  'POST /api/editions/deliveries/:id/retry': 'editor share',
  'POST /api/editions/schedules': 'editor share',
  'PATCH /api/editions/schedules/:id': 'editor share',
  'DELETE /api/editions/schedules/:id': 'editor share',
  'POST /api/editions/schedules/:id/run': 'editor share',

  // What is removed for good, and for whom.
  'GET /api/erasures': 'administrator admin',
  'POST /api/erasures': 'administrator admin',
  'POST /api/erasures/preview': 'administrator admin',
  'GET /api/erasures/:id': 'administrator admin',
  'GET /api/retention': 'administrator admin',
  'PUT /api/retention': 'administrator admin',
  'POST /api/retention/preview': 'administrator admin',
  'POST /api/retention/apply': 'administrator admin',

  // What leaves the house.
  'GET /api/faq': 'viewer read',
  'GET /api/faq/edits': 'viewer read',
  'POST /api/faq/edits': 'editor edit',
  'DELETE /api/faq/edits/:id': 'editor edit',
  'GET /api/faq/faq.md': 'viewer read',
  'GET /api/faq/faq.json': 'viewer read',
  'GET /api/faq/:theme': 'viewer read',
  'POST /api/audiences/size': 'viewer read',
  'GET /api/audiences/exports': 'editor read',
  'POST /api/audiences/export': 'editor share',
  'GET /api/shares': 'viewer read',
  'POST /api/shares/preview': 'editor share',
  'POST /api/shares': 'editor share',
  'DELETE /api/shares': 'editor share',
  'GET /api/shares/:id/views': 'viewer read',
  'POST /api/shares/:id/rotate': 'editor share',
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** The cookie's name: over TLS one that no neighbouring site can set. */
export function cookieName(secure: boolean): string {
  return secure ? '__Host-session' : 'session'
}

/** Who a request comes from; null for nobody. */
export async function findActor(c: Context, config: Config, accounts: Accounts): Promise<Actor | null> {
  if (!needsLogin(config)) return localActor
  const bearer = c.req.header('authorization')
  // Whoever sends a token means it: a cookie does not stand in for a wrong one.
  if (bearer !== undefined) return accounts.tokens.find(/^Bearer (\S+)$/i.exec(bearer)?.[1] ?? '')
  const cookie = getCookie(c, cookieName(isSecure(c, config)))
  return cookie === undefined ? null : accounts.sessions.find(cookie)
}

/** Stands before all routes. Throws AuthenticationError, ForbiddenError. */
export function guardAccess(config: Config, accounts: Accounts): MiddlewareHandler {
  return async (c, next) => {
    const route = matchedRoutes(c).find(({ method }) => method !== METHOD_NAME_ALL)
    // What is nowhere is said to be nowhere.
    if (!route) return next()
    const needed = access[`${route.method} ${route.path}`]
    if (needed === undefined) throw new ForbiddenError('Nobody may ask for this')
    if (needed === 'anyone') return next()
    const actor = await findActor(c, config, accounts)
    if (!actor) throw new AuthenticationError('Log in first', { hint: 'Your session may have ended.' })
    if (actor.via === 'session' && !READS.has(c.req.method) && !saysWhence(c))
      throw new ForbiddenError('A change must say from which page it comes', {
        hint: 'Programs use an API token.',
      })
    const [role, scope] = needed.split(' ') as [Role, Scope]
    const may =
      needed === 'session' ? actor.via === 'session' || actor.via === 'local' : mayDo(actor, role, scope)
    if (!may) throw refuse(actor, needed)
    c.set('actor', actor)
    return next()
  }
}

/** That it comes from one of our own pages was checked by guardOrigin, if it says anything. */
function saysWhence(c: Context): boolean {
  return c.req.header('origin') !== undefined || c.req.header('sec-fetch-site') === 'same-origin'
}

function refuse(actor: Actor, needed: Access): ForbiddenError {
  if (needed === 'session') return new ForbiddenError('This is done in the browser, not with a token')
  const [role, scope] = needed.split(' ')
  return actor.scopes === null
    ? new ForbiddenError(`This takes the role of ${role}; yours is ${actor.role}`, {
        hint: 'An administrator can change it.',
      })
    : new ForbiddenError(`This takes a token with the scope “${scope}”, of somebody who is at least ${role}`)
}
