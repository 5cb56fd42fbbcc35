import { expect, it } from 'vitest'
import { generateDemo } from '../../data/demo/generator/generate.ts'
import { buildPersonas } from '../../server/insight/persona-build.ts'
import { readPersonaCards } from '../../server/insight/persona-cards.ts'
import { makePersonaEdit, undoPersonaEdit } from '../../server/insight/persona-catalogue.ts'
import type { Database } from '../../server/store/database.ts'
import { sql } from '../../server/store/sql.ts'
import { adjustedRand } from '../support/adjusted-rand.ts'
import { eachDatabase } from '../support/databases.ts'
import { writeDemoClients } from '../support/demo-tables.ts'

const clients = [...generateDemo({ clients: 1000, seed: 4, language: 'ru' }).clients()]
const truth = new Map(clients.map(({ client }) => [client.client_id, client.persona]))
const watch = { now: '2026-11-01 00:00:00', language: 'ru' } as const
const by = { author: null, now: '2026-11-01 10:00:00' }

const write = (database: Database, from: number, to: number) =>
  writeDemoClients(database, clients.slice(from, to), { mentions: true, firstAlias: from + 1 })

async function belonging(database: Database): Promise<Map<string, string>> {
  const rows = await database.query<{ client_id: string; persona_id: string }>(
    sql`select client_id, persona_id from client_personas order by client_id`,
  )
  return new Map(rows.map(row => [row.client_id, row.persona_id]))
}

const stayed = (before: Map<string, string>, after: Map<string, string>) =>
  [...before].filter(([client, persona]) => after.get(client) === persona).length / before.size

const nameOf = async (database: Database, id: string) =>
  (await database.query<{ name: string }>(sql`select name from personas where persona_id = ${id}`))[0]!.name

eachDatabase('personas', open => {
  it('finds the planted groups, keeps ids and names as clients come, and does nothing when nothing came', async () => {
    const { database } = await open()
    await write(database, 0, 500)
    const report = await buildPersonas(database, watch)
    expect(report.clients).toBe(500)
    const first = await belonging(database)
    const found = [...first.keys()]
    expect(
      adjustedRand(
        found.map(id => truth.get(id)!),
        found.map(id => first.get(id)!),
      ),
    ).toBeGreaterThan(0.6)
    const versions = await database.versions()
    expect(await buildPersonas(database, watch)).toEqual(report)
    expect(await database.versions()).toEqual(versions)

    await write(database, 500, 600)
    await buildPersonas(database, watch)
    const second = await belonging(database)
    expect(second.size).toBe(600)
    expect(stayed(first, second)).toBeGreaterThanOrEqual(0.95)

    // Half as many again: the number of classes is chosen anew, and who was together keeps the id.
    await write(database, 600, 1000)
    await buildPersonas(database, watch)
    const third = await belonging(database)
    expect(third.size).toBe(1000)
    expect(stayed(second, third)).toBeGreaterThanOrEqual(0.8)
    const names = await database.query<{ name: string }>(sql`select name from personas`)
    expect(new Set(names.map(row => row.name)).size).toBe(names.length)
  })

  it('people rename, pin, hide and merge; their edits outlive a rebuild and can be undone', async () => {
    const { database } = await open()
    await write(database, 0, 400)
    await buildPersonas(database, watch)
    const before = await belonging(database)
    const machineName = await nameOf(database, 'p-1')
    const renamed = await makePersonaEdit(
      database,
      { action: 'rename', persona: 'p-1', name: 'Новосёлы' },
      by,
    )
    await makePersonaEdit(database, { action: 'pin', persona: 'p-2', pinned: true }, by)
    const merged = await makePersonaEdit(database, { action: 'merge', personas: ['p-3', 'p-1'] }, by)
    await makePersonaEdit(database, { action: 'hide', persona: 'p-4', hidden: true }, by)
    await write(database, 400, 420)
    await buildPersonas(database, watch)
    const after = await belonging(database)
    expect([...after.values()]).not.toContain('p-3')
    const query = database.reader.read
    const cards = await readPersonaCards(query, { ids: [], themes: 3, limit: 20 })
    expect(cards[0]!.id).toBe('p-2')
    expect(cards.map(card => card.id)).not.toContain('p-4')
    expect(cards.find(card => card.id === 'p-1')!.name).toBe('Новосёлы')
    expect(cards.find(card => card.id === 'p-1')!.clients).toBe(
      [...after.values()].filter(id => id === 'p-1').length,
    )
    await undoPersonaEdit(database, merged)
    await undoPersonaEdit(database, renamed)
    expect(await nameOf(database, 'p-1')).toBe(machineName)
    expect(stayed(before, await belonging(database))).toBeGreaterThanOrEqual(0.95)
    await expect(undoPersonaEdit(database, renamed)).rejects.toThrow('undone already')
    await expect(
      makePersonaEdit(database, { action: 'hide', persona: 'p-99', hidden: true }, by),
    ).rejects.toThrow('no persona p-99')
  })

  it('shows traits beyond chance alone, and quotes that are the stored words of the persona’s own clients', async () => {
    const { database } = await open()
    await write(database, 0, 400)
    await buildPersonas(database, watch)
    const members = await belonging(database)
    const cards = await readPersonaCards(database.reader.read, { ids: [], themes: 3, limit: 20 })
    expect(cards.reduce((sum, card) => sum + card.clients, 0)).toBe(400)
    let quotes = 0
    for (const card of cards) {
      expect(card.traits.length).toBeGreaterThan(0)
      for (const trait of card.traits) expect(trait.ratioInterval[0]).toBeGreaterThan(1)
      for (const claim of Object.values(card.themes).flat())
        for (const { ref, text } of claim.quotes) {
          quotes++
          expect(members.get(ref.client_id)).toBe(card.id)
          const [stored] = await database.query<{ text: string }>(
            sql`select text from utterances where client_id = ${ref.client_id}
              and conversation_id = ${ref.conversation_id} and n = ${ref.n}`,
          )
          expect(stored!.text.slice(ref.from, ref.to)).toBe(text)
        }
    }
    expect(quotes).toBeGreaterThan(30)
  })

  it('makes none of too few clients', async () => {
    const { database } = await open()
    await write(database, 0, 40)
    expect(await buildPersonas(database, watch)).toEqual({ personas: 0, clients: 0 })
  })
})
