/**
 * Fetches a page from the public internet and from nowhere else: every hop of a redirect is checked anew, the connection
 * goes to the very addresses that were checked (a name that answers differently the next time gains nothing), and size,
 * time and hops have an end. No cookies, no proxy, no login is sent.
 */
import { lookup } from 'node:dns/promises'
import http from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { CancelledError, InputError, LimitError, UnavailableError, VerbatimError } from '../errors.ts'
import { assertPublicUrl, type PublicNet, publicNet, refuseInner } from './public-url.ts'

export interface PublicFetchOptions {
  signal?: AbortSignal
  /** Bytes of the page, unpacked; 5 MB. */
  maxBytes?: number
  /** Milliseconds for all of it, redirects included; 15 s. */
  timeoutMs?: number
  /** 5. */
  maxRedirects?: number
  /** Besides the usual ones, such as `if-none-match`; never a secret, they go to every hop. */
  headers?: Readonly<Record<string, string>>
}

export interface PublicPage {
  /** Where it was in the end. */
  url: string
  status: number
  /** Of the last hop; names in small letters. */
  headers: http.IncomingHttpHeaders
  body: Buffer
}

/** What a test puts its own in the place of. */
export interface PublicFetchEffects extends PublicNet {
  /** All addresses of a name. */
  resolve(host: string): Promise<{ address: string; family: number }[]>
}

const real: PublicFetchEffects = {
  resolve: host => lookup(host, { all: true, verbatim: true }),
  ...publicNet,
}

const REDIRECTS = new Set([301, 302, 303, 307, 308])
const UNPACK = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  br: createBrotliDecompress,
  deflate: createInflate,
}

/**
 * GETs a page; an answer of any status that is no redirect is an answer. Throws InputError for a bad address,
 * ForbiddenError for one inside a private network, LimitError for too much, too long or too many hops, UnavailableError
 * when nobody answers, CancelledError when stopped.
 */
export async function fetchPublic(
  address: string,
  options: PublicFetchOptions = {},
  effects: PublicFetchEffects = real,
): Promise<PublicPage> {
  const { maxBytes = 5 * 1024 * 1024, timeoutMs = 15_000, maxRedirects = 5 } = options
  const timer = AbortSignal.timeout(timeoutMs)
  const signal = options.signal ? AbortSignal.any([options.signal, timer]) : timer
  let url = assertPublicUrl(address, effects)
  try {
    for (let hop = 0; hop <= maxRedirects; hop++) {
      const response = await ask(url, options.headers ?? {}, signal, effects)
      const status = response.statusCode ?? 0
      const { location } = response.headers
      if (!REDIRECTS.has(status) || location === undefined)
        return { url: url.href, status, headers: response.headers, body: await readAll(response, maxBytes) }
      response.destroy()
      const next = URL.parse(location, url)
      if (!next) throw new InputError('The page leads to an address that is none')
      url = assertPublicUrl(next.href, effects)
    }
  } catch (error) {
    if (options.signal?.aborted) throw new CancelledError('The page was not fetched', { cause: error })
    if (timer.aborted)
      throw new LimitError(`${url.host} has not answered in ${Math.ceil(timeoutMs / 1000)} s`, {
        cause: error,
      })
    throw explain(error, url)
  }
  throw new LimitError(`${url.host} leads on and on`, {
    hint: `At most ${maxRedirects} redirects are followed.`,
  })
}

function ask(
  url: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  { resolve, isPublic }: PublicFetchEffects,
): Promise<http.IncomingMessage> {
  // Asked by the connection itself; an address in place of a name is never asked for, and was checked before.
  const checked: LookupFunction = (host, { all }, done) => {
    resolve(host).then(
      found => {
        const [first] = found
        if (!first || found.some(({ address }) => !isPublic(address))) done(refuseInner(host), '')
        else if (all) done(null, found)
        else done(null, first.address, first.family)
      },
      error => done(error, ''),
    )
  }
  const { request } = url.protocol === 'https:' ? https : http
  return new Promise((resolveWith, reject) => {
    const asking = request(url, {
      lookup: checked,
      // No connection that was made for something else.
      agent: false,
      signal,
      maxHeaderSize: 32 * 1024,
      headers: {
        accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.5',
        'accept-encoding': 'gzip, br',
        'user-agent': 'Verbatim',
        ...headers,
      },
    })
    asking.once('response', resolveWith)
    asking.once('error', reject)
    asking.end()
  })
}

/** The body, unpacked; counted as it grows, so that a small parcel can't become a large one. */
async function readAll(response: http.IncomingMessage, maxBytes: number): Promise<Buffer> {
  const encoding = (response.headers['content-encoding'] ?? 'identity').toLowerCase()
  const unpack = UNPACK[encoding as keyof typeof UNPACK]
  if (encoding !== 'identity' && !unpack)
    throw new InputError('The page is packed in a way that is not known')
  const stream: Readable = unpack
    ? Readable.from(response, { objectMode: false }).compose(unpack())
    : response
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > maxBytes) {
      response.destroy()
      throw new LimitError(`The page is larger than ${Math.round(maxBytes / 1024)} kB`)
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function explain(error: unknown, url: URL): Error {
  if (error instanceof VerbatimError) return error
  const { code } = error as NodeJS.ErrnoException
  const why = code === 'ENOTFOUND' ? 'there is no such site' : 'the connection failed'
  return new UnavailableError(`${url.host} can’t be reached: ${why}`, {
    hint: 'Check the address, and that it opens in a browser.',
    cause: error,
  })
}
