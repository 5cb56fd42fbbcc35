/** The whole HTTP surface. Every failure, wherever it arises, has the one shape. */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { LimitError, UnavailableError } from '../errors.ts'
import { guardAccess } from './access.ts'
import { accountRoutes } from './account.ts'
import { audienceRoutes } from './audiences.ts'
import { auditRoutes } from './audit.ts'
import { briefRoutes } from './brief.ts'
import { choiceRoutes } from './choices.ts'
import { conversationRoutes } from './conversations.ts'
import { editionRoutes } from './editions.ts'
import { erasureRoutes } from './erasures.ts'
import { exportRoutes } from './exports.ts'
import { handleErrors, handleMissing } from './failures.ts'
import { faqRoutes } from './faq.ts'
import { guardOrigin, headers } from './guard.ts'
import { importRoutes } from './imports.ts'
import { jobRoutes } from './jobs.ts'
import { kindRoutes } from './kinds.ts'
import { binRoutes, notebookRoutes } from './notebooks.ts'
import { pageRoutes } from './pages.ts'
import type { AppParts } from './parts.ts'
import { personaRoutes } from './personas.ts'
import { namesOf } from './reach.ts'
import { rejectRoutes } from './rejects.ts'
import { retentionRoutes } from './retention.ts'
import { runRoutes } from './runs.ts'
import { schemaRoutes } from './schema.ts'
import { sessionRoutes } from './session.ts'
import { oidcRoutes } from './session-oidc.ts'
import { sharedReportRoutes } from './shared-report.ts'
import { shareRoutes } from './shares.ts'
import { statusRoutes } from './status.ts'
import { themeRoutes } from './themes.ts'
import { userRoutes } from './users.ts'
import { webRoutes } from './web.ts'

/** Bytes of a JSON body; uploads have a limit of their own. */
const MAX_BODY = 1024 * 1024

export function createApp(parts: AppParts): Hono {
  const { telemetry, database, cells, jobs, config } = parts
  const app = new Hono()
  app.onError(handleErrors(parts.report))
  app.notFound(handleMissing)
  // Before all that follows: open to whoever has the address, and no more than that.
  app.route('/r', sharedReportRoutes(parts))
  app.use(headers)
  app.use(async (c, next) => {
    await next()
    telemetry.count('verbatim_http_requests_total', { method: c.req.method, status: String(c.res.status) })
  })
  app.use(guardOrigin(namesOf(config)))
  app.use(guardAccess(config, parts.accounts))

  app.get('/healthz', async c => {
    await database.versions().catch(cause => {
      throw new UnavailableError('The database does not answer', { cause })
    })
    return c.json({ status: 'ok' })
  })
  app.get('/metrics', c =>
    c.text(
      telemetry.render({
        verbatim_cache_hits_total: cells.hits,
        verbatim_cache_misses_total: cells.misses,
        verbatim_jobs_open: jobs.list().filter(({ state }) => state === 'queued' || state === 'running')
          .length,
        process_resident_memory_bytes: process.memoryUsage.rss(),
        process_uptime_seconds: process.uptime(),
      }),
      200,
      { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
    ),
  )

  const small = bodyLimit({
    maxSize: MAX_BODY,
    onError: () => {
      throw new LimitError('The body is larger than 1 MB')
    },
  })
  app.use('/api/*', async (c, next) => {
    c.header('Cache-Control', 'no-store')
    return c.req.path === '/api/imports' ? next() : small(c, next)
  })
  app.route('/api/session', sessionRoutes(parts))
  app.route('/api/session/oidc', oidcRoutes(parts))
  app.route('/api/account', accountRoutes(parts))
  app.route('/api/users', userRoutes(parts))
  app.route('/api/audit', auditRoutes(parts))
  app.route('/api/status', statusRoutes(parts))
  app.route('/api/notebooks', notebookRoutes(parts))
  app.route('/api/notebooks', exportRoutes(parts))
  app.route('/api/bin', binRoutes(parts))
  app.route('/api/kinds', kindRoutes())
  app.route('/api/runs', runRoutes(parts))
  app.route('/api/imports', importRoutes(parts))
  app.route('/api/rejects', rejectRoutes(parts))
  app.route('/api/schema', schemaRoutes(parts))
  app.route('/api/choices', choiceRoutes(parts))
  app.route('/api/themes', themeRoutes(parts))
  app.route('/api/conversations', conversationRoutes(parts))
  app.route('/api/personas', personaRoutes(parts))
  app.route('/api/audiences', audienceRoutes(parts))
  app.route('/api/brief', briefRoutes(parts))
  app.route('/api/pages', pageRoutes(parts))
  app.route('/api/retention', retentionRoutes(parts))
  app.route('/api/erasures', erasureRoutes(parts))
  app.route('/api/faq', faqRoutes(parts))
  app.route('/api/jobs', jobRoutes(parts))
  app.route('/api/shares', shareRoutes(parts))
  app.route('/api/editions', editionRoutes(parts))
  app.route('/', webRoutes(parts.webFolder))
  return app
}
