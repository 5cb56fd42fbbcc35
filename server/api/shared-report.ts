/**
 * /r/TOKEN: a shared report, for anybody who has its address. Complete without JavaScript, asks nothing of the rest of the
 * API, and stands before all that guards it: a frozen page is sent from memory as it was packed.
 */

import { readFile } from 'node:fs/promises'
import { type Context, Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { LimitError, NotFoundError, UnavailableError } from '../errors.ts'
import type { Language } from '../lib/locale.ts'
import { checkPassword } from '../lib/secrets.ts'
import { createFileCache } from '../report/file-cache.ts'
import { renderFile } from '../report/files.ts'
import type { OpenShare } from '../report/open-shares.ts'
import { faceFiles } from '../report/report-style.ts'
import {
  type LockState,
  lockedPage,
  missingPage,
  type SmallPage,
  unavailablePage,
} from '../report/share-pages.ts'
import { isPass, makePass } from '../report/share-secrets.ts'
import { createAttempts } from './attempts.ts'
import type { AppParts } from './parts.ts'
import { REPORT_HEADERS as HEADERS, sendAttachment, sendPacked } from './send-packed.ts'

/** Hours that a password given lasts. */
const PASS_HOURS = 12
/** Wrong passwords of one share within a quarter of an hour; a try costs 0.2 s of one core. */
const TRIES = 10
const TRIES_SPAN = 15 * 60_000
/** Milliseconds that a file may take to make. */
const FILE_TIME = 90_000
/** Bytes of the form. */
const MAX_FORM = 4096
const COOKIE = 'pass'

export function sharedReportRoutes(parts: AppParts): Hono {
  const { openShares, config, report } = parts
  const attempts = createAttempts(TRIES, TRIES_SPAN)
  const files = createFileCache()
  const routes = new Hono()
  const languageOf = (c: Context) => readerLanguage(c.req.header('accept-language'), config.language)
  const missing = async (c: Context) => small(await missingPage(languageOf(c)), 404)
  const locked = async (c: Context, state: LockState, status: number, extra = {}) =>
    small(await lockedPage(languageOf(c), state), status, extra)

  /** A file of a report whose link offers them; null when there is none. */
  const sendFile = async (c: Context, open: OpenShare, name: string, query: URLSearchParams | null) => {
    const { share } = open
    if (share.downloads !== 1 || !/^[\w.-]{1,40}$/.test(name)) return null
    const contents = await openShares.contents(open, query)
    if (!contents) return null
    const { snapshot, etag, edition } = contents
    const { charts, printer } = parts
    // Whoever asked first may leave: the others still wait for it.
    const signal = AbortSignal.timeout(FILE_TIME)
    const made = files.get(`${share.share_id} ${etag} ${name}`, () =>
      renderFile(name, snapshot, { charts, printer, signal, ...(edition && { edition }) }),
    )
    const ready = await made.catch(error => {
      if (error instanceof NotFoundError) return null
      throw error
    })
    return ready && sendAttachment(c, ready, `${snapshot.dataTo} ${name}`)
  }

  routes.get('/faces/:file', async c => {
    const path = (await faceFiles()).get(c.req.param('file'))
    if (path === undefined) return missing(c)
    return new Response(await readFile(path), {
      headers: { ...HEADERS, 'content-type': 'font/woff2', 'cache-control': 'public, max-age=2592000' },
    })
  })
  routes.get('/:token', async c => {
    const token = c.req.param('token')
    const open = openShares.peek(token) ?? (await openShares.find(token))
    if (!open) return missing(c)
    if (!mayRead(c, open, Date.now())) return locked(c, 'asked', 200)
    // Of most pages there is one, whatever the address says after it.
    const query = c.req.url.includes('?') ? new URL(c.req.url).searchParams : null
    const file = query?.get('file') ?? null
    if (file !== null) return (await sendFile(c, open, file, query)) ?? missing(c)
    const page = open.page ?? (await openShares.page(open, query))
    if (c.req.method === 'GET') openShares.count(open.share)
    return sendPacked(c, page)
  })
  routes.post('/:token', async c => {
    const token = c.req.param('token')
    const open = await openShares.find(token)
    if (!open) return missing(c)
    const { share } = open
    const back = () => c.body(null, 303, { ...HEADERS, location: `/r/${token}`, 'cache-control': 'no-store' })
    if (share.password === null) return back()
    const wait = attempts.wait(share.share_id)
    if (wait > 0) return locked(c, 'tooMany', 429, { 'retry-after': String(Math.ceil(wait / 1000)) })
    // Counted before it is checked, so that many at once get no further than one after another.
    attempts.fail(share.share_id)
    const given = await readPassword(c)
    if (given === null || !(await checkPassword(given, share.password))) return locked(c, 'wrong', 403)
    attempts.clear(share.share_id)
    const pass = makePass(Date.now() + PASS_HOURS * 3_600_000, keysOf(open))
    setCookie(c, COOKIE, pass, {
      path: `/r/${token}`,
      httpOnly: true,
      sameSite: 'Lax',
      secure: new URL(c.req.url).protocol === 'https:',
      maxAge: PASS_HOURS * 3600,
    })
    return back()
  })
  routes.all('*', missing)
  routes.onError(async (error, c) => {
    if (!(error instanceof UnavailableError || error instanceof LimitError)) report(error)
    return small(await unavailablePage(languageOf(c)), 503, { 'retry-after': '60' })
  })
  return routes
}

function mayRead(c: Context, open: OpenShare, now: number): boolean {
  return open.share.password === null || isPass(getCookie(c, COOKIE) ?? '', now, keysOf(open))
}

const keysOf = ({ share }: OpenShare) => ({ tokenHash: share.token_hash, password: share.password! })

/** The field `password` of a plain form; null when the body is another or too long. */
async function readPassword(c: Context): Promise<string | null> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(c.req.header('content-type') ?? '')) return null
  if (Number(c.req.header('content-length') ?? MAX_FORM + 1) > MAX_FORM) return null
  return new URLSearchParams(await c.req.text()).get('password')
}

function small({ html, policy }: SmallPage, status: number, extra: Record<string, string> = {}): Response {
  return new Response(html, {
    status,
    headers: {
      ...HEADERS,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-store',
      ...extra,
    },
  })
}

/** The first of the reader's languages that there is. */
export function readerLanguage(accept: string | undefined, otherwise: Language): Language {
  const wanted = (accept ?? '')
    .slice(0, 500)
    .split(',')
    .map(part => {
      const [tag, ...options] = part.trim().split(';')
      const q = /^\s*q=([\d.]+)/.exec(options.join(';'))?.[1]
      return { tag: tag!.slice(0, 2).toLowerCase(), q: q === undefined ? 1 : Number(q) || 0 }
    })
    .filter(({ tag, q }) => q > 0 && (tag === 'ru' || tag === 'en'))
    .sort((a, b) => b.q - a.q)
  return (wanted[0]?.tag as Language | undefined) ?? otherwise
}
