/** A packed page as an answer: compressed as it lies in memory, with its own policy, headers that keep it from leaking, and a tag. */
import { gunzipSync } from 'node:zlib'
import type { Context } from 'hono'
import type { Packed } from '../report/publish.ts'
import type { ReportFile } from '../report/report-file.ts'

/** What every answer under /r carries. */
export const REPORT_HEADERS = {
  'x-robots-tag': 'noindex, nofollow, noarchive',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
} as const

/** A file to keep; never shown in the page's place, so that nothing in it runs here. */
export function sendAttachment(c: Context, { type, content }: ReportFile, name: string): Response {
  return c.body(typeof content === 'string' ? content : new Uint8Array(content), 200, {
    ...REPORT_HEADERS,
    'content-type': type,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, no-store',
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

/** The page in the best form that is accepted, or 304 for who has it. */
export function sendPacked(c: Context, page: Packed): Response {
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
      ...REPORT_HEADERS,
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
