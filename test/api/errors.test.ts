import { describe, expect, it } from 'vitest'
import { freshServices } from '../support/service.ts'

/** Exactly the one shape, without anything else. */
async function expectShape(response: Response, what: string): Promise<{ code: string; message: string }> {
  expect(response.headers.get('content-type'), what).toMatch(/^application\/json/)
  const body = (await response.json()) as { error: Record<string, unknown> }
  expect(Object.keys(body), what).toEqual(['error'])
  const { code, message, hint, details, ...rest } = body.error
  expect(rest, what).toEqual({})
  expect(typeof code === 'string' && typeof message === 'string' && message !== '', what).toBe(true)
  expect(hint === undefined || typeof hint === 'string', what).toBe(true)
  expect(details === undefined || typeof details === 'object', what).toBe(true)
  return { code: code as string, message: message as string }
}

/** Shared reports are read by people: there a fault is a page. */
const isForReaders = (path: string) => path.startsWith('/r/')

describe('the one error shape', () => {
  const open = freshServices()

  it('every route answers a hostile request in it, and none fails inwardly', async () => {
    const { app, faults } = await open({ facts: false })
    const routes = [
      ...new Map(app.routes.map(route => [`${route.method} ${route.path}`, route])).values(),
    ].filter(({ method, path }) => method !== 'ALL' && path !== '/*' && !isForReaders(path))
    expect(routes.length).toBeGreaterThan(12)
    const ids = [
      'nothing',
      '../../etc/passwd',
      '..%2f..%2fetc%2fpasswd',
      '%00',
      '%ff',
      "';--",
      '%F0%9F%98%80',
      'x'.repeat(3000),
    ]
    for (const { method, path } of routes) {
      for (const id of path.includes(':') ? ids : ['']) {
        const address = path.replaceAll(/:\w+/g, id)
        const what = `${method} ${address.slice(0, 60)}`
        const response = await app.request(address, {
          method,
          ...(method === 'POST' && { body: '{"', headers: { 'content-type': 'application/json' } }),
        })
        if (response.status < 400) {
          // What can be asked without an id answers; what changes something must not.
          expect([method, path.includes(':')], what).toEqual(['GET', false])
          await response.body?.cancel()
        } else {
          const { code } = await expectShape(response, what)
          expect(code, what).not.toBe('internal')
        }
      }
    }
    expect(faults).toEqual([])
  })

  it.each<[what: string, path: string, init: RequestInit, status: number, code: string]>([
    ['an unknown address', '/api/nothing', {}, 404, 'not_found'],
    ['an unknown method', '/api/status', { method: 'PATCH' }, 404, 'not_found'],
    ['a page while the web is not built', '/', {}, 503, 'unavailable'],
    ['another type of body', '/api/runs', { method: 'POST', body: 'x' }, 400, 'usage'],
    ['a body that is no JSON', '/api/runs', json('{'), 422, 'bad_input'],
    ['a body of another form', '/api/runs', json('{"notebook": 7}'), 422, 'bad_input'],
    ['an unknown notebook', '/api/runs', json('{"notebook": "none", "values": {}}'), 404, 'not_found'],
    ['a body too large', '/api/runs', json(`"${'x'.repeat(1_100_000)}"`), 413, 'limit'],
    ['a wrong query', '/api/rejects?limit=-1', {}, 422, 'bad_input'],
    ['a wrong query', '/api/rejects?import=x', {}, 422, 'bad_input'],
    ['a job of a wrong kind', '/api/jobs', json('{"kind": "import"}'), 422, 'bad_input'],
    ['an upload that is none', '/api/imports', json('{}'), 400, 'usage'],
    [
      'another site’s change',
      '/api/jobs',
      { method: 'POST', headers: { origin: 'https://evil.example' } },
      403,
      'forbidden',
    ],
    [
      'a page without an origin',
      '/api/jobs',
      { method: 'POST', headers: { origin: 'null' } },
      403,
      'forbidden',
    ],
    [
      'another site’s form',
      '/api/jobs',
      { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } },
      403,
      'forbidden',
    ],
    ['another name', 'http://evil.example/api/status', {}, 403, 'forbidden'],
  ])('%s', async (_what, path, init, status, code) => {
    const { app } = await open({ facts: false })
    const response = await app.request(path, init)
    expect(response.status).toBe(status)
    expect((await expectShape(response, path)).code).toBe(code)
  })

  it('a programmer’s fault says nothing of the inside and is reported', async () => {
    const service = await open({ facts: false })
    service.parts.overview.today = () => Promise.reject(new TypeError('secret inner words'))
    const response = await service.get('/api/status')
    expect(response.status).toBe(500)
    expect(await expectShape(response, 'status')).toEqual({ code: 'internal', message: 'Internal error' })
    expect(service.faults).toHaveLength(1)
  })
})

function json(body: string): RequestInit {
  return { method: 'POST', body, headers: { 'content-type': 'application/json' } }
}
