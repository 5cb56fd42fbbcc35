/** From where a server is reached: under which names, by whom, and whether that takes a login. */
import type { Context } from 'hono'
import type { Config } from '../config.ts'

type Reach = Pick<Config, 'host' | 'allowedHosts' | 'publicUrl' | 'login'>

const WILDCARDS = new Set(['0.0.0.0', '::', ''])
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '::1'])

/** Whether an address to listen on, or a name that is asked for, is this machine alone. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host) || /^127(?:\.\d{1,3}){3}$/.test(host)
}

/** Names besides the loopback ones under which requests are answered. */
export function namesOf({ host, allowedHosts, publicUrl }: Reach): string[] {
  const listening = isLoopback(host) || WILDCARDS.has(host) ? [] : [host.includes(':') ? `[${host}]` : host]
  const own = publicUrl === undefined ? [] : [new URL(publicUrl).hostname]
  return [...allowedHosts, ...own, ...listening].filter(name => !isLoopback(name))
}

/** Whether people must log in: as soon as anybody but who sits at the machine can reach it. */
export function needsLogin(reach: Reach): boolean {
  return reach.login === 'always' || !isLoopback(reach.host) || namesOf(reach).length > 0
}

/** Whether the browser speaks TLS with us, or with the proxy before us. */
export function isSecure(c: Context, { publicUrl }: Pick<Config, 'publicUrl'>): boolean {
  return (
    publicUrl?.startsWith('https:') === true ||
    new URL(c.req.url).protocol === 'https:' ||
    // Whoever makes this up for their own request only gets a cookie that their browser keeps to itself.
    c.req.header('x-forwarded-proto') === 'https'
  )
}

/**
 * Where a request comes from, to count failures by: the peer, or where that is a proxy on this machine, whom the proxy
 * names last. `unknown` where there is no connection.
 */
export function peerOf(c: Context): string {
  const { incoming } = (c.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } }
  const peer = incoming?.socket?.remoteAddress?.replace(/^::ffff:/, '') ?? 'unknown'
  const named = isLoopback(peer) ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  return (named ?? peer).slice(0, 64)
}
