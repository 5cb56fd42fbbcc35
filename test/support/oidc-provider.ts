/** A provider of logins over real HTTP that is as strict as the specification: codes once, PKCE, exact addresses. */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Provider {
  issuer: string
  clientId: string
  clientSecret: string
  /** Whoever sits at the provider's page: claims of the next token. */
  person: Record<string, unknown>
  /** Spoils the next token's claims, or its key. */
  spoil: { claims?: Record<string, unknown>; key?: boolean }
  /** Logs in at the provider's page as the browser would: the address to which it leads back. */
  visit(url: string): Promise<URL>
  /** What it complained of. */
  complaints: string[]
  close(): Promise<void>
}

const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 })

export async function startProvider(redirect: string): Promise<Provider> {
  const [{ privateKey, publicKey }, other] = [rsa(), rsa()]
  const codes = new Map<string, { challenge: string; nonce: string }>()
  const provider = {
    clientId: 'verbatim',
    clientSecret: randomBytes(12).toString('hex'),
    person: {},
    spoil: {},
    complaints: [],
  } as unknown as Provider
  const server = createServer(async (request, response) => {
    const url = new URL(request.url!, provider.issuer)
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    const refuse = (why: string) => {
      provider.complaints.push(why)
      answer(400, { error: 'invalid_request' })
    }
    if (url.pathname === '/.well-known/openid-configuration')
      return answer(200, {
        issuer: provider.issuer,
        authorization_endpoint: `${provider.issuer}/authorize`,
        token_endpoint: `${provider.issuer}/token`,
        jwks_uri: `${provider.issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        code_challenge_methods_supported: ['S256'],
      })
    if (url.pathname === '/keys')
      return answer(200, {
        keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'a', alg: 'RS256', use: 'sig' }],
      })
    if (url.pathname === '/authorize') {
      const asked = Object.fromEntries(url.searchParams)
      if (asked.client_id !== provider.clientId || asked.response_type !== 'code') return refuse('client')
      if (asked.redirect_uri !== redirect) return refuse('redirect')
      if (asked.code_challenge_method !== 'S256' || !asked.code_challenge) return refuse('pkce')
      if (!asked.state || !asked.nonce || !asked.scope?.split(' ').includes('openid'))
        return refuse('state, nonce, scope')
      const code = randomBytes(16).toString('hex')
      codes.set(code, { challenge: asked.code_challenge, nonce: asked.nonce })
      const back = new URL(redirect)
      back.searchParams.set('code', code)
      back.searchParams.set('state', asked.state)
      return response.writeHead(302, { location: back.href }).end()
    }
    if (url.pathname === '/token' && request.method === 'POST') {
      let body = ''
      for await (const chunk of request) body += chunk
      const given = Object.fromEntries(new URLSearchParams(body))
      const basic = Buffer.from(
        (request.headers.authorization ?? '').replace(/^Basic /, ''),
        'base64',
      ).toString()
      const secret = given.client_secret ?? decodeURIComponent(basic.split(':')[1] ?? '')
      if (secret !== provider.clientSecret) return refuse('secret')
      const code = codes.get(given.code!)
      codes.delete(given.code!)
      if (!code) return refuse('code')
      const challenge = createHash('sha256')
        .update(given.code_verifier ?? '')
        .digest('base64url')
      if (challenge !== code.challenge || given.redirect_uri !== redirect) return refuse('verifier')
      const claims = {
        iss: provider.issuer,
        aud: provider.clientId,
        nonce: code.nonce,
        ...provider.person,
        ...provider.spoil.claims,
      }
      const now = Math.floor(Date.now() / 1000)
      const token = [
        { alg: 'RS256', kid: 'a' },
        { ...claims, iat: now, exp: now + 300 },
      ]
        .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.')
      const key = provider.spoil.key ? other.privateKey : privateKey
      const signed = `${token}.${sign('sha256', Buffer.from(token), key).toString('base64url')}`
      return answer(200, { access_token: 'x', token_type: 'Bearer', expires_in: 60, id_token: signed })
    }
    return refuse(`nothing at ${url.pathname}`)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  provider.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  provider.visit = async url => {
    const response = await fetch(url, { redirect: 'manual' })
    return new URL(response.headers.get('location') ?? 'none:')
  }
  provider.close = async () => {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
  return provider
}
