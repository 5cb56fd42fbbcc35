/** Logging in at a provider, against a strict one over real HTTP. */
import { afterEach, describe, expect, it } from 'vitest'
import type { Session } from '../../server/api/contract.ts'
import { toLocalPath } from '../../server/api/session-oidc.ts'
import { origin, person, shared } from '../support/accounts.ts'
import { type Provider, startProvider } from '../support/oidc-provider.ts'
import { freshServices } from '../support/service.ts'

const redirect = `${origin}/api/session/oidc/callback`
const anna = { sub: 'a-1', email: 'Anna@example.org', email_verified: true, name: 'Анна' }

describe('logging in at a provider', () => {
  const open = freshServices()
  let provider: Provider | undefined
  afterEach(() => provider?.close())

  async function start(environment: Record<string, string> = {}) {
    provider = await startProvider(redirect)
    provider.person = anna
    const settings = {
      VERBATIM_OIDC_ISSUER: provider.issuer,
      VERBATIM_OIDC_CLIENT_ID: provider.clientId,
      VERBATIM_OIDC_CLIENT_SECRET: provider.clientSecret,
      VERBATIM_OIDC_NAME: 'Company',
    }
    const service = await open({ facts: false, environment: { ...shared, ...settings, ...environment } })
    const begin = async (to = '/') => {
      const response = await service.app.request(`${origin}/api/session/oidc?to=${encodeURIComponent(to)}`)
      expect(response.status).toBe(303)
      const cookie = response.headers.get('set-cookie')!
      expect(cookie).toMatch(/; Path=\/api\/session\/oidc; HttpOnly; Secure; SameSite=Lax$/)
      return { url: response.headers.get('location')!, cookie: cookie.split(';')[0]! }
    }
    const end = async (address: URL, cookie: string) => {
      const response = await service.app.request(address.href, { headers: { cookie } })
      expect(response.status).toBe(303)
      const session = /__Host-session=[\w-]{32}/.exec(response.headers.get('set-cookie') ?? '')?.[0]
      return { to: response.headers.get('location'), session }
    }
    const logIn = async (to?: string) => {
      const { url, cookie } = await begin(to)
      return end(await provider!.visit(url), cookie)
    }
    const whoIs = async (session = '') => {
      const response = await service.app.request(`${origin}/api/session`, { headers: { cookie: session } })
      return ((await response.json()) as Session).user
    }
    return { service, provider, begin, end, logIn, whoIs }
  }

  it('lets in whom somebody invited, by a verified e-mail, and knows them by their subject from then on', async () => {
    const { service, provider, logIn, whoIs } = await start()
    await service.parts.accounts.users.add({ login: 'anna@example.org', name: 'Анна К', role: 'editor' })
    const first = await logIn('/links?x=1')
    expect(first.to).toBe('/links?x=1')
    expect(await whoIs(first.session)).toMatchObject({ name: 'Анна К', role: 'editor' })
    provider.person = { sub: 'a-1', email: 'other@example.org', email_verified: false }
    expect(await whoIs((await logIn()).session)).toMatchObject({ name: 'Анна К' })
    // Somebody else with the same e-mail is not the same person.
    provider.person = { ...anna, sub: 'a-2' }
    expect(await logIn()).toEqual({ to: '/?provider=unknown', session: undefined })
    expect(provider.complaints).toEqual([])
  })

  it('makes people of its own company where that is set, and nobody else', async () => {
    const { provider, logIn, whoIs } = await start({
      VERBATIM_OIDC_ROLE: 'viewer',
      VERBATIM_OIDC_DOMAINS: 'example.org, example.com',
    })
    expect(await whoIs((await logIn()).session)).toMatchObject({ login: 'anna@example.org', role: 'viewer' })
    for (const claims of [
      { sub: 'b', email: 'b@example.org', email_verified: false },
      { sub: 'b', email: 'b@example.org' },
      { sub: 'b', email: 'b@example.org', email_verified: 'true' },
      { sub: 'b', email: 'b@evil.example', email_verified: true },
      { sub: 'b', email: 'b@example.org.evil.example', email_verified: true },
      { sub: 'b' },
    ]) {
      provider.person = claims
      expect(await logIn(), JSON.stringify(claims)).toEqual({ to: '/?provider=unknown', session: undefined })
    }
  })

  it('takes no answer that is forged, used, of another browser or of another time', async () => {
    const { service, provider, begin, end, logIn } = await start({ VERBATIM_OIDC_ROLE: 'viewer' })
    const failed = { to: '/?provider=failed', session: undefined }
    const forged = [
      { claims: { nonce: 'other' } },
      { claims: { aud: 'other' } },
      { claims: { iss: 'https://evil.example' } },
      { claims: { nonce: undefined } },
      { key: true },
    ]
    for (const spoil of forged) {
      provider.spoil = spoil
      expect(await logIn(), JSON.stringify(spoil)).toEqual(failed)
    }
    provider.spoil = {}
    const { url, cookie } = await begin()
    const address = await provider.visit(url)
    const changed = (name: string, value: string) => {
      const other = new URL(address)
      other.searchParams.set(name, value)
      return other
    }
    expect(await end(address, 'login-way=none')).toEqual(failed)
    expect(await end(changed('state', 'other'), cookie)).toEqual(failed)
    // A way is gone once: the right answer comes too late.
    expect(await end(address, cookie)).toEqual(failed)
    const again = await begin()
    expect(await end(changed('code', 'other'), again.cookie)).toEqual(failed)
    const third = await begin()
    const right = await provider.visit(third.url)
    expect((await end(right, third.cookie)).session).toBeDefined()
    expect(await end(right, third.cookie)).toEqual(failed)
    expect(JSON.stringify(service.faults.map(String))).not.toContain(provider.clientSecret)
  })

  it('shuts out whom an administrator shut out', async () => {
    const { service, logIn } = await start({ VERBATIM_OIDC_ROLE: 'viewer' })
    await person(service, 'administrator')
    expect((await logIn()).session).toBeDefined()
    const { users } = service.parts.accounts
    await users.change((await users.byLogin('anna@example.org')).user_id, { disabled: true })
    expect(await logIn()).toEqual({ to: '/?provider=unknown', session: undefined })
  })
})

describe('where a login leads', () => {
  it.each([
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
    '/x\r\nset-cookie: a=b',
    '',
    'x',
    undefined,
    `/${'x'.repeat(3000)}`,
  ])('%j leads to the first page', text => {
    expect(toLocalPath(text)).toBe('/')
  })

  it('a path of this site stays', () => {
    expect(toLocalPath('/notebooks/01-overview?period=last%2090%20days')).toBe(
      '/notebooks/01-overview?period=last%2090%20days',
    )
  })
})
