import { describe, expect, it } from 'vitest'
import { type DemoOptions, generateDemo } from '../../data/demo/generator/generate.ts'
import { personalKinds } from '../../data/demo/generator/marks.ts'
import type { ClientRows, ConversationRow } from '../../data/demo/generator/rows.ts'

const rowsOf = (options: DemoOptions) => [...generateDemo(options).clients()]
const small = { clients: 400, seed: 11, language: 'ru' } as const
const utterancesOf = (rows: readonly ClientRows[]) =>
  rows.flatMap(({ conversations }) => conversations.flatMap(({ utterances }) => utterances))

/** Whether digits pass the check of bank cards (ISO/IEC 7812-1, Luhn). */
function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 1 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

describe('the demo company', () => {
  it('is the same for a seed and another for another', () => {
    expect(rowsOf({ ...small, clients: 40 })).toEqual(rowsOf({ ...small, clients: 40 }))
    expect(rowsOf({ ...small, clients: 40 })).not.toEqual(rowsOf({ ...small, clients: 40, seed: 12 }))
    expect([...generateDemo(small).spend()]).toEqual([...generateDemo(small).spend()])
  })

  it('hands clients over one by one, as they are asked for', () => {
    const clients = generateDemo({ ...small, clients: 50_000_000 })
      .clients()
      [Symbol.iterator]()
    expect(clients.next().value!.client.first_seen_at.slice(0, 10)).toBe('2025-08-01')
  })

  it('gives nothing two of the same id', () => {
    const rows = rowsOf(small)
    for (const ids of [
      rows.map(({ client }) => client.client_id),
      rows.map(({ client }) => client.phone),
      rows.flatMap(({ deals }) => deals.map(deal => deal.deal_id)),
      rows.flatMap(({ conversations }) => conversations.map(row => row.conversation_id)),
      rows.flatMap(({ visits }) => visits.map(visit => visit.visit_id)),
    ]) {
      expect(new Set(ids).size).toBe(ids.length)
    }
  })

  it('keeps to its fifteen months and to the order of things', () => {
    for (const { client, deals, stages, conversations, visits } of rowsOf(small)) {
      expect(deals[0]!.created_at).toBe(client.first_seen_at)
      for (const deal of deals) {
        const moves = stages.filter(move => move.deal_id === deal.deal_id)
        expect(moves[0]!.entered_at).toBe(deal.created_at)
        expect(moves.at(-1)!.stage).toBe(deal.stage)
        expect(moves.map(move => move.entered_at)).toEqual(
          [...new Set(moves.map(move => move.entered_at))].sort(),
        )
        expect(deal.closed_at).toBe(deal.status === 'open' ? null : moves.at(-1)!.entered_at)
        if (deal.status === 'won') expect(deal.amount).toBeGreaterThan(0)
        expect(deal.loss_reason === null).toBe(deal.status !== 'lost')
        expect(new Set(deal.tags).size).toBe(deal.tags.length)
      }
      for (const at of [
        ...conversations.map(row => row.started_at),
        ...visits.map(visit => visit.started_at),
        ...stages.map(move => move.entered_at),
      ]) {
        expect(at >= '2025-08-01 00:00:00' && at <= '2026-10-31 23:59:59').toBe(true)
      }
    }
  })

  it.each(['ru', 'en'] as const)(
    'marks spans that are there and holds nothing of its own making (%s)',
    language => {
      for (const { text, marks, speaker } of utterancesOf(rowsOf({ ...small, language }))) {
        expect(text).toBe(text.trim())
        expect(text).not.toBe('')
        expect(text).not.toMatch(/[\ue000-\uf8ff]|[{}|]/)
        for (const { from, to, kind } of marks) {
          const said = text.slice(from, to)
          expect(said).toMatch(/^[^\s.,!?](?:.*[^\s.,!?])?$/su)
          if (!personalKinds.includes(kind as 'name')) expect(speaker).not.toBe('agent')
        }
      }
    },
  )

  it('makes cards that pass their check and phones and addresses that nobody has', () => {
    const personal = utterancesOf(rowsOf({ ...small, clients: 1200 })).flatMap(({ text, marks }) =>
      marks.map(({ from, to, kind }) => ({ kind, said: text.slice(from, to) })),
    )
    const of = (kind: string) => personal.filter(one => one.kind === kind).map(one => one.said)
    const cards = of('card').filter(said => /^\d/.test(said))
    expect(cards.length).toBeGreaterThan(0)
    for (const card of cards) {
      expect(card.replaceAll(' ', '')).toMatch(/^22000000\d{8}$/)
      expect(passesLuhn(card.replaceAll(' ', ''))).toBe(true)
    }
    const digits = of('phone').filter(said => /^[+\d]/.test(said))
    expect(digits.length).toBeGreaterThan(100)
    for (const phone of digits) expect(phone.replace(/\D/g, '')).toMatch(/^[78]9\d\d000\d{4}$/)
    const inWords = of('phone').filter(said => /^[а-я]/.test(said))
    expect(inWords.length).toBeGreaterThan(50)
    for (const phone of inWords)
      expect(phone).toMatch(/^(?:восемь|плюс семь) девятьсот.* (?:ноль ноль ноль|три нуля) /)
    expect(
      of('email')
        .filter(said => said.includes('@'))
        .every(said => said.endsWith('@example.ru')),
    ).toBe(true)
    expect(of('email').some(said => / собака экзампл точка ру$/.test(said))).toBe(true)
    for (const kind of ['name', 'address', 'contract', 'passport', 'handle'])
      expect(of(kind).length).toBeGreaterThan(5)
  })

  it('speaks as people do: most calls as recognised, chats with slips, managers in shorthand', () => {
    const rows = rowsOf({ ...small, clients: 1200 }).flatMap(({ conversations }) => conversations)
    const texts = (pick: (row: ConversationRow) => boolean) =>
      rows.filter(pick).map(({ utterances }) => utterances.map(({ text }) => text).join('\n'))
    const calls = texts(row => row.kind === 'call' && row.utterances.length > 0)
    const bare = calls.filter(text => !/[А-ЯЁ.,?]/.test(text))
    expect(bare.length / calls.length).toBeGreaterThan(0.62)
    expect(bare.length / calls.length).toBeLessThan(0.78)
    const wordings = new Set(utterancesOf(rowsOf({ ...small, clients: 1200 })).map(({ text }) => text))
    expect(wordings.size).toBeGreaterThan(5000)
    const notes = texts(row => row.kind === 'comment')
    expect(notes.filter(text => /(?:^| )спр /.test(text)).length).toBeGreaterThan(50)
  })
})
