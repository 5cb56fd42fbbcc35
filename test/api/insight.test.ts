/** Briefs, audiences and personas over HTTP: what a CRM's card, a marketer's page and the command line read. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import type { AudienceExportLine, AudienceSize, Brief, PersonaLine } from '../../server/api/contract.ts'
import { createService } from '../../server/api/service.ts'
import { readConfig } from '../../server/config.ts'
import { sql } from '../../server/store/sql.ts'
import { eachDatabase } from '../support/databases.ts'
import { loadFacts, makeFacts } from '../support/facts.ts'

const facts = makeFacts()

eachDatabase('insight over HTTP', open => {
  const closers: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close()
  })

  async function serve() {
    const { database } = await open()
    await loadFacts(database)
    const dataDir = await mkdtemp(join(tmpdir(), 'verbatim-insight-'))
    closers.push(() => rm(dataDir, { recursive: true, force: true }))
    const service = createService(readConfig({ VERBATIM_DATA: dataDir }), database)
    closers.push(service.close)
    const ask = async (path: string, body?: unknown, method = 'POST') =>
      service.app.request(
        `/api${path}`,
        body === undefined
          ? { method: method === 'POST' ? 'GET' : method }
          : { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
      )
    const read = async <T>(path: string, body?: unknown) => (await (await ask(path, body)).json()) as T
    return { database, ask, read }
  }

  it('a brief by deal and by client is one and the same, with spans and without contacts', async () => {
    const { database, ask, read } = await serve()
    await database.upsert(
      'client_contacts',
      ['client_id', 'name', 'phone', 'email'],
      [{ client_id: 'crm:005', name: 'Ольга', phone: '+79051234567', email: 'o@secret.example' }],
    )
    const brief = await read<Brief>('/brief?deal=crm:d5')
    expect(brief).toMatchObject({ client: { client_id: 'crm:005', alias: 6 }, deal: { deal_id: 'crm:d5' } })
    expect(brief.objected.length).toBeGreaterThan(0)
    expect(await read<Brief>('/brief?client=6')).toEqual(brief)
    expect(JSON.stringify(brief)).not.toMatch(/secret\.example|9051234567/)
    expect([(await ask('/brief')).status, (await ask('/brief?deal=crm:none')).status]).toEqual([400, 404])
  })

  it('an audience: its size, its file for those who consented, and a line in the log of who took it', async () => {
    const { database, ask, read } = await serve()
    await database.upsert(
      'client_contacts',
      ['client_id', 'phone'],
      facts.clients.map(({ client_id }, i) => ({ client_id, phone: `+7905${1_000_000 + i}` })),
    )
    const rule = { rule: 'lost_price' }
    const size = await read<AudienceSize>('/audiences/size', { rule })
    expect(size.found).toBeGreaterThan(size.consented)
    const file = await ask('/audiences/export', { rule, platform: 'yandex' })
    expect(file.status).toBe(200)
    expect(file.headers.get('content-disposition')).toContain('attachment')
    const [header, ...rows] = (await file.text()).trim().split('\r\n')
    expect([header, rows.length]).toEqual(['phone,email', size.consented])
    for (const row of rows) expect(row).toMatch(/^[0-9a-f]{32},$/)
    expect(await read<AudienceExportLine[]>('/audiences/exports')).toMatchObject([
      { platform: 'yandex', rule, clients: size.consented, rows: size.consented, hashed: true },
    ])
    expect((await ask('/audiences/export', { rule, platform: 'elsewhere' })).status).toBe(422)
  })

  it('personas take edits and give them back', async () => {
    const { database, ask, read } = await serve()
    const persona = (n: number) => ({
      persona_id: `p-${n}`,
      name: `Портрет ${n}`,
      machine_name: `Портрет ${n}`,
      hidden: 0,
      pinned: 0,
    })
    await database.upsert(
      'personas',
      ['persona_id', 'name', 'machine_name', 'hidden', 'pinned'],
      [persona(1), persona(2), persona(3)],
    )
    await database.upsert(
      'client_personas',
      ['client_id', 'persona_id', 'machine_persona_id', 'share'],
      facts.clients.map(({ client_id }, i) => {
        const id = `p-${(i % 3) + 1}`
        return { client_id, persona_id: id, machine_persona_id: id, share: 1 }
      }),
    )
    const edit = async (body: unknown) => (await ask('/personas/edits', body)).status
    expect(await edit({ action: 'rename', persona: 'p-1', name: 'Новосёлы' })).toBe(201)
    expect(await edit({ action: 'pin', persona: 'p-3', pinned: true })).toBe(201)
    expect(await edit({ action: 'merge', personas: ['p-1', 'p-2'] })).toBe(201)
    expect(await read<PersonaLine[]>('/personas')).toMatchObject([
      { persona_id: 'p-3', pinned: true, clients: 16 },
      { persona_id: 'p-1', name: 'Новосёлы', clients: 32 },
      { persona_id: 'p-2', alias_of: 'p-1', clients: 0 },
    ])
    expect((await ask('/personas/edits/3', undefined, 'DELETE')).status).toBe(204)
    const sizes = await database.query<{ persona_id: string; n: number }>(
      sql`select persona_id, count(*) as n from client_personas group by persona_id order by persona_id`,
    )
    expect(sizes.map(({ n }) => n)).toEqual([16, 16, 16])
    expect(await edit({ action: 'hide', persona: 'p-9', hidden: true })).toBe(404)
  })
})
