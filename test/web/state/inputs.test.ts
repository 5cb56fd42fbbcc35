import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { InputSpec } from '../../../server/api/contract.ts'
import { parsePeriod } from '../../../server/notebook/inputs.ts'
import {
  defaultText,
  parseDays,
  parseRelative,
  periodsOffered,
  readInputs,
  splitChoice,
  writeInputs,
} from '../../../web/state/inputs.ts'

const spec = (change: Partial<InputSpec>): InputSpec => ({
  name: 'x',
  type: 'text',
  label: 'x',
  default: null,
  multiple: false,
  options: null,
  ...change,
})
const period = spec({ name: 'period', type: 'period', default: 'last 90 days' })
const source = spec({ name: 'источник', type: 'select', multiple: true, default: ['vk', 'авито'] })
const won = spec({ name: 'won', type: 'flag', default: false })

describe('inputs in the address', () => {
  it('says defaults as texts', () => {
    expect([period, source, won, spec({})].map(defaultText)).toEqual([
      'last 90 days',
      'vk,авито',
      'false',
      '',
    ])
    expect(defaultText(spec({ type: 'period' }))).toBe('last 90 days')
    expect(defaultText(spec({ type: 'number', default: 3 }))).toBe('3')
  })

  it('keeps only what differs from the default, and an empty choice when the default is not', () => {
    const specs = [period, source, won]
    expect(writeInputs({ period: 'last 90 days', won: 'false' }, specs)).toBe('')
    const query = writeInputs({ period: '2026-01-01..2026-03-31', источник: '', won: 'true' }, specs)
    expect(query).toBe(
      'period=2026-01-01..2026-03-31&%D0%B8%D1%81%D1%82%D0%BE%D1%87%D0%BD%D0%B8%D0%BA=&won=true',
    )
    expect(readInputs(new URLSearchParams(query), specs)).toEqual({
      period: '2026-01-01..2026-03-31',
      источник: '',
      won: 'true',
    })
  })

  it('leaves out names that the notebook does not know', () => {
    expect(readInputs(new URLSearchParams('utm_source=x&won=true'), [won])).toEqual({ won: 'true' })
  })

  it('reads back any text that it wrote', () => {
    const specs = [spec({ name: 'a' }), spec({ name: 'b', default: 'd' })]
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const kept = readInputs(new URLSearchParams(writeInputs({ a, b }, specs)), specs)
        expect(kept).toEqual({ ...(a !== '' && { a }), ...(b !== 'd' && { b }) })
      }),
    )
  })
})

describe('periods', () => {
  it('offers nothing that the server does not understand', () => {
    for (const own of ['last 90 days', 'last 2 weeks', 'this month']) {
      const offered = periodsOffered(spec({ type: 'period', default: own }))
      expect(offered).toContain(own)
      expect(offered.filter(text => parsePeriod(text, '2026-03-26') === undefined)).toEqual([])
      expect(new Set(offered).size).toBe(offered.length)
    }
  })

  it('takes relative periods and days apart', () => {
    expect(parseRelative('last 6 months')).toEqual({ n: 6, unit: 'month' })
    expect(parseRelative('last 1 year')).toEqual({ n: 1, unit: 'year' })
    expect(parseRelative('all')).toBeUndefined()
    expect(parseDays('2026-01-01..2026-03-31')).toEqual({ from: '2026-01-01', to: '2026-03-31' })
    expect(parseDays('2026-01-01')).toBeUndefined()
    expect(splitChoice('vk,,авито')).toEqual(['vk', 'авито'])
    expect(splitChoice('')).toEqual([])
  })
})
