import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currencyOf, type Decimal, sniffDecimal, toCount, toNumber } from '../../server/sources/numbers.ts'

const NBSP = '\u00a0'
const NARROW = '\u202f'

describe('numbers', () => {
  it.each<[string, Decimal, number | null | undefined]>([
    ['1 234,56', '?', 1234.56],
    ['1,234.56', '?', 1234.56],
    ['1.234,56', '?', 1234.56],
    [`12${NBSP}345${NBSP}678,9`, '?', 12345678.9],
    [`84${NARROW}500 ₽`, '?', 84500],
    ['1 860,40 руб.', ',', 1860.4],
    ['₽ 950', '?', 950],
    ['$1,002.00', '.', 1002],
    ['-$5', '?', -5],
    ['$-5', '?', -5],
    ['−12,5', '?', -12.5],
    ['(1 234,50)', '?', -1234.5],
    ['(12) ₽', '?', -12],
    ["1'234'567.89", '?', 1234567.89],
    ['1,234,567', '?', 1234567],
    ['0,125', '?', 0.125],
    ['1234,567', '?', 1234.567],
    ['12,5', '?', 12.5],
    ['12.5', ',', 12.5],
    [',5', '?', 0.5],
    // A thousand, or one and a bit: only the file can tell.
    ['1,234', '?', undefined],
    ['1.234', '?', undefined],
    ['1,234', '.', 1234],
    ['1,234', ',', 1.234],
    ['1.234', ',', 1234],
    ['1.234', '.', 1.234],
    ['', '?', null],
    ['—', '?', null],
    ['--', '?', null],
    // Spaces part thousands and nothing else.
    ['12 34', '?', undefined],
    ['5 10', '?', undefined],
    ['1 2345', '?', undefined],
    ['1,23,456', '?', undefined],
    ['1.234.56', '?', undefined],
    ['12,345,67', '?', undefined],
    ['-(5)', '?', undefined],
    ['5-', '?', undefined],
    ['1e5', '?', undefined],
    ['12 тыс.', '?', undefined],
    ['10 %', '?', undefined],
    ['дорого', '?', undefined],
    ['₽', '?', undefined],
    ['100000000000000', '?', undefined],
  ])('%s with decimal %s is %s', (text, decimal, expected) => {
    expect(toNumber(text, decimal)).toBe(expected)
  })

  it('any sum to the kopeck reads back the same in each way that people write it', () => {
    const kopecks = fc.integer({ min: -999_999_999_999, max: 999_999_999_999 })
    const style = fc.record({
      group: fc.constantFrom('', ' ', NBSP, NARROW, "'"),
      mark: fc.constantFrom(',', '.'),
      minus: fc.constantFrom('-', '−', '('),
      tail: fc.constantFrom('', ' ₽', '₽', ' руб.', ` р.`, ' RUB'),
    })
    fc.assert(
      fc.property(kopecks, style, (sum, { group, mark, minus, tail }) => {
        const [whole, part] = [Math.floor(Math.abs(sum) / 100), Math.abs(sum) % 100]
        const digits = String(whole).replace(/\B(?=(\d{3})+$)/g, group)
        const plain = `${digits}${mark}${String(part).padStart(2, '0')}`
        const written = sum >= 0 ? plain : minus === '(' ? `(${plain})` : minus + plain
        expect(toNumber(written + tail, '?')).toBe(sum / 100)
      }),
    )
  })

  it('any text is a number, nothing, or no number; never an error, and never NaN', () => {
    const near = fc
      .array(fc.constantFrom(...'0123456789 .,-()₽\u00a0'), { maxLength: 20 })
      .map(chars => chars.join(''))
    fc.assert(
      fc.property(fc.oneof(fc.string(), near), fc.constantFrom<Decimal>('?', ',', '.'), (text, decimal) => {
        const number = toNumber(text, decimal)
        expect(number === null || number === undefined || Number.isFinite(number)).toBe(true)
        // A number's digits are the text's digits: none is lost or made.
        if (typeof number === 'number' && Number.isInteger(number) && !/[.,]/.test(text)) {
          expect(Math.abs(number)).toBe(Number(text.replace(/\D/g, '')))
        }
      }),
      { numRuns: 500 },
    )
  })

  it('takes binary noise off sums of a sheet', () => {
    expect(toNumber(0.1 + 0.2, ',')).toBe(0.3)
    expect(toNumber(1234.5599999999999, ',')).toBe(1234.56)
    expect(toNumber(Number.NaN, ',')).toBe(undefined)
  })

  it('counts are whole and not negative; three digits behind a sign are thousands', () => {
    expect(['1 204', '1,250', '1.250', '12', '', '1,5', '-3', 'x'].map(text => toCount(text))).toEqual([
      1204,
      1250,
      1250,
      12,
      null,
      undefined,
      undefined,
      undefined,
    ])
  })

  it('a file’s own numbers say what its decimal sign is', () => {
    expect(sniffDecimal(['1,234', '950,50'])).toBe(',')
    expect(sniffDecimal(['1,234', '950.50'])).toBe('.')
    expect(sniffDecimal(['1,234,567', '12'])).toBe('.')
    expect(sniffDecimal(['1.234,5'])).toBe(',')
    expect(sniffDecimal(['1,234', '12', '', null, 5])).toBe(null)
    expect(sniffDecimal(['1,5', '1.5'])).toBe(null)
  })

  it('knows the currency that a sum or a column is written with', () => {
    expect(
      ['1 000 ₽', '5 руб.', '100 р.', '$5', '12 EUR', 'Бюджет, руб', 'сумма', '5'].map(currencyOf),
    ).toEqual(['RUB', 'RUB', 'RUB', 'USD', 'EUR', 'RUB', null, null])
  })
})
