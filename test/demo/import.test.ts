/** The committed files through the import into SQLite: what stands in the database is what the generator made. */
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { committed, generateDemo } from '../../data/demo/generator/generate.ts'
import type { ClientRows } from '../../data/demo/generator/rows.ts'
import type { Truth } from '../../data/demo/generator/truth.ts'
import { importFile } from '../../server/sources/ingest.ts'
import { openInput } from '../../server/sources/recognise.ts'
import type { Database } from '../../server/store/database.ts'
import { openDatabase } from '../../server/store/open.ts'
import type { Row } from '../../server/store/schema.ts'
import { raw, sql } from '../../server/store/sql.ts'

const shipped = resolve(import.meta.dirname, '../../data/demo')
const settings = {
  ru: { timeZone: 'Europe/Moscow', currency: 'RUB' },
  en: { timeZone: 'Europe/London', currency: 'GBP' },
} as const
const KINDS = {
  ru: 'clients deals stages conversations conversations conversations conversations visits spend spend spend targets pages pages',
  en: 'clients deals stages conversations conversations conversations visits spend spend spend targets pages pages',
} as const

describe.each(['ru', 'en'] as const)('the demo’s import (%s)', language => {
  const folder = join(shipped, language)
  const names = readdirSync(folder).sort()
  const truth = JSON.parse(readFileSync(join(shipped, `truth.${language}.json`), 'utf8')) as Truth
  let dataDir: string
  let database: Database
  let rows: ClientRows[]
  const importAll = async () => {
    const summaries = []
    for (const name of names)
      summaries.push(await importFile(database, await openInput(join(folder, name)), settings[language]))
    return summaries
  }
  let first: Awaited<ReturnType<typeof importAll>>

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'verbatim-demo-'))
    database = await openDatabase({ dataDir })
    first = await importAll()
    rows = [...generateDemo({ language, ...committed[language] }).clients()]
  }, 120_000)
  afterAll(async () => {
    await database.close()
    await rm(dataDir, { recursive: true, force: true })
  })

  it('recognises every file and refuses no row', async () => {
    const numbered = first.filter(summary => /^\d/.test(summary.source)).map(summary => summary.kind)
    expect(numbered.join(' ')).toBe(KINDS[language])
    expect(first.filter(summary => !/^\d/.test(summary.source)).map(summary => summary.kind)).toEqual(
      names.filter(name => name.startsWith('call_')).map(() => 'conversations'),
    )
    expect(first.map(summary => summary.rowsRejected)).toEqual(names.map(() => 0))
    expect(await database.query(sql`select * from rejects`)).toEqual([])
  })

  it('stores as many rows as were made', async () => {
    for (const [table, n] of Object.entries(truth.counts)) {
      const [counted] = await database.query<{ n: number }>(sql`select count(*) as n from ${raw(table)}`)
      expect({ table, n: counted!.n }).toEqual({ table, n })
    }
  })

  it('changes nothing the second time', async () => {
    const again = await importAll()
    expect(again.map(({ source, rowsNew, rowsChanged }) => ({ source, rowsNew, rowsChanged }))).toEqual(
      names.map(source => ({ source, rowsNew: 0, rowsChanged: 0 })),
    )
  }, 120_000)

  it('gives every deal, call, chat and visit to its client', async () => {
    const owners = async (table: 'deals' | 'conversations' | 'visits', id: string) => {
      const found = await database.query<{ id: string; client_id: string }>(
        sql`select ${raw(id)} as id, client_id from ${raw(table)}`,
      )
      return new Map(found.map(row => [row.id, row.client_id]))
    }
    const [deals, talks, visits] = [
      await owners('deals', 'deal_id'),
      await owners('conversations', 'conversation_id'),
      await owners('visits', 'visit_id'),
    ]
    for (const { client, deals: own, conversations, visits: seen } of rows) {
      for (const deal of own) expect(deals.get(deal.deal_id)).toBe(client.client_id)
      for (const talk of conversations) expect(talks.get(talk.conversation_id)).toBe(client.client_id)
      for (const visit of seen) expect(visits.get(visit.visit_id)).toBe(client.client_id)
    }
  })

  it('stores clients and deals as they were made', async () => {
    const clients = new Map(
      (await database.query<Row<'clients'>>(sql`select * from clients`)).map(row => [row.client_id, row]),
    )
    const deals = new Map(
      (await database.query<Row<'deals'>>(sql`select * from deals`)).map(row => [row.deal_id, row]),
    )
    for (const { client, deals: own } of rows) {
      const { client_id, kind, city, region, profile, consent, first_seen_at } = client
      expect(clients.get(client_id)).toMatchObject({ kind, city, region, profile, consent, first_seen_at })
      for (const { tags: _, ...deal } of own) expect(deals.get(deal.deal_id)).toMatchObject(deal)
    }
  })

  it('keeps names out of what everybody may read', async () => {
    const attributes = await database.query<{ name: string }>(
      sql`select distinct name from client_attributes order by name`,
    )
    expect(attributes.map(row => row.name)).toEqual(
      language === 'ru' ? ['Компания', 'Тип дома'] : ['Company', 'House age'],
    )
    const contacts = await database.query<Row<'client_contacts'>>(sql`select * from app.client_contacts`)
    const byClient = new Map(contacts.map(row => [row.client_id, row]))
    for (const { client } of rows)
      expect(byClient.get(client.client_id)).toMatchObject({ name: client.name, phone: client.phone })
  })

  it('has every planted span at its place in the stored text', async () => {
    const stored = await database.query<Row<'utterances'>>(sql`select * from utterances`)
    const texts = new Map(stored.map(row => [`${row.conversation_id}\n${row.n}`, row]))
    for (const { conversations } of rows) {
      for (const { conversation_id, utterances } of conversations) {
        for (const { n, text, speaker, start_ms } of utterances) {
          expect(texts.get(`${conversation_id}\n${n}`)).toMatchObject({ text, speaker, start_ms })
        }
      }
    }
    let spans = 0
    for (const [id, said] of [...truth.gold, ...truth.decoys]) {
      for (const [n, from, to, theme] of said) {
        const { text, speaker } = texts.get(`${id}\n${n}`)!
        expect(text.slice(from, to)).toMatch(/^[^\s.,!?].*[^\s.,!?]$/su)
        expect(speaker).not.toBe('agent')
        expect(truth.themes[theme]).toBeDefined()
        spans++
      }
    }
    for (const [id, said] of truth.personal)
      for (const [n, from, to, , value] of said)
        expect(texts.get(`${id}\n${n}`)!.text.slice(from, to)).toBe(value)
    expect(spans).toBeGreaterThan(language === 'ru' ? 5000 : 500)
  })

  it('spends to the kopeck what was spent', async () => {
    const made = [...generateDemo({ language, ...committed[language] }).spend()]
    const sums: Record<string, number> = {}
    for (const { source, cost } of made) sums[source] = (sums[source] ?? 0) + Math.round(cost * 100)
    const stored = await database.query<{ source: string; cost: number }>(sql`select source, cost from spend`)
    const found: Record<string, number> = {}
    for (const { source, cost } of stored) found[source] = (found[source] ?? 0) + Math.round(cost * 100)
    expect(found).toEqual(sums)
  })

  it('knows every client’s persona once', () => {
    const listed = truth.personas.flatMap(persona => persona.clients)
    expect(listed.length).toBe(committed[language].clients)
    expect(new Set(listed)).toEqual(new Set(rows.map(({ client }) => client.client_id)))
  })
})
