/** Links to reports, over the API and at /r/TOKEN. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { ShareCreate, ShareMade, ShareRecord } from '../../server/api/contract.ts'
import { sql } from '../../server/store/sql.ts'
import { type Client, freshServices } from '../support/service.ts'

const NOTEBOOK = `---
title: Сделки по городам
description: Проверка ссылок
inputs:
  period: { type: period, default: last 90 days }
---
Всего **{{ all.n }}** клиентов.

\`\`\`sql all
select count(*) as n from clients
\`\`\`
`

describe('links to reports', () => {
  const open = freshServices()

  async function start(): Promise<Client> {
    const service = await open()
    await write(service, 'cities', NOTEBOOK)
    return service
  }
  async function write(service: Client, id: string, text: string) {
    await mkdir(join(service.dataDir, 'notebooks'), { recursive: true })
    await writeFile(join(service.dataDir, 'notebooks', `${id}.md`), text)
  }
  async function share(service: Client, more: Partial<ShareCreate> = {}): Promise<ShareMade> {
    const response = await service.send('POST', '/api/shares', { notebook: 'cities', ...more })
    expect(response.status).toBe(201)
    return (await response.json()) as ShareMade
  }
  const list = async (service: Client) => (await (await service.get('/api/shares')).json()) as ShareRecord[]
  const login = (service: Client, path: string, password: string) =>
    service.app.request(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': String(new URLSearchParams({ password }).toString().length),
      },
      body: new URLSearchParams({ password }).toString(),
    })

  it('open a masked page without JavaScript, under headers that keep it from leaking', async () => {
    const service = await start()
    const { path, share: made } = await share(service)
    expect(path).toMatch(/^\/r\/[\w-]{32}$/)
    const response = await service.get(path)
    expect(response.status).toBe(200)
    const page = await response.text()
    expect(page).toContain('<h1>Сделки по городам</h1>')
    expect(page).toContain('Всего <strong>48</strong> клиентов.')
    expect(page).toContain('Личные данные скрыты')
    expect(page).not.toMatch(/<script|<link|<img|<iframe/)
    const headers = Object.fromEntries(response.headers)
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-robots-tag': 'noindex, nofollow, noarchive',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cache-control': 'private, no-cache',
      vary: 'Accept-Encoding, Cookie',
    })
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/=]{44}'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    )
    expect(made).toMatchObject({
      notebook: 'cities',
      mode: 'frozen',
      state: 'open',
      hasPassword: false,
      views: 0,
    })
  })

  it('are stored as a hash alone', async () => {
    const service = await start()
    const { path } = await share(service, { password: 'горький шоколад' })
    const token = path.slice('/r/'.length)
    const { database } = service.parts
    for (const table of ['shares', 'share_pages', 'share_views']) {
      const rows = await database.query(
        table === 'shares'
          ? sql`select * from app.shares`
          : table === 'share_pages'
            ? sql`select * from app.share_pages`
            : sql`select * from app.share_views`,
      )
      expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${token}|шоколад`))
    }
    expect(JSON.stringify(await list(service))).not.toContain(token)
  })

  it('send a frozen page packed, from memory, without any query', async () => {
    const service = await start()
    const { path } = await share(service)
    const first = await service.get(path)
    const page = await first.text()
    let queries = 0
    const { database } = service.parts
    const count =
      <A extends unknown[], R>(work: (...args: A) => R) =>
      (...args: A) => {
        queries += 1
        return work(...args)
      }
    Object.assign(database, {
      query: count(database.query.bind(database)),
      run: count(database.run.bind(database)),
      versions: count(database.versions.bind(database)),
      transaction: count(database.transaction.bind(database)),
    })
    Object.assign(database.reader, { read: count(database.reader.read.bind(database.reader)) })
    const brotli = await service.get(path, { 'accept-encoding': 'gzip, deflate, br, zstd' })
    expect(brotli.headers.get('content-encoding')).toBe('br')
    expect(brotliDecompressSync(Buffer.from(await brotli.arrayBuffer())).toString()).toBe(page)
    const gzip = await service.get(path, { 'accept-encoding': 'gzip, br;q=0' })
    expect(gzip.headers.get('content-encoding')).toBe('gzip')
    expect(gunzipSync(Buffer.from(await gzip.arrayBuffer())).toString()).toBe(page)
    const known = await service.get(path, { 'if-none-match': `"other", W/${first.headers.get('etag')}` })
    expect([known.status, await known.text(), known.headers.get('etag')]).toEqual([
      304,
      '',
      first.headers.get('etag'),
    ])
    expect(queries).toBe(0)
  })

  it('keep a frozen page as it was; a live one follows the data', async () => {
    const service = await start()
    const frozen = await share(service)
    const live = await share(service, { mode: 'live' })
    const text = async ({ path }: ShareMade) => (await service.get(path)).text()
    expect(await text(live)).toContain('Всего <strong>48</strong> клиентов.')
    await service.parts.database.transaction(connection =>
      connection.run(sql`insert into clients (client_id, alias) values ('new', 900)`),
    )
    service.parts.openShares.forget()
    expect(await text(live)).toContain('Всего <strong>49</strong> клиентов.')
    expect(await text(frozen)).toContain('Всего <strong>48</strong> клиентов.')
    await write(service, 'cities', NOTEBOOK.replace('Всего', 'Итого'))
    service.parts.openShares.forget()
    expect(await text(live)).toContain('Итого <strong>49</strong>')
  })

  it('answer alike for what is unknown, revoked, over, turned or no token at all', async () => {
    const service = await start()
    const [revoked, turned, over, kept] = [
      await share(service),
      await share(service),
      await share(service, { expires: '12h' }),
      await share(service),
    ]
    for (const { path } of [revoked, turned, over, kept]) expect((await service.get(path)).status).toBe(200)
    expect(await (await service.send('DELETE', '/api/shares', { ids: [revoked.share.id] })).json()).toEqual({
      revoked: 1,
    })
    const fresh = (await (await service.send('POST', `/api/shares/${turned.share.id}/rotate`)).json()) as {
      path: string
    }
    await service.parts.database.run(
      sql`update app.shares set expires_ms = ${Date.now() - 1} where share_id = ${over.share.id}`,
    )
    service.parts.openShares.forget()
    const hostile = [
      '/r/',
      '/r/x',
      `/r/${'a'.repeat(32)}`,
      `/r/${'a'.repeat(5000)}`,
      '/r/%00',
      '/r/..%2f..%2fapi%2fstatus',
      "/r/'%20or%201=1--",
      `${kept.path}/..%2fapi%2fstatus`,
      `${kept.path}/api/status`,
      `${kept.path}%20`,
      kept.path.toUpperCase().replace('/R/', '/r/'),
      '/r/faces/..%2f..%2fpackage.json',
      '/r/faces/none.woff2',
    ]
    const pages = new Set<string>()
    for (const path of [revoked.path, turned.path, over.path, ...hostile]) {
      const response = await service.get(path, { 'accept-language': 'ru' })
      expect(response.status, path).toBe(404)
      expect(response.headers.get('content-type'), path).toBe('text/html; charset=utf-8')
      pages.add(JSON.stringify([await response.text(), [...response.headers]]))
    }
    expect(pages.size).toBe(1)
    expect([...pages][0]).toContain('По этой ссылке ничего нет')
    expect(
      await (await service.get(kept.path.slice(0, -1), { 'accept-language': 'de, en;q=0.8' })).text(),
    ).toContain('There is nothing at this link')
    expect((await service.get(kept.path)).status).toBe(200)
    expect((await service.get(fresh.path)).status).toBe(200)
    expect((await service.send('POST', `/api/shares/${revoked.share.id}/rotate`)).status).toBe(409)
    expect((await service.get(revoked.path)).status).toBe(404)
    expect((await list(service)).map(({ state }) => state).sort()).toEqual([
      'expired',
      'open',
      'open',
      'revoked',
    ])
    expect(service.faults).toEqual([])
  })

  it('end with their pages, whoever ended them', async () => {
    const service = await start()
    const { path, share: made } = await share(service)
    await service.send('DELETE', '/api/shares', { ids: [made.id, 'nobody'] })
    expect(await service.parts.database.query(sql`select share_id from app.share_pages`)).toEqual([])
    expect(await (await service.send('DELETE', '/api/shares', { ids: [made.id] })).json()).toEqual({
      revoked: 0,
    })
    expect((await service.get(path)).status).toBe(404)
  })

  it('ask for a password on a plain form, and let nobody guess it', async () => {
    const service = await start()
    const { path, share: made } = await share(service, { password: 'correct horse battery' })
    const asked = await service.get(path, { 'accept-language': 'en' })
    const form = await asked.text()
    expect(asked.status).toBe(200)
    expect(form).toContain('<form method="post">')
    expect(form).not.toMatch(/<script|Сделки|48/)
    expect(asked.headers.get('content-security-policy')).toContain("form-action 'self'")
    expect(made.hasPassword).toBe(true)

    const wrong = await login(service, path, 'correct horse batterz')
    expect(wrong.status).toBe(403)
    expect(wrong.headers.get('set-cookie')).toBeNull()
    const right = await login(service, path, 'correct horse battery')
    expect([right.status, right.headers.get('location')]).toEqual([303, path])
    const cookie = right.headers.get('set-cookie')!
    expect(cookie).toMatch(
      new RegExp(`^pass=\\d+\\.[\\w-]{43}; Max-Age=43200; Path=${path}; HttpOnly; SameSite=Lax$`),
    )
    const pass = cookie.split(';')[0]!
    expect(await (await service.get(path, { cookie: pass })).text()).toContain('<strong>48</strong>')

    const [end, signature] = pass.slice('pass='.length).split('.')
    const other = await share(service, { password: 'correct horse battery' })
    const forged = [
      '',
      'pass=',
      'pass=.',
      'pass=9999999999999',
      `pass=${Number(end) + 1}.${signature}`,
      `pass=1.${signature}`,
      `pass=${end}.${signature!.slice(0, -1)}`,
      `pass=${end}.${'A'.repeat(43)}`,
      `pass=9e99.${signature}`,
    ]
    for (const text of forged)
      expect(await (await service.get(path, { cookie: text })).text(), text).toContain('<form')
    expect(await (await service.get(other.path, { cookie: pass })).text()).toContain('<form')
    const { path: turned } = (await (await service.send('POST', `/api/shares/${made.id}/rotate`)).json()) as {
      path: string
    }
    expect(await (await service.get(turned, { cookie: pass })).text()).toContain('<form')
  })

  it('stop answering guesses after ten, even right ones', async () => {
    const service = await start()
    const { path } = await share(service, { password: '12345678' })
    const tries = await Promise.all(
      Array.from({ length: 12 }, (_, i) => login(service, path, i === 11 ? '12345678' : `wrong ${i}`)),
    )
    expect(tries.map(({ status }) => status)).toEqual([...Array(10).fill(403), 429, 429])
    expect(Number(tries[11]!.headers.get('retry-after'))).toBeGreaterThan(800)
    const hostile = await share(service, { password: '12345678' })
    for (const body of [
      '',
      'password',
      'password=%00',
      `password=${'x'.repeat(300)}`,
      '{"password":"12345678"}',
    ])
      expect(
        (
          await service.app.request(hostile.path, {
            method: 'POST',
            body,
            headers: {
              'content-length': String(body.length),
              'content-type': body.startsWith('{') ? 'application/json' : 'application/x-www-form-urlencoded',
            },
          })
        ).status,
        body,
      ).toBe(403)
    expect(service.faults).toEqual([])
  })

  it('count views and say when they were', async () => {
    const service = await start()
    const { path, share: made } = await share(service)
    for (let i = 0; i < 3; i++) await (await service.get(path)).text()
    await service.app.request(path, { method: 'HEAD' })
    const [record] = await list(service)
    expect(record).toMatchObject({
      views: 3,
      lastViewAt: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:00$/),
    })
    const log = (await (await service.get(`/api/shares/${made.id}/views`)).json()) as { views: number }[]
    expect(log.reduce((sum, { views }) => sum + views, 0)).toBe(3)
    expect((await service.get('/api/shares/nobody/views')).status).toBe(404)
  })

  it('refuse raw personal data until their author confirms it', async () => {
    const service = await start()
    await write(
      service,
      'raw',
      NOTEBOOK.replace('description: Проверка ссылок', 'description: Звоните +7 916 123-45-67'),
    )
    const refused = await service.send('POST', '/api/shares', { notebook: 'raw' })
    expect(refused.status).toBe(409)
    expect(await refused.json()).toMatchObject({
      error: { code: 'conflict', details: { exposure: { raw: { phone: 1 } } } },
    })
    expect(await list(service)).toEqual([])
    const preview = await service.send('POST', '/api/shares/preview', { notebook: 'raw' })
    expect(await preview.json()).toMatchObject({ quotes: 0, charts: 0, hidden: {}, raw: { phone: 1 } })
    expect((await share(service, { notebook: 'raw', confirmed: true })).exposure.raw).toEqual({ phone: 1 })
  })

  it('close a live page when new data brings what nobody confirmed', async () => {
    const service = await start()
    await write(service, 'names', NOTEBOOK)
    const { path } = await share(service, { notebook: 'names', mode: 'live' })
    await write(service, 'names', NOTEBOOK.replace('Проверка ссылок', 'Пишите на sales@example.org'))
    service.parts.openShares.forget()
    const response = await service.get(path)
    expect(response.status).toBe(503)
    expect(await response.text()).not.toContain('example.org')
  })

  it.each<[what: string, body: object, status: number]>([
    ['an unknown notebook', { notebook: 'none' }, 404],
    ['a path', { notebook: '../../etc/passwd' }, 404],
    ['a wrong input', { values: { period: 'yesterday' } }, 422],
    ['a wrong end', { expires: '0d' }, 422],
    ['an end too far', { expires: '99999w' }, 422],
    ['an end in words', { expires: 'tomorrow' }, 422],
    ['a short password', { password: '1234567' }, 422],
    ['a long password', { password: 'x'.repeat(201) }, 422],
    ['a wrong mode', { mode: 'open' }, 422],
  ])('refuse %s', async (_what, body, status) => {
    const service = await start()
    const response = await service.send('POST', '/api/shares', { notebook: 'cities', ...body })
    expect(response.status).toBe(status)
    expect(await list(service)).toEqual([])
  })

  it('serve their faces and nothing else', async () => {
    const service = await start()
    const { path } = await share(service)
    const page = await (await service.get(path)).text()
    const faces = [...page.matchAll(/url\(([^)]+)\)/g)].map(match => match[1]!)
    expect(faces.length).toBeGreaterThan(0)
    for (const face of faces) {
      expect(face).toMatch(/^\/r\/faces\/[\w-]+\.woff2$/)
      const response = await service.get(face)
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'font/woff2'])
      expect(Buffer.from(await response.arrayBuffer()).toString('latin1', 0, 4)).toBe('wOF2')
    }
  })
})
