import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { fetchPublic, type PublicFetchEffects } from '../../server/lib/public-fetch.ts'
import { assertPublicUrl, isPublicAddress } from '../../server/lib/public-url.ts'

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
})

async function serve(answer: RequestListener): Promise<number> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** The loopback address stands for the public internet, its neighbour for the office. */
function internet(names: Record<string, string[]>): PublicFetchEffects & { asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    isPublic: address => address === '127.0.0.1',
    isPort: () => true,
    resolve: async host => {
      asked.push(host)
      const found = names[host]
      if (!found) throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' })
      return found.map(address => ({ address, family: 4 }))
    },
  }
}

describe('addresses that may be fetched', () => {
  it.each([
    'https://example.org/page?x=1',
    'http://example.org:8080/',
    'https://xn--80ak6aa92e.com/',
    'https://8.8.8.8/',
    'https://[2a00:1450:4001::1]/',
  ])('%s', text => {
    expect(assertPublicUrl(text).href).toBe(text)
  })

  it('not from ports where no web server stands', () => {
    for (const port of [22, 25, 3306, 5432, 6379, 11211])
      expect(() => assertPublicUrl(`http://example.org:${port}/`), String(port)).toThrow(
        'not fetched from port',
      )
  })

  it('all public and no special networks', () => {
    const open = ['1.1.1.1', '172.32.0.1', '100.128.0.1', '198.20.0.1', '2606:4700::1111', '2a02:6b8::1']
    const closed = [
      ...[
        '0.0.0.0',
        '10.1.2.3',
        '100.64.0.1',
        '127.8.8.8',
        '169.254.169.254',
        '172.31.255.255',
        '192.168.0.1',
      ],
      ...[
        '198.18.0.1',
        '224.0.0.1',
        '255.255.255.255',
        '::',
        '::1',
        'fe80::1',
        'fc00::1',
        'fd12::1',
        'ff02::1',
      ],
      ...[
        '::ffff:127.0.0.1',
        '::ffff:7f00:1',
        '64:ff9b::a00:1',
        '64:ff9b:1::1',
        '2002:7f00:1::',
        '2001::1',
        '2001:db8::1',
      ],
      ...['', 'example.org', '127.1', 'fe80::1%eth0'],
    ]
    expect(open.filter(address => !isPublicAddress(address))).toEqual([])
    expect(closed.filter(isPublicAddress)).toEqual([])
  })
})

describe('fetching a page', () => {
  it('unpacks it and follows a redirect, asking for each name as it connects', async () => {
    const port = await serve((request, response) => {
      if (request.url === '/old')
        response.writeHead(302, { location: `http://new.example:${port}/page` }).end()
      else
        response
          .writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' })
          .end(gzipSync(`<h1>${request.headers.host}</h1>`))
    })
    const world = internet({ 'old.example': ['127.0.0.1'], 'new.example': ['127.0.0.1'] })
    const page = await fetchPublic(`http://old.example:${port}/old`, {}, world)
    expect(page).toMatchObject({ url: `http://new.example:${port}/page`, status: 200 })
    expect(page.body.toString()).toBe(`<h1>new.example:${port}</h1>`)
    expect(world.asked).toEqual(['old.example', 'new.example'])
  })

  it('goes to the addresses that were checked, whatever the name says next', async () => {
    const reached: string[] = []
    const port = await serve((request, response) => {
      reached.push(request.url!)
      response.writeHead(302, { location: '/again' }).end()
    })
    const answers = [['127.0.0.1'], ['127.0.0.2']]
    const world = { ...internet({}), resolve: async () => [{ address: answers.shift()![0]!, family: 4 }] }
    await expect(fetchPublic(`http://turns.example:${port}/`, {}, world)).rejects.toMatchObject({
      status: 403,
    })
    expect(reached).toEqual(['/'])
  })

  it('refuses a name that has a private address among others, and redirects inwards', async () => {
    const port = await serve((request, response) =>
      response.writeHead(302, { location: decodeURIComponent(request.url!.slice(1)) }).end(),
    )
    const world = internet({ 'both.example': ['127.0.0.1', '10.0.0.1'], 'out.example': ['127.0.0.1'] })
    await expect(fetchPublic(`http://both.example:${port}/`, {}, world)).rejects.toMatchObject({
      status: 403,
    })
    for (const inward of [
      'http://127.0.0.2/',
      'http://localhost/',
      'http://[::1]/',
      'http://2130706434/',
      'http://0x7f.2/',
      'http://router.lan/',
      'file:///etc/passwd',
      'gopher://out.example/',
      `http://user:word@out.example:${port}/`,
    ]) {
      const address = `http://out.example:${port}/${encodeURIComponent(inward)}`
      const refused = await fetchPublic(address, {}, world).catch((error: unknown) => error)
      expect(refused, inward).toMatchObject({
        status: expect.toSatisfy(status => [403, 422].includes(status)),
      })
    }
  })

  it('has an end in size, unpacked too, in hops and in time', async () => {
    const port = await serve((request, response) => {
      if (request.url === '/large') response.end('x'.repeat(20_000))
      else if (request.url === '/bomb')
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(2_000_000)))
      else if (request.url === '/round') response.writeHead(302, { location: '/round' }).end()
      else if (request.url === '/odd') response.writeHead(200, { 'content-encoding': 'zpaq' }).end('x')
      else if (request.url === '/broken')
        response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip')
    })
    const world = internet({ 'a.example': ['127.0.0.1'] })
    const ask = (path: string, timeoutMs = 10_000) =>
      fetchPublic(`http://a.example:${port}${path}`, { maxBytes: 10_000, timeoutMs }, world)
    await expect(ask('/large')).rejects.toMatchObject({ code: 'limit' })
    await expect(ask('/bomb')).rejects.toMatchObject({ code: 'limit' })
    await expect(ask('/round')).rejects.toMatchObject({ code: 'limit' })
    await expect(ask('/silent', 50)).rejects.toMatchObject({ code: 'limit' })
    await expect(ask('/odd')).rejects.toMatchObject({ code: 'bad_input' })
    await expect(ask('/broken')).rejects.toMatchObject({ code: 'unavailable' })
    await expect(fetchPublic('http://nobody.example/', {}, world)).rejects.toMatchObject({
      code: 'unavailable',
    })
    const stopped = AbortSignal.abort()
    await expect(fetchPublic(`http://a.example:${port}/`, { signal: stopped }, world)).rejects.toMatchObject({
      code: 'cancelled',
    })
  })
})
