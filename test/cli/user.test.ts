/** People who log in, at the command line: made, listed, shut out; and what a server asks before others reach it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dispatch } from '../../server/cli/dispatch.ts'

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'verbatim-user-'))
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

async function run(args: string[], environment: Record<string, string> = {}, input = '') {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
  stdin.end(input)
  const said = Promise.all([text(stdout), text(stderr)])
  const { signal } = new AbortController()
  const surroundings = {
    environment: { VERBATIM_DATA: dataDir, ...environment },
    signal,
    stdin,
    stdout,
    stderr,
  }
  const code = await dispatch(args, surroundings)
  stdout.end()
  stderr.end()
  const [out, err] = await said
  return { code, out, err }
}

describe('verbatim user', () => {
  it('adds, lists, changes and shuts out; the log tells it without a name or an address', async () => {
    const made = await run(['user', 'add', 'anna@example.org', '--role', 'administrator'], {
      VERBATIM_PUBLIC_URL: 'https://verbatim.example/ignored',
    })
    expect(made).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^https:\/\/verbatim\.example\/join#[\w-]{32}\n$/),
    })
    expect((await run(['user', 'add', 'Anna@example.org'])).err).toMatch(/already/)
    expect(
      await run(['user', 'add', 'ivan@example.org', '--password', '-'], {}, 'secret words\n'),
    ).toMatchObject({
      code: 0,
      out: '',
    })
    const listed = await run(['user', '--json'])
    expect(
      listed.out
        .trim()
        .split('\n')
        .map(line => JSON.parse(line)),
    ).toMatchObject([
      { login: 'anna@example.org', role: 'administrator', state: 'invited' },
      { login: 'ivan@example.org', role: 'viewer', state: 'joined' },
    ])
    expect((await run(['user', 'role', 'ivan@example.org', '--role', 'editor'])).code).toBe(0)
    expect((await run(['user', 'role', 'anna@example.org', '--role', 'viewer'])).err).toMatch(
      /last administrator/,
    )
    expect((await run(['user', 'token', 'ivan@example.org', '--scopes', 'read,run'])).out).toMatch(
      /^vbt_[\w-]{32}\n$/,
    )
    expect((await run(['user', 'disable', 'ivan@example.org'])).code).toBe(0)
    expect((await run(['user', 'link', 'ivan@example.org'])).err).toMatch(/shut out/)
    const log = await run(['audit', '--json'])
    const lines = log.out
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as { event: string; via: string })
    expect(lines.map(({ event }) => event).reverse()).toEqual([
      'user_added',
      'user_added',
      'role_changed',
      'token_made',
      'user_changed',
    ])
    expect(lines.every(({ via }) => via === 'cli')).toBe(true)
    expect(log.out).not.toMatch(/example\.org|secret/)
  })

  it.each([
    ['an unknown action', ['user', 'promote', 'a@example.org']],
    ['nobody', ['user', 'add']],
    ['an unknown role', ['user', 'add', 'a@example.org', '--role', 'king']],
    ['a password for all to read', ['user', 'add', 'a@example.org', '--password', 'secret words']],
    ['an unknown scope', ['user', 'token', 'a@example.org', '--scopes', 'all']],
    ['an unknown event', ['audit', '--event', 'party']],
  ])('%s is refused', async (_what, args) => {
    const { code, out } = await run(args)
    expect([code, out]).toEqual([expect.toSatisfy(n => n === 1 || n === 2), ''])
  })
})

describe('a server that others reach', () => {
  it.each<[string, Record<string, string>]>([
    ['on all addresses', { VERBATIM_HOST: '0.0.0.0', VERBATIM_ALLOWED_HOSTS: 'verbatim.example' }],
    ['behind a proxy', { VERBATIM_PUBLIC_URL: 'https://verbatim.example' }],
    ['when a login is wanted', { VERBATIM_LOGIN: 'always' }],
  ])('%s does not start without an administrator, and says how to make one', async (_what, environment) => {
    const { code, err } = await run(['serve', '--port', '0'], environment)
    expect(code).toBe(2)
    expect(err).toContain(`user add name@example.org --role administrator --data ${dataDir}`)
  })
})
