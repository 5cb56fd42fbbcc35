/**
 * Whether an address may be fetched on somebody's word: http or https, no login in it, a usual port, and a host that is on
 * the public internet. Special-purpose networks as in IANA's registries (RFC 6890 and its successors). What a name
 * resolves to is checked by public-fetch.ts at the moment of the connection.
 */
import { BlockList, isIPv4, isIPv6 } from 'node:net'
import { ForbiddenError, InputError } from '../errors.ts'

const LONGEST = 2_000
/** An empty port is the scheme's own. */
const PORTS = new Set(['', '80', '443', '8080', '8443'])

/** What counts as the public internet; a test has one of its own. */
export interface PublicNet {
  isPublic(address: string): boolean
  isPort(port: string): boolean
}
/** Names that mean this machine or this network, whoever answers for them. */
const INNER_NAME =
  /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home|corp|test|invalid|onion|arpa)$/

const closed4 = new BlockList()
for (const network of [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
])
  add(closed4, network, 'ipv4')

/** Of IPv6 only what is given out to the world, without the parts of it that carry IPv4 or are examples. */
const [open6, closed6] = [new BlockList(), new BlockList()]
add(open6, '2000::/3', 'ipv6')
for (const network of ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']) add(closed6, network, 'ipv6')

function add(list: BlockList, network: string, family: 'ipv4' | 'ipv6'): void {
  const [address, bits] = network.split('/')
  list.addSubnet(address!, Number(bits), family)
}

/** Whether an IP address (no name) is one of the public internet. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !closed4.check(address, 'ipv4')
  return isIPv6(address) && open6.check(address, 'ipv6') && !closed6.check(address, 'ipv6')
}

export const publicNet: PublicNet = { isPublic: isPublicAddress, isPort: port => PORTS.has(port) }

/** The refusal of an address that leads inwards. */
export function refuseInner(host: string): ForbiddenError {
  return new ForbiddenError(`“${host.slice(0, 100)}” is not an address of the public internet`, {
    hint: 'Pages are fetched from public sites only.',
  })
}

/**
 * The address, checked as far as it can be without asking anyone. Throws InputError for what is no web address,
 * ForbiddenError for one that leads into a private network.
 */
export function assertPublicUrl(text: string, { isPublic, isPort } = publicNet): URL {
  const url = text.length <= LONGEST ? URL.parse(text) : null
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '')
    throw new InputError('This is no address of a web page', { hint: 'It begins with https:// or http://.' })
  if (url.username !== '' || url.password !== '')
    throw new InputError('An address may not carry a login', { hint: 'Take out what stands before the @.' })
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  const isAddress = isIPv4(host) || isIPv6(host)
  if (isAddress ? !isPublic(host) : INNER_NAME.test(host) || !host.includes('.')) throw refuseInner(host)
  if (!isPort(url.port))
    throw new ForbiddenError(`Pages are not fetched from port ${url.port}`, {
      hint: 'Ports 80, 443, 8080 and 8443 are.',
    })
  return url
}
