/** Who may ask for what: over every route of the app. */
import { describe, expect, it } from 'vitest'
import { atLeast, type Role, roles, type Scope, scopes } from '../../server/accounts/roles.ts'
import { access } from '../../server/api/access.ts'
import { person, program, shared, stranger } from '../support/accounts.ts'
import { type Client, freshServices } from '../support/service.ts'

describe('access', () => {
  const open = freshServices()

  const routesOf = ({ app }: Client) => [
    ...new Set(
      app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`),
    ),
  ]

  it('lists every route of the app, and no other', async () => {
    const service = await open({ facts: false })
    expect(
      routesOf(service).filter(route => access[route] === undefined),
      'Say in server/api/access.ts who may ask for it',
    ).toEqual([])
    const known = new Set(routesOf(service))
    expect(Object.keys(access).filter(route => !known.has(route))).toEqual([])
  })

  /** Where a route may send nobody: what is there for everybody, and what answers without end. */
  const asked = Object.entries(access).filter(
    ([route, needed]) => needed !== 'anyone' && route !== 'GET /api/jobs/events',
  )
  const address = (route: string) => {
    const [method, path] = route.split(' ') as [string, string]
    return [method, path.replaceAll(/:\w+/g, 'none')] as const
  }
  /** The guard's own answer; whatever else a route says, it was reached. */
  const isRefused = async (response: Response) => {
    const { status } = response
    await response.body?.cancel()
    return status === 401 || status === 403
  }

  it('refuses whoever has not logged in, with the same words everywhere', async () => {
    const service = await open({ facts: false, environment: shared })
    const ask = stranger(service)
    for (const [route] of asked) {
      const response = await ask(...address(route))
      expect([response.status, await response.json()], route).toEqual([
        401,
        { error: { code: 'not_signed_in', message: 'Log in first', hint: 'Your session may have ended.' } },
      ])
    }
  })

  it('lets each role reach what is listed for it, and no more', async () => {
    const service = await open({ facts: false, environment: shared })
    for (const role of roles) {
      const { ask } = await person(service, role)
      for (const [route, needed] of asked) {
        // It would end the session that asks.
        if (route === 'DELETE /api/account/sessions') continue
        const [least] = needed.split(' ') as [Role]
        const may = needed === 'session' || atLeast(role, least)
        expect(await isRefused(await ask(...address(route))), `${role}: ${route}`).toBe(!may)
      }
    }
    expect(service.faults).toEqual([])
  })

  it('lets a token reach what its scope and its owner reach both', async () => {
    const service = await open({ facts: false, environment: shared })
    const { user: administrator } = await person(service, 'administrator')
    const { user: viewer } = await person(service, 'viewer')
    for (const [owner, role] of [
      [administrator, 'administrator'],
      [viewer, 'viewer'],
    ] as const) {
      for (const scope of scopes) {
        const ask = await program(service, owner, [scope])
        for (const [route, needed] of asked) {
          const [least, wanted] = needed.split(' ') as [Role, Scope]
          const may = needed !== 'session' && wanted === scope && atLeast(role, least)
          expect(await isRefused(await ask(...address(route))), `${role}, ${scope}: ${route}`).toBe(!may)
        }
      }
    }
  })

  it('takes no token that is wrong, over, or of somebody shut out, whatever cookie comes with it', async () => {
    const service = await open({ facts: false, environment: shared })
    const { user, cookie } = await person(service, 'viewer')
    const { tokens, users } = service.parts.accounts
    const wish = { name: 'x', scopes: ['read'], days: 1 } as const
    const { token } = await tokens.make(user.user_id, wish)
    const ask = async (authorization: string) => {
      const headers = { authorization, cookie: `__Host-session=${cookie}` }
      return (await service.app.request('https://verbatim.example/api/kinds', { headers })).status
    }
    expect(await ask(`Bearer ${token}`)).toBe(200)
    expect(await ask(`bearer ${token}`)).toBe(200)
    for (const wrong of [
      '',
      'Bearer',
      'Bearer ',
      `Basic ${token}`,
      `Bearer ${token}x`,
      token,
      'Bearer vbt_',
      `Bearer ${cookie}`,
    ])
      expect(await ask(wrong), wrong).toBe(401)
    await users.change(user.user_id, { disabled: true })
    expect(await ask(`Bearer ${token}`)).toBe(401)
  })

  it('asks nobody for a login on one’s own machine', async () => {
    const service = await open({ facts: false })
    expect((await service.get('/api/kinds')).status).toBe(200)
    expect(await (await service.get('/api/session')).json()).toEqual({
      login: false,
      user: null,
      role: 'administrator',
      provider: null,
    })
    for (const path of ['/api/session/link', '/api/session'])
      expect((await service.send('POST', path, { login: 'a@b', password: 'x', token: 'x' })).status).not.toBe(
        200,
      )
  })
})
