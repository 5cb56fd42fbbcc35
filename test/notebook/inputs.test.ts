import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, dayToMs } from '../../server/lib/dates.ts'
import { parsePeriod, resolveInput } from '../../server/notebook/inputs.ts'
import type { InputSpec } from '../../server/notebook/model.ts'

const today = '2026-06-28'
const spec = (own: Partial<InputSpec>): InputSpec => ({
  name: 'x',
  type: 'text',
  label: 'x',
  default: null,
  multiple: false,
  options: null,
  ...own,
})

describe('periods', () => {
  it.each([
    ['last 1 day', '2026-06-28', today],
    ['last 90 days', '2026-03-31', today],
    ['last 2 weeks', '2026-06-15', today],
    ['last 1 month', '2026-05-29', today],
    ['last 12 months', '2025-06-29', today],
    ['last 1 year', '2025-06-29', today],
    ['last 9999 years', '0001-01-01', today],
    ['this month', '2026-06-01', today],
    ['this year', '2026-01-01', today],
    ['all', '0001-01-01', '9999-12-31'],
    ['2026-01-01..2026-03-31', '2026-01-01', '2026-03-31'],
  ])('%s', (text, from, to) => {
    expect(parsePeriod(text, today)).toEqual({ from, to })
  })

  it.each([
    '',
    'last',
    'last 0 days',
    'yesterday',
    '2026-02-30..2026-03-01',
    '2026-03-02..2026-03-01',
    '2026-01-01',
    '2026-01-01..2026-01-02..2026-01-03',
  ])('“%s” is none', text => {
    expect(parsePeriod(text, today)).toBeUndefined()
  })

  it('a relative one ends today, has existing days, and days count right', () => {
    const units = fc.constantFrom('day', 'week', 'month', 'year')
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9999 }),
        units,
        fc.integer({ min: 0, max: 3000 }),
        (n, unit, shift) => {
          const last = addDays('2020-01-01', shift)
          const period = parsePeriod(`last ${n} ${unit}s`, last)!
          expect(period.to).toBe(last)
          expect(dayToMs(period.from)).toBeDefined()
          expect(period.from <= period.to).toBe(true)
          if (unit === 'day') expect(addDays(period.from, n - 1)).toBe(last)
        },
      ),
      { seed: 3 },
    )
  })
})

describe('inputs', () => {
  const choices = ['a', 'b', 'Москва, центр', 'Москва'].map(value => ({ value, label: value }))
  const select = spec({ type: 'select', multiple: true })
  it.each<[string, InputSpec, string | undefined, unknown]>([
    ['a text', spec({}), 'слова', 'слова'],
    ['no text', spec({}), undefined, null],
    ['a default', spec({ default: 'x' }), undefined, 'x'],
    ['a number with a comma', spec({ type: 'number' }), '1,5', 1.5],
    ['no number', spec({ type: 'number' }), '', null],
    ['a default number', spec({ type: 'number', default: 3 }), undefined, 3],
    ['a flag', spec({ type: 'flag' }), 'да', true],
    ['no flag', spec({ type: 'flag' }), undefined, false],
    ['a default flag turned off', spec({ type: 'flag', default: true }), 'false', false],
    ['several', select, 'a,b', ['a', 'b']],
    ['none of several', select, '', []],
    ['choices with commas', select, 'Москва, центр,b,Москва', ['Москва, центр', 'b', 'Москва']],
    ['one', spec({ type: 'select' }), 'b', 'b'],
    [
      'a default that today’s data does not have',
      spec({ type: 'select', default: 'gone' }),
      undefined,
      'gone',
    ],
    ['a default list', spec({ type: 'select', multiple: true, default: ['a'] }), undefined, ['a']],
    ['a period by default', spec({ type: 'period' }), undefined, { from: '2026-03-31', to: today }],
  ])('%s', (_what, own, given, value) => {
    expect(resolveInput(own, given, today, own.type === 'select' ? choices : null)).toEqual(value)
  })

  it.each<[string, InputSpec, string]>([
    ['a period', spec({ type: 'period' }), 'soon'],
    ['a number', spec({ type: 'number' }), 'много'],
    ['an unknown choice', select, 'a,c'],
  ])('%s that can’t be taken names the input', (_what, own, given) => {
    expect(() => resolveInput(own, given, today, choices)).toThrow(/Input “x”/)
  })

  it('a long text is cut', () => {
    expect(resolveInput(spec({}), 'я'.repeat(5000), today, null)).toHaveLength(1000)
  })
})
