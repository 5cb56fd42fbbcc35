/** Requests that a browser is tricked into, or that nobody honest sends. */
import { describe, expect, it } from 'vitest'
import { origin, person, shared } from '../support/accounts.ts'
import { freshServices } from '../support/service.ts'

const json = { 'content-type': 'application/json' }

describe('a hostile request', () => {
  const open = freshServices()

  it('is refused in the one shape, whoever is logged in', async () => {
    const service = await open({ facts: false, environment: shared })
    const { cookie } = await person(service, 'administrator')
    const own = { cookie: `__Host-session=${cookie}`, origin }
    const post = (headers: Record<string, string>, body = '{}') => ({ method: 'POST', headers, body })
    const hostile: [what: string, path: string, init?: RequestInit][] = [
      ...[
        'https://evil.example',
        'null',
        'http://verbatim.example.evil',
        'https://verbatim.example:444',
        'file://',
        '//',
        '',
      ].map((from): [string, string, RequestInit] => [
        `a change from ${from}`,
        '/api/jobs',
        post({ ...json, ...own, origin: from }, '{"kind":"mine"}'),
      ]),
      ...['cross-site', 'same-site', 'none', 'x'].map((site): [string, string, RequestInit] => [
        `a change that is ${site}`,
        '/api/jobs',
        post({ ...json, cookie: own.cookie, 'sec-fetch-site': site }, '{"kind":"mine"}'),
      ]),
      ...[
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data',
        'application/jsonp',
        '',
      ].map((type): [string, string, RequestInit] => [
        `a body of ${type}`,
        '/api/jobs',
        post({ ...own, 'content-type': type }),
      ]),
      ...[
        '{"kind":"mine"',
        '[]',
        'null',
        '"x"',
        '{"kind":"import"}',
        '{"__proto__":{"kind":"mine"}}',
        `${'['.repeat(50_000)}`,
      ].map((body): [string, string, RequestInit] => [
        `the body ${body.slice(0, 20)}`,
        '/api/jobs',
        post({ ...json, ...own }, body),
      ]),
      ...[
        '..%2f..%2fetc%2fpasswd',
        '..%5c..%5cwindows',
        '%2e%2e%2fapp.db',
        '%00',
        'x%00.md',
        '.history',
        '.bin',
        '%2fetc%2fpasswd',
        'C:%5cx',
        'con',
        '%ff',
        'x'.repeat(5000),
      ].flatMap((id): [string, string, RequestInit?][] => [
        [`the notebook ${id.slice(0, 30)}`, `/api/notebooks/${id}/source`],
        [`its version ${id.slice(0, 30)}`, `/api/notebooks/01-overview/versions/${id}`],
      ]),
      ...[
        '/assets/..%2f..%2fpackage.json',
        '/assets/%2e%2e/%2e%2e/package.json',
        '/..%2fapp.db',
        '/data/local/app.db',
        '/.env',
      ].map((path): [string, string, RequestInit] => [`the file ${path}`, path, { headers: own }]),
      ['another name', 'http://evil.example/api/kinds', { headers: own }],
      ['another name over TLS', 'https://evil.example/', { headers: own }],
      ['a session in the address', `/api/kinds?session=${cookie}`],
      ['half a session', '/api/kinds', { headers: { cookie: `__Host-session=${cookie.slice(1)}` } }],
      ['a session that is SQL', '/api/kinds', { headers: { cookie: "__Host-session=' or 1=1 --" } }],
      [
        'an unknown link',
        '/api/session/link',
        post({ ...json, origin }, JSON.stringify({ token: 'x'.repeat(32) })),
      ],
      ['a link that is SQL', '/api/session/link', post({ ...json, origin }, '{"token":"\' or 1=1"}')],
      [
        'a login that is an object',
        '/api/session',
        post({ ...json, origin }, '{"login":{"$ne":1},"password":"x"}'),
      ],
      [
        'a role that is none',
        '/api/users',
        post({ ...json, ...own }, '{"login":"a@b.c","name":"x","role":"god"}'),
      ],
      [
        'a login with a line in it',
        '/api/users',
        post({ ...json, ...own }, '{"login":"a@b.c\\r\\nX: y","name":"x"}'),
      ],
      ['a name that hides', '/api/users', post({ ...json, ...own }, '{"login":"a@b.c","name":"x\\u202ey"}')],
      [
        'more than asked for',
        '/api/users',
        post({ ...json, ...own }, '{"login":"a@b.c","name":"x","user_id":"me"}'),
      ],
      [
        'a token without end',
        '/api/account/tokens',
        post({ ...json, ...own }, '{"name":"x","scopes":["read"],"days":1e9}'),
      ],
    ]
    expect(hostile.length).toBeGreaterThan(60)
    for (const [what, path, init] of hostile) {
      const response = await service.app.request(path.startsWith('http') ? path : origin + path, init)
      const text = await response.text()
      expect(response.status, `${what}: ${text.slice(0, 200)}`).toBeGreaterThanOrEqual(400)
      const { error, ...rest } = JSON.parse(text) as { error: Record<string, unknown> }
      expect(rest, what).toEqual({})
      expect([typeof error.code, typeof error.message], what).toEqual(['string', 'string'])
      expect(error.code, what).not.toBe('internal')
      expect(text, what).not.toMatch(/root:|node_modules|\.ts:\d|select \*/)
      expect(response.headers.get('access-control-allow-origin'), what).toBeNull()
    }
    expect(service.faults).toEqual([])
  })

  it('no page may be framed, sniffed, or load anything from elsewhere', async () => {
    const service = await open({ facts: false, environment: shared })
    for (const path of ['/healthz', '/api/session', '/api/kinds', '/nothing', '/r/nothing']) {
      const { headers } = await service.app.request(origin + path)
      expect(headers.get('x-frame-options'), path).toBe('DENY')
      expect(headers.get('x-content-type-options'), path).toBe('nosniff')
      expect(headers.get('referrer-policy'), path).toBe('no-referrer')
      const policy = headers.get('content-security-policy')
      // A page in an error's place carries no policy only where it is data.
      if (headers.get('content-type')?.includes('html'))
        expect(policy, path).toMatch(/default-src '(?:none|self)'/)
      if (policy !== null) expect(policy, path).not.toMatch(/unsafe-(?:inline|eval)'?;?.*script|https?:|\*/)
    }
  })

  it('a shared page reaches no part of the API, and its password opens nothing else', async () => {
    const service = await open({ environment: shared })
    const { ask } = await person(service, 'editor')
    const wish = { notebook: '01-overview', password: 'three quiet words', confirmed: true }
    const made = await ask('POST', '/api/shares', wish)
    expect(made.status, await made.clone().text()).toBe(201)
    const { path } = (await made.json()) as { path: string }
    const form = new URLSearchParams({ password: wish.password }).toString()
    const unlocked = await service.app.request(origin + path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(form.length) },
      body: form,
    })
    const cookie = unlocked.headers.get('set-cookie')!
    expect(cookie).toMatch(new RegExp(`Path=${path}; HttpOnly; Secure; SameSite=Lax$`))
    const reader = { cookie: cookie.split(';')[0]!, origin, referer: origin + path }
    const page = await service.app.request(origin + path, { headers: reader })
    expect(page.status).toBe(200)
    // No script may ask for anything but this page's own address.
    const policy = page.headers.get('content-security-policy')!
    const connect = /connect-src ([^;]*)/.exec(policy)?.[1]
    expect(policy).toContain("default-src 'none'")
    expect(connect === undefined || connect === "'none'" || connect.includes('/r/'), policy).toBe(true)
    for (const [method, address] of [
      ['GET', '/api/status'],
      ['GET', '/api/notebooks'],
      ['GET', '/api/shares'],
      ['GET', '/api/audit'],
      ['GET', '/metrics'],
      ['GET', '/api/conversations/a/b'],
      ['POST', '/api/runs'],
      ['POST', '/api/shares'],
      ['DELETE', '/api/shares'],
    ] as const) {
      const response = await service.app.request(origin + address, {
        method,
        headers: { ...reader, ...json },
        ...(method !== 'GET' && { body: '{}' }),
      })
      expect(response.status, address).toBe(401)
    }
  })
})
