import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitClauses, splitShorthand } from '../../server/language/clauses.ts'
import { tokenize } from '../../server/language/tokens.ts'

const cut = (text: string) => splitClauses(text).map(({ from, to }) => text.slice(from, to))

describe('clauses', () => {
  it.each([
    [
      'ну да я понял слушайте а вот скажите монтаж он входит в эту цену или отдельно считается и еще по срокам сколько ждать',
      ['скажите монтаж он входит в эту цену или отдельно считается', 'и еще по срокам сколько ждать'],
    ],
    [
      'здравствуйте мне нужно перевезти пианино сколько это будет стоить',
      ['мне нужно перевезти пианино', 'сколько это будет стоить'],
    ],
    ['а если заказать сегодня когда привезете', ['а если заказать сегодня когда привезете']],
    ['расскажите пожалуйста про рассрочку', ['расскажите пожалуйста про рассрочку']],
    ['Добрый день! Доставка платная? И сколько ждать…', ['Доставка платная', 'И сколько ждать']],
    ['Оплата 5 тыс. руб. в месяц, это с НДС?', ['Оплата 5 тыс. руб. в месяц, это с НДС']],
    ['i bought a laptop last week and it keeps shutting down how do i return it', ['how do i return it']],
  ])('%s', (text, expected) => {
    expect(cut(text)).toEqual(expect.arrayContaining(expected))
  })

  it('takes the mark for the clause that it ends', () => {
    expect(splitClauses('Есть гарантия? Хорошо.').map(({ end }) => end)).toEqual(['?', '.'])
  })

  it('marks where a clause comes to the matter', () => {
    const [clause] = splitClauses('угу понятно и еще такой вопрос гарантия какая').slice(-1)
    expect(clause!.norms.slice(clause!.start)).toEqual(['гарантия', 'какая'])
  })

  it('parts shorthand at every mark', () => {
    const text = '2к, спр про сроки; думает'
    expect(splitShorthand(text).map(({ from, to }) => text.slice(from, to))).toEqual([
      '2к',
      'спр про сроки',
      'думает',
    ])
  })

  const words = fc.array(
    fc.constantFrom(
      ...'а ну сколько стоит доставка и если вы можете это что . ? , « 👍 ё ё! \n how much is it'.split(' '),
    ),
    { maxLength: 80 },
  )
  it('puts every word in exactly one clause, in order, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          words.map(list => list.join(' ')),
          fc.string({ unit: 'binary' }),
        ),
        text => {
          const clauses = splitClauses(text)
          const inside = clauses.flatMap(({ tokens }) => tokens.map(({ from }) => from))
          const spoken = tokenize(text)
            .filter(
              token =>
                token.kind !== 'punctuation' &&
                !/^(?:э+|эм+|м+|гм|хм|um+|uh|er|erm|hm+|mm)$/.test(token.norm),
            )
            .map(({ from }) => from)
          expect(inside).toEqual(spoken)
          for (const { from, to, tokens } of clauses) {
            expect(from).toBe(tokens[0]!.from)
            expect(to).toBe(tokens.at(-1)!.to)
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})
