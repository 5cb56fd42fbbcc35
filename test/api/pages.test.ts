/** Sections of pages over the API, refused rows retried, samples of the schema. */
import { describe, expect, it } from 'vitest'
import type { ColumnSample, PageSection, RejectPage, RejectsRetried } from '../../server/api/contract.ts'
import { raw } from '../../server/store/sql.ts'
import { freshServices } from '../support/service.ts'

describe('pages, rejects and samples', () => {
  const open = freshServices()

  it('adds, changes, orders and removes sections, and refuses what is none', async () => {
    const { get, send, faults } = await open()
    const add = async (heading: string) =>
      (await (await send('POST', '/api/pages', { kind: 'faq', heading, text: 'Да.' })).json()) as PageSection
    const [a, b] = [await add('Первый'), await add('Второй')]
    expect([a.position, b.position]).toEqual([1, 2])
    await send('POST', '/api/pages/order', { ids: [b.id, a.id] })
    const changed = { kind: 'help', heading: 'Второй', text: 'Нет.', publishedAt: '2026-03-01' }
    expect((await send('PUT', `/api/pages/${b.id}`, changed)).status).toBe(200)
    expect(await (await get('/api/pages')).json()).toMatchObject([
      { id: a.id, position: 2, text: 'Да.' },
      { id: b.id, position: 1, text: 'Нет.', publishedAt: '2026-03-01' },
    ])
    expect((await send('DELETE', `/api/pages/${a.id}`)).status).toBe(204)
    expect((await send('DELETE', `/api/pages/${a.id}`)).status).toBe(404)
    expect((await send('PUT', '/api/pages/none', changed)).status).toBe(404)
    for (const wrong of [
      { kind: 'faq', text: ' ' },
      { kind: 'x', text: 'a' },
      { ...changed, publishedAt: '2026-02-31' },
    ])
      expect((await send('POST', '/api/pages', wrong)).status).toBe(422)
    for (const url of [
      'file:///etc/passwd',
      'http://127.0.0.1/',
      'http://[::1]/',
      'http://169.254.169.254/',
      'ftp://a.example/',
    ])
      expect([url, (await send('POST', '/api/pages/fetch', { url })).status >= 400]).toEqual([url, true])
    expect(faults).toEqual([])
  })

  it('retries refused rows', async () => {
    const { get, send, parts, app } = await open({ facts: false })
    const form = new FormData()
    form.set(
      'file',
      new File(['ID;Этап;Дата создания\n1;Замер;01.03.2026\n2;Замер;31.02.2026\n'], 'deals.csv'),
    )
    expect((await app.request('/api/imports', { method: 'POST', body: form })).status).toBe(201)
    const page = (await (await get('/api/rejects')).json()) as RejectPage
    const [reject] = page.rejects
    expect(reject).toMatchObject({
      why: { code: 'not_value' },
      reading: { kind: 'deals', cells: ['2', 'Замер', '31.02.2026'] },
    })
    const again = await send('POST', '/api/rejects/retry', {
      ids: [reject!.id],
      cells: ['2', 'Замер', '28.02.2026'],
    })
    expect((await again.json()) as RejectsRetried).toEqual({ taken: [reject!.id], left: [] })
    expect(await parts.database.query(raw('select count(*) as n from deals'))).toEqual([{ n: 2 }])
    expect((await send('POST', '/api/rejects/retry', { ids: ['none'] })).status).toBe(404)
    expect((await (await get('/api/imports/fields')).json()).deals).toContain('deal_id')
  })

  it('shows a few values of each column, masked', async () => {
    const { get, parts } = await open()
    await parts.database.run(raw(`update utterances set text = 'мой телефон 8 916 123-45-67' where n = 0`))
    const samples = (await (await get('/api/schema/utterances/samples')).json()) as ColumnSample[]
    expect(samples.find(({ name }) => name === 'speaker')!.values).toContain('client')
    expect(JSON.stringify(samples)).not.toContain('123-45-67')
    expect((await get('/api/schema/client_contacts/samples')).status).toBe(404)
    expect((await get('/api/schema/none/samples')).status).toBe(404)
  })
})
