import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMatcher, LEAST_CONFIDENCE } from '../../server/mining/match.ts'

const faq = [
  { id: 'install', text: 'Входит ли монтаж в стоимость?' },
  { id: 'instalments', text: 'Есть ли рассрочка?' },
  { id: 'warranty', text: 'Какая гарантия на окна?' },
  { id: 'survey', text: 'Сколько стоит замер?' },
]

describe('matching a question to the FAQ', () => {
  it('finds the entry through other word forms, order and typos', () => {
    const match = createMatcher(faq)
    expect(match('а монтаж в стоимость входит').answer).toBe('install')
    expect(match('рассрочька есть').answer).toBe('instalments')
    expect(match('гарантия на окно у вас какая').answer).toBe('warranty')
  })

  it('abstains when nothing is near, and between two that are equally near', () => {
    const match = createMatcher(faq)
    expect(match('как проехать к вам в офис').answer).toBeNull()
    const twins = createMatcher([
      { id: 'windows', text: 'Гарантия на окна' },
      { id: 'doors', text: 'Гарантия на двери' },
    ])
    expect(twins('какая гарантия').answer).toBeNull()
    expect(twins('какая гарантия на двери').answer).toBe('doors')
    expect(match('!!!')).toEqual({ answer: null, score: 0, ranked: [] })
  })

  it('a confirmed wording of clients helps where no word is shared', () => {
    expect(createMatcher(faq)('могу я частями платить').answer).toBeNull()
    const taught = faq.map(entry =>
      entry.id === 'instalments' ? { ...entry, phrasings: ['можно платить частями'] } : entry,
    )
    expect(createMatcher(taught)('могу я частями платить').answer).toBe('instalments')
  })

  it('ranks at most as many as asked, by falling likeness from 0 to 1, and answers with the first or not at all', () => {
    const match = createMatcher(faq)
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.integer({ min: 1, max: 6 }),
        (text, top) => {
          const { answer, score, ranked } = match(text, top)
          expect(ranked.length).toBeLessThanOrEqual(top)
          for (const [i, hit] of ranked.entries()) {
            expect(hit.score).toBeGreaterThan(0)
            expect(hit.score).toBeLessThanOrEqual(1.0001)
            if (i > 0) expect(hit.score).toBeLessThanOrEqual(ranked[i - 1]!.score)
          }
          expect(answer).toBe(score >= LEAST_CONFIDENCE ? ranked[0]!.answer : null)
        },
      ),
    )
  })
})
