/** What stands before every route: whose requests are answered at all, and the headers that bind the browser. */
import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { ForbiddenError } from '../errors.ts'
import { isLoopback } from './reach.ts'

const READS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a request under a name that is not ours (another site may let its name point here: DNS rebinding), and a
 * change that another site's page asks for. Programs that are no browser send neither Origin nor Sec-Fetch-Site.
 */
export function guardOrigin(allowedHosts: readonly string[]): MiddlewareHandler {
  const allowed = new Set(allowedHosts)
  return async (c, next) => {
    const { hostname, host } = new URL(c.req.url)
    if (!isLoopback(hostname) && !allowed.has(hostname))
      throw new ForbiddenError(`This server is not called “${hostname}”`, {
        hint: 'Set VERBATIM_PUBLIC_URL, or add the name to VERBATIM_ALLOWED_HOSTS.',
      })
    if (!READS.has(c.req.method)) {
      const origin = c.req.header('origin')
      const site = c.req.header('sec-fetch-site')
      const foreign = origin !== undefined && !isSame(origin, host)
      if (foreign || (site !== undefined && site !== 'same-origin' && site !== 'none'))
        throw new ForbiddenError('Another site may not change anything here')
    }
    await next()
  }
}

function isSame(origin: string, host: string): boolean {
  try {
    return new URL(origin).host === host
  } catch {
    return false
  }
}

/** Nothing from elsewhere, nothing inline, no frame around. */
const usual: MiddlewareHandler = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: 'no-referrer',
  xFrameOptions: 'DENY',
  // The server speaks plain HTTP on loopback; who puts TLS before it sets this there.
  strictTransportSecurity: false,
  permissionsPolicy: { camera: [], microphone: [], geolocation: [] },
})

/** The same for all, but that a report's page has a stricter policy of its own. */
export const headers: MiddlewareHandler = async (c, next) => {
  let own: string | null = null
  await usual(c, async () => {
    await next()
    own = c.res.headers.get('content-security-policy')
  })
  if (own !== null) c.res.headers.set('content-security-policy', own)
}
