/**
 * /r/TOKEN: a shared report, for anybody who has its address. Complete without JavaScript, asks nothing of the rest of the
 * API, and stands before all that guards it: a frozen page is sent from memory as it was packed.
 */

import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { type Context, Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { UnavailableError } from '../errors.ts'
import type { Language } from '../lib/locale.ts'
import type { OpenShare } from '../report/open-shares.ts'
import type { Packed } from '../report/publish.ts'
import { faceFiles } from '../report/report-style.ts'
import {
  type LockState,
  lockedPage,
  missingPage,
  type SmallPage,
  unavailablePage,
} from '../report/share-pages.ts'
import { checkPassword, isPass, makePass } from '../report/share-secrets.ts'
import { createAttempts } from './attempts.ts'
import type { AppParts } from './parts.ts'

/** What every answer under /r carries. */
const HEADERS = {
  'x-robots-tag': 'noindex, nofollow, noarchive',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
} as const

/** Hours that a password given lasts. */
const PASS_HOURS = 12
/** Wrong passwords of one share within a quarter of an hour; a try costs 0.2 s of one core. */
const TRIES = 10
const TRIES_SPAN = 15 * 60_000
/** Bytes of the form. */
const MAX_FORM = 4096
const COOKIE = 'pass'

export function sharedReportRoutes(parts: AppParts): Hono {
  const { openShares, config, report } = parts
  const attempts = createAttempts(TRIES, TRIES_SPAN)
  const routes = new Hono()
  const languageOf = (c: Context) => readerLanguage(c.req.header('accept-language'), config.language)
  const missing = async (c: Context) => small(await missingPage(languageOf(c)), 404)
  const locked = async (c: Context, state: LockState, status: number, extra = {}) =>
    small(await lockedPage(languageOf(c), state), status, extra)

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
    const page = open.share.mode === 'frozen' && open.page ? open.page : await openShares.page(open)
    if (c.req.method === 'GET') openShares.count(open.share)
    return send(c, page)
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
    if (!(error instanceof UnavailableError)) report(error)
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

interface Ready {
  body: Uint8Array<ArrayBuffer>
  headers: Record<string, string>
}

type Encoding = 'br' | 'gzip' | 'identity'

/** Answers by page and encoding, made once each. */
const ready = new WeakMap<Packed, Partial<Record<Encoding, Ready>>>()

function formOf(page: Packed, encoding: Encoding): Ready {
  const forms = ready.get(page) ?? {}
  ready.set(page, forms)
  forms[encoding] ??= prepare(page, encoding)
  return forms[encoding]
}

const BROTLI = /\bbr\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/
const GZIP = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/

function send(c: Context, page: Packed): Response {
  const accepted = c.req.header('accept-encoding') ?? ''
  const form = formOf(page, BROTLI.test(accepted) ? 'br' : GZIP.test(accepted) ? 'gzip' : 'identity')
  const known = c.req.header('if-none-match')
  if (known?.split(',').some(tag => tag.trim().replace(/^W\//, '') === form.headers.etag)) {
    const { 'content-length': _length, 'content-encoding': _encoding, ...headers } = form.headers
    return new Response(null, { status: 304, headers })
  }
  return new Response(form.body, { headers: form.headers })
}

function prepare(page: Packed, encoding: Encoding): Ready {
  const packed = encoding === 'br' ? page.brotli : encoding === 'gzip' ? page.gzip : gunzipSync(page.gzip)
  const body = new Uint8Array(packed)
  return {
    body,
    headers: {
      ...HEADERS,
      'content-type': 'text/html; charset=utf-8',
      'content-length': String(body.length),
      ...(encoding !== 'identity' && { 'content-encoding': encoding }),
      'content-security-policy': page.policy,
      // Asked for again each time, since it may be revoked; then the tag saves sending it.
      'cache-control': 'private, no-cache',
      vary: 'Accept-Encoding, Cookie',
      etag: `"${page.etag}-${encoding}"`,
    },
  }
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
