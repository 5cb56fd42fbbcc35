/** Erasing over the API: seen before it is done, confirmed by number, certified, and nothing of it left in memory. */
import { describe, expect, it } from 'vitest'
import type { ErasureCertificate, ErasurePlan } from '../../server/api/contract.ts'
import { raw } from '../../server/store/sql.ts'
import { freshServices } from '../support/service.ts'

describe('erasures', () => {
  const open = freshServices()

  it('shows what would go, erases it when the number is confirmed, and keeps a certificate', async () => {
    const { get, send, parts, faults } = await open()
    const shown = await send('POST', '/api/erasures/preview', { client: 'Клиент 14' })
    const plan = (await shown.json()) as ErasurePlan
    expect(plan).toMatchObject({ alias: 14, counts: { clients: 1, deals: 1, utterances: 3, mentions: 1 } })
    const another = await send('POST', '/api/erasures', { client: '14', alias: 15 })
    expect([another.status, (await another.json()).error.code]).toEqual([409, 'conflict'])

    const done = await send('POST', '/api/erasures', { client: '14', alias: 14 })
    expect(done.status).toBe(201)
    const certificate = (await done.json()) as ErasureCertificate
    expect(certificate.counts).toEqual(plan.counts)
    expect(await (await get('/api/erasures')).json()).toEqual([certificate])
    expect(await (await get(`/api/erasures/${certificate.id}`)).json()).toEqual(certificate)
    expect(JSON.stringify(certificate)).not.toContain('crm:')
    const left = await parts.database.query(
      raw(`select 1 as found from utterances where client_id = 'crm:013'`),
    )
    expect(left).toEqual([])
    expect((await get('/api/conversations/crm:013/call:13')).status).toBe(404)
    expect((await send('POST', '/api/erasures/preview', { client: '14' })).status).toBe(404)
    expect(faults).toEqual([])
  })

  it('says what it can’t take', async () => {
    const { send, get } = await open()
    for (const client of [
      '',
      'x'.repeat(301),
      '999',
      'nobody@example.com',
      '+7 900 000-00-00',
      "' or 1=1 --",
    ]) {
      const { status } = await send('POST', '/api/erasures/preview', { client })
      expect([client, status >= 400 && status < 500]).toEqual([client, true])
    }
    expect((await get('/api/erasures/none')).status).toBe(404)
  })
})
