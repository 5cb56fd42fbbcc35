import { describe, expect, it } from 'vitest'
import { grainOf, isBounded, previousPeriod, spansOf, yearBefore } from '../../server/metrics/periods.ts'

describe('periods beside a period', () => {
  it.each([
    ['2026-08-03', '2026-10-31', '2026-05-05', '2026-08-02'],
    ['2026-03-10', '2026-03-10', '2026-03-09', '2026-03-09'],
    ['2026-03-01', '2026-03-31', '2026-02-01', '2026-02-28'],
    ['2026-01-01', '2026-03-31', '2025-10-01', '2025-12-31'],
    ['2024-02-01', '2024-02-29', '2024-01-01', '2024-01-31'],
  ])('before %s..%s comes %s..%s', (from, to, before, until) => {
    expect(previousPeriod({ from, to })).toEqual({ from: before, to: until })
  })

  it.each([
    ['2026-08-03', '2026-10-31', '2025-08-03', '2025-10-31'],
    ['2024-02-29', '2024-03-10', '2023-02-28', '2023-03-10'],
    ['2025-02-01', '2025-02-28', '2024-02-01', '2024-02-29'],
  ])('a year before %s..%s is %s..%s', (from, to, before, until) => {
    expect(yearBefore({ from, to })).toEqual({ from: before, to: until })
  })

  it('all time has nothing before it', () => {
    expect(isBounded({ from: '0001-01-01', to: '9999-12-31' })).toBe(false)
    expect(isBounded({ from: '2026-01-01', to: '2026-01-02' })).toBe(true)
  })
})

describe('spans of a trend', () => {
  it('are days, weeks or months by the length, without gaps', () => {
    expect(grainOf({ from: '2026-03-01', to: '2026-03-14' })).toBe('day')
    expect(grainOf({ from: '2026-03-01', to: '2026-05-29' })).toBe('week')
    expect(grainOf({ from: '2025-04-01', to: '2026-03-31' })).toBe('month')
    expect(grainOf({ from: '0001-01-01', to: '9999-12-31' })).toBe('month')
    expect(spansOf({ from: '2026-01-30', to: '2026-02-02' }, 'day')).toEqual([
      '2026-01-30',
      '2026-01-31',
      '2026-02-01',
      '2026-02-02',
    ])
    // 4 March 2026 is a Wednesday.
    expect(spansOf({ from: '2026-03-04', to: '2026-03-16' }, 'week')).toEqual([
      '2026-03-02',
      '2026-03-09',
      '2026-03-16',
    ])
    expect(spansOf({ from: '2025-11-20', to: '2026-02-01' }, 'month')).toEqual([
      '2025-11-01',
      '2025-12-01',
      '2026-01-01',
      '2026-02-01',
    ])
  })
})
