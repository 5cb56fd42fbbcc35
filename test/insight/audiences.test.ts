import { expect, it } from 'vitest'
import { readAudience } from '../../server/insight/audience.ts'
import { exportAudience, readExports } from '../../server/insight/audience-export.ts'
import { type AudienceRule, audienceRuleSchema } from '../../server/insight/audience-rules.ts'
import { readBrief } from '../../server/insight/brief.ts'
import { sql } from '../../server/store/sql.ts'
import { eachDatabase } from '../support/databases.ts'
import { LAST_DAY, loadFacts, makeFacts } from '../support/facts.ts'

const facts = makeFacts()
const options = { today: LAST_DAY, currency: 'RUB', limit: 100 }

eachDatabase('audiences and briefs', open => {
  it('finds by each rule whom the facts name, and counts consent apart', async () => {
    const { database } = await open()
    await loadFacts(database)
    const read = (rule: AudienceRule) => readAudience(database.reader.read, { ...options, rule })
    const statusOf = new Map(facts.deals.map(deal => [deal.client_id!, deal.status!]))
    const consents = new Map(facts.clients.map(client => [client.client_id, client.consent]))
    const expected = (test: (id: string) => boolean) => {
      const found = [...statusOf.keys()].filter(test)
      return { found: found.length, consented: found.filter(id => consents.get(id) === 1).length }
    }
    const lost = expected(id => statusOf.get(id) === 'lost')
    expect(lost.found).toBeGreaterThan(10)
    expect(await read({ rule: 'lost_price' })).toMatchObject(lost)
    const untouched = expected(
      id =>
        statusOf.get(id) === 'open' && facts.deals.find(deal => deal.client_id === id)!.day! <= '2026-06-14',
    )
    expect(await read({ rule: 'untouched', days: 14 })).toMatchObject(untouched)
    const bought = expected(
      id => statusOf.get(id) === 'won' && facts.deals.find(deal => deal.client_id === id)!.product === 'окна',
    )
    const upsell = await read({ rule: 'upsell', bought: 'окна', without: 'балкон' })
    expect(upsell).toMatchObject(bought)
    expect(upsell.clients.length).toBe(bought.consented)
    expect(await read({ rule: 'persona', persona: 'p-1', who: 'all' })).toMatchObject({
      found: 0,
      value: null,
    })
    expect(audienceRuleSchema.safeParse({ rule: 'upsell', bought: 'A' }).success).toBe(false)
  })

  it('exports contacts of those who consented alone, and writes down who took them', async () => {
    const { database } = await open()
    await loadFacts(database)
    const contacts = facts.clients.map((client, i) => ({
      client_id: client.client_id,
      phone: `+7905${String(1_000_000 + i)}`,
      email: `client${i}@example.com`,
    }))
    await database.upsert('client_contacts', ['client_id', 'phone', 'email'], contacts)
    const file = await exportAudience(
      database,
      {
        rule: { rule: 'lost_price' },
        today: LAST_DAY,
        platform: 'yandex',
        hashed: false,
        identifier: 'phone',
        country: 'RU',
      },
      { author: 'marketing', now: '2026-06-29 10:00:00' },
    )
    const lost = new Set(facts.deals.filter(deal => deal.status === 'lost').map(deal => deal.client_id))
    const wanted = contacts.filter(
      (contact, i) => lost.has(contact.client_id) && facts.clients[i]!.consent === 1,
    )
    expect(file.content.trimEnd().split('\r\n').slice(1)).toEqual(
      wanted.map(({ phone, email }) => `${phone.slice(1)},${email}`).sort(),
    )
    expect(await readExports(database)).toEqual([
      {
        export_id: 1,
        author: 'marketing',
        made_at: '2026-06-29 10:00:00',
        platform: 'yandex',
        rule: '{"rule":"lost_price"}',
        clients: wanted.length,
        rows_written: wanted.length,
        hashed: 0,
      },
    ])
    await expect(database.reader.read(sql`select * from app.audience_exports`)).rejects.toThrow()
  })

  it('a brief tells of one client: origin, pages, words with their spans, topics', async () => {
    const { database } = await open()
    await loadFacts(database)
    const query = database.reader.read
    const brief = (await readBrief(query, { deal: 'crm:d5' }))!
    expect(brief.client).toMatchObject({ client_id: 'crm:005', alias: 6 })
    expect(brief.deal).toMatchObject({ deal_id: 'crm:d5', source: 'vk' })
    expect(brief.pages).toEqual([{ url: '/okna', visits: 1 }])
    expect(brief.touches.map(touch => touch.source)).toEqual(['vk'])
    const [objection] = brief.objected
    const { ref, text } = objection!.quotes[0]!
    const stored = facts.utterances.find(
      row => row.conversation_id === ref.conversation_id && row.n === ref.n,
    )!
    expect(text).toBe(stored.text.slice(ref.from, ref.to))
    expect(brief.topics[0]).toMatchObject({ why: 'objection', theme: 'o-1' })
    expect(await readBrief(query, { client: '6' })).toEqual(brief)
    expect(await readBrief(query, { client: 'nobody' })).toBeNull()
    expect(await readBrief(query, { deal: "x' or 1=1" })).toBeNull()
  })
})
