/** The built web: hashed files for ever, and one page for every address of the application. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono, type MiddlewareHandler } from 'hono'
import { UnavailableError } from '../errors.ts'

/** Vite's names end in a hash of what they hold. */
const HASHED = /-[\w-]{8,}\.\w+$/
/** Addresses that are never the application's. */
const OTHERS = /^\/(?:api|assets|healthz|metrics)(?:\/|$)/

/** `folder` may be built, or built anew, while the server runs. */
export function webRoutes(folder: string): Hono {
  let files: MiddlewareHandler | undefined
  const page = serveStatic({ path: join(folder, 'index.html') })
  return new Hono().get('*', async (c, next) => {
    const isFile = c.req.path.split('/').at(-1)!.includes('.')
    if (OTHERS.test(c.req.path) && !isFile) return next()
    if (!existsSync(join(folder, 'index.html')))
      throw new UnavailableError('The web pages are not built', { hint: 'npm run build' })
    files ??= serveStatic({ root: folder, precompressed: true })
    c.header('Cache-Control', HASHED.test(c.req.path) ? 'public, max-age=31536000, immutable' : 'no-cache')
    const file = isFile ? await files(c, async () => {}) : undefined
    if (file) return file
    // An address of the application may hold a dot too, but then a page is asked for.
    const wantsPage = !isFile || (c.req.header('accept') ?? '').includes('text/html')
    return wantsPage && !OTHERS.test(c.req.path) ? page(c, next) : next()
  })
}
