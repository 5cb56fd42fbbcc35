import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAlignment, readWords } from '../../server/mining/alignment.ts'

const align = (texts: readonly string[], text: string) => {
  const alignTo = createAlignment(
    texts.map(readWords),
    texts.map((_, i) => i),
  )(readWords(text))
  return texts.map((_, i) => alignTo(i))
}

describe('the alignment of words', () => {
  it('is 1 for the same words in any order and form, and 0 where none is alike', () => {
    const [same, other] = align(['Гарантия на окна', 'где парковка'], 'на окно гарантии')
    expect(same).toBeCloseTo(1)
    expect(other).toBe(0)
  })

  it('finds partners by concept and through typos, a little less alike', () => {
    const [exact, concept, typo] = align(
      ['поменять пароль', 'изменить пароль', 'паменять пароль'],
      'поменять пароль',
    )
    expect(exact).toBeCloseTo(1)
    for (const near of [concept!, typo!]) {
      expect(near).toBeGreaterThan(0.6)
      expect(near).toBeLessThan(1)
    }
  })

  it('tells against a word of weight that has no partner, on either side', () => {
    const [whole, less, more] = align(
      ['удалить канал', 'удалить', 'удалить канал и подписчиков'],
      'удалить канал',
    )
    expect(less).toBeLessThan(whole!)
    expect(more).toBeLessThan(whole!)
  })

  it('stays between 0 and 1 whatever is said', () => {
    const said = fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(said, fc.string({ unit: 'grapheme', maxLength: 60 }), (texts, text) => {
        for (const likeness of align(texts, text)) {
          expect(likeness).toBeGreaterThanOrEqual(0)
          expect(likeness).toBeLessThanOrEqual(1.000001)
        }
      }),
    )
  })
})
