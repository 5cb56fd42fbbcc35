import { describe, expect, it } from 'vitest'
import type { FaqDraft } from '../../server/insight/faq-drafts.ts'
import { draftClaim, effectLines } from '../../server/notebook/faq-drafts-text.ts'

const quote = {
  ref: { client_id: 'crm:1', conversation_id: 'c', n: 2, from: 0, to: 5 },
  text: 'Входит',
  speaker: 'agent' as const,
  alias: 1,
  conversation_kind: 'call',
  at: null,
  offset_ms: null,
  deal_status: 'won',
}
const draft = (more: Partial<FaqDraft> = {}): FaqDraft => ({
  theme: 'q-1',
  label: 'монтаж',
  topic: 'price',
  state: 'missing',
  clients: 12,
  question: 'Входит ли монтаж?',
  answer: { variants: [{ text: 'Входит', clients: 5, quotes: [quote, quote] }], differs: true },
  suggestion: 'Входит.',
  place: { heading: 'Цены', url: '/faq', kind: 'faq', near: true },
  saved: null,
  effect: null,
  ...more,
})
const saved: FaqDraft['saved'] = {
  status: 'published',
  question: 'Монтаж в цене?',
  answer: 'Да.',
  author: null,
  changedAt: '2026-06-02 10:00:00',
  publishedAt: '2026-06-01',
}

describe('a draft as a claim', () => {
  it('is what agents said until an editor wrote, with the place, doubt and a quote of each wording', () => {
    const claim = draftClaim(draft(), 'ru')!
    expect(claim).toMatchObject({
      kind: 'draft',
      text: 'Входит ли монтаж? Входит.',
      clients: 12,
      quotes: [quote],
    })
    expect(claim.facts.map(({ value }) => value)).toEqual([
      5,
      'раздел «Цены»',
      'новый',
      'менеджеры называют разные числа',
    ])
    expect(draftClaim(draft({ saved }), 'en')).toMatchObject({ text: 'Монтаж в цене? Да.' })
  })

  it('is none where nobody said or wrote anything', () => {
    expect(draftClaim(draft({ answer: null, suggestion: '' }), 'ru')).toBeNull()
  })
})

describe('what publishing changed', () => {
  const share = (clients: number) => ({ clients, of: 100, interval: [0.01, 0.2] as [number, number] })

  it('is said of published ones alone, and not too early', () => {
    expect(effectLines([draft()], 'ru')).toEqual([])
    expect(effectLines([draft({ saved })], 'en').map(line => line.replaceAll('\u00a0', ' '))).toEqual([
      '- “Монтаж в цене?” published 1 Jun 2026: too early to compare.',
    ])
  })

  it('names both shares with their intervals, and whether the question fades', () => {
    const effect = { days: 30, before: share(12), after: share(3), faded: true }
    const [line] = effectLines([draft({ saved, effect })], 'en')
    expect(line).toContain(
      'asked by 12% (1%–20%) in the 30 days before, by 3% (1%–20%) in as many after; **fading**',
    )
    const [same] = effectLines([draft({ saved, effect: { ...effect, faded: false } })], 'ru')
    expect(same).toContain('заметной разницы нет')
  })
})
