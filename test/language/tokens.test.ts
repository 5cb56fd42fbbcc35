import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tokenize } from '../../server/language/tokens.ts'

const norms = (text: string) => tokenize(text).map(token => token.norm)

describe('tokens', () => {
  it.each([
    ['кто-то по wi-fi и e-mail, don’t', ['кто-то', 'по', 'wi-fi', 'и', 'e-mail', ',', "don't"]],
    ['Ёлка ещё', ['елка', 'еще']],
    ['за\u200bказ мо\u00adре зво\u0301нит', ['заказ', 'море', 'звонит']],
    ['и\u0306од и е\u0308лка', ['йод', 'и', 'елка']],
    ['Правилаhttps://a.ru/b?c=1. Да', ['правила', '<url>', '.', 'да']],
    ['пишите: ivan.p@mail.ru!', ['пишите', ':', '<url>', '!']],
    ['на okna.ru или www.okna.ru/faq,', ['на', '<url>', 'или', '<url>', ',']],
    ['скидка 15 %, 30процентов', ['скидка', '<n>%', ',', '<n>%']],
    ['1 500 ₽ 10 тыс. руб. 50 тысяч рублей 700р', ['<n>₽', '<n>₽', '.', '<n>₽', '<n>₽']],
    ['№ 7 №12 $30 и € 5', ['№<n>', '№<n>', '<n>$', 'и', '<n>€']],
    ['12,5 кв. м, 5м² и 60 см', ['<n>м2', ',', '<n>м2', 'и', '<n>см']],
    ['5-й этаж, 5-камерный, 3d, 2х', ['<n>', 'этаж', ',', '5-камерный', ',', '3d', ',', '2х']],
    ['9:30 12.05.2026 10-15', ['<n>', '<n>', '<n>']],
    ['👨‍👩‍👧 ок👍🏽 да', ['ок', 'да']],
    ['что?! ну... да…', ['что', '?!', 'ну', '...', 'да', '…']],
  ])('%s', (text, expected) => {
    expect(norms(text)).toEqual(expected)
  })

  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc
      .array(
        fc.constantFrom(
          ...[
            'слово',
            'ё',
            'е\u0308',
            '\u200b',
            '\u00ad',
            ' ',
            '-',
            '’',
            '5',
            '1 000',
            '₽',
            '%',
            '№',
            'кв. м',
          ],
          ...['http://x', 'a@b.ru', '.', '?', '👍🏽', '\ud83d', '\u0301', 'тыс', '\n', 'H', '(', 'ok.ru'],
        ),
        { maxLength: 60 },
      )
      .map(parts => parts.join('')),
  )

  it('cuts tokens out of any text as they stand there, in order, without overlap', () => {
    fc.assert(
      fc.property(texts, text => {
        let end = 0
        for (const token of tokenize(text)) {
          expect(token.from).toBeGreaterThanOrEqual(end)
          expect(token.to).toBeGreaterThan(token.from)
          expect(token.text).toBe(text.slice(token.from, token.to))
          expect(token.norm).not.toBe('')
          end = token.to
        }
        expect(end).toBeLessThanOrEqual(text.length)
      }),
      { numRuns: 1000 },
    )
  })

  it('leaves out no letter and no digit', () => {
    fc.assert(
      fc.property(texts, text => {
        const tokens = tokenize(text)
        const covered = new Set(
          tokens.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i)),
        )
        for (const match of text.matchAll(/[\p{L}\p{Nd}]/gu)) expect(covered.has(match.index)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('gives one norm to all ways of writing a word', () => {
    fc.assert(
      fc.property(fc.constantFrom('ещё', 'заказ', 'йод', 'кто-то', 'Ёж'), fc.nat(), (word, seed) => {
        const written = [word, word.toUpperCase(), word.normalize('NFD'), `${word[0]}\u00ad${word.slice(1)}`]
        expect(norms(written[seed % written.length]!)).toEqual(norms(word))
      }),
    )
  })
})
