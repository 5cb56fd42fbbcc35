import { describe, expect, it } from 'vitest'
import {
  formatCount,
  formatDay,
  formatDuration,
  formatMoment,
  formatMoney,
  formatMonth,
  formatNumber,
  formatPercent,
  formatTimes,
  plural,
} from '../../server/lib/locale.ts'

/** Makes the invisible spaces of expected texts readable: `_` no-break, `'` narrow no-break. */
const spaced = (text: string) => text.replaceAll('\u00a0', '_').replaceAll('\u202f', "'")

describe('numbers by locale', () => {
  it.each([
    [1234567, 'ru', "1'234'567"],
    [1234, 'ru', '1234'],
    [12345, 'ru', "12'345"],
    [12345, 'en', '12,345'],
    [-5, 'ru', '−5'],
    [-0.2, 'ru', '0'],
  ] as const)('%s in %s', (value, language, text) => {
    expect(spaced(formatNumber(value, language))).toBe(text)
  })

  it.each([
    [0.083, 'ru', '8,3_%'],
    [0.083, 'en', '8.3%'],
    [0.42, 'ru', '42_%'],
    [0, 'en', '0%'],
    [1, 'ru', '100_%'],
  ] as const)('the share %s in %s', (value, language, text) => {
    expect(spaced(formatPercent(value, language))).toBe(text)
  })

  it.each([
    [14200, 'RUB', 'ru', "14'200_₽"],
    [1_240_000, 'RUB', 'ru', '1,2_млн_₽'],
    [2_500_000_000, 'RUB', 'ru', '2,5_млрд_₽'],
    [14200, 'GBP', 'en', '£14,200'],
    [-1_500_000, 'USD', 'en', '−$1.5m'],
    [12.5, 'RUB', 'ru', '12,5_₽'],
    [310, 'CHF', 'en', 'CHF_310'],
  ] as const)('the sum %s %s in %s', (value, currency, language, text) => {
    expect(spaced(formatMoney(value, currency, language))).toBe(text)
  })
})

describe('dates and times by locale', () => {
  it('writes days, months, moments and durations', () => {
    expect(spaced(formatDay('2026-05-12', 'ru'))).toBe('12_мая_2026')
    expect(spaced(formatMonth('2026-05', 'ru'))).toBe('май_2026')
    expect(spaced(formatMoment('2026-03-12 03:41:07', 'ru'))).toBe('12_мар_2026, 03:41')
    expect(spaced(formatDay('2026-03-12', 'en'))).toBe('12_Mar_2026')
    expect([formatDuration(221), formatDuration(3821)]).toEqual(['03:41', '1:03:41'])
  })

  it('leaves what is not a date as it is', () => {
    expect(formatDay('вчера', 'ru')).toBe('вчера')
  })
})

describe('plurals', () => {
  const clients = { one: 'клиент', few: 'клиента', many: 'клиентов' }
  it.each([
    [1, 'клиент'],
    [2, 'клиента'],
    [5, 'клиентов'],
    [11, 'клиентов'],
    [21, 'клиент'],
    [104, 'клиента'],
    [0, 'клиентов'],
  ])('%s %s', (n, word) => {
    expect(plural(n, 'ru', clients)).toBe(word)
  })
  it('joins the number and its word without a break', () => {
    expect(formatCount(1, 'en', { one: 'client', many: 'clients' })).toBe('1\u00a0client')
  })

  it('says how many times, with the word that goes with the number', () => {
    expect([2.345, 2, 5, 1, 21, 12.4].map(ratio => formatTimes(ratio, 'ru'))).toEqual([
      '2,3\u00a0раза',
      '2\u00a0раза',
      '5\u00a0раз',
      '1\u00a0раз',
      '21\u00a0раз',
      '12\u00a0раз',
    ])
    expect(formatTimes(2.345, 'en')).toBe('2.3 times')
  })
})
