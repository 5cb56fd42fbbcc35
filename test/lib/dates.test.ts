import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  calendarOf,
  daysBetween,
  dayToMs,
  msToDay,
  weekOf,
} from '../../server/lib/dates.ts'

const days = fc.integer({ min: dayToMs('1990-01-01')!, max: dayToMs('2090-01-01')! }).map(msToDay)

describe('days as text', () => {
  it('knows which days exist', () => {
    expect(dayToMs('2024-02-29')).toBe(Date.UTC(2024, 1, 29))
    for (const day of ['2026-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '2026-1-1', '']) {
      expect(dayToMs(day)).toBeUndefined()
    }
  })

  it('puts a day into its ISO week', () => {
    expect(weekOf('2026-11-23')).toBe('2026-11-23')
    expect(weekOf('2026-11-29')).toBe('2026-11-23')
    expect(weekOf('2027-01-01')).toBe('2026-12-28')
  })

  it('gives a moment its day, week and month', () => {
    expect(calendarOf('2026-03-01 23:59:59')).toEqual({
      day: '2026-03-01',
      week: '2026-02-23',
      month: '2026-03',
    })
  })

  it('adds months without leaving the month', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2026-03-15', -3)).toBe('2025-12-15')
    expect(addMonths('2024-02-29', 12)).toBe('2025-02-28')
  })

  it('adding and counting days agree', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -5000, max: 5000 }), (day, n) => {
        expect(daysBetween(day, addDays(day, n))).toBe(n)
      }),
    )
  })

  it('a week begins on a Monday at most six days before', () => {
    fc.assert(
      fc.property(days, day => {
        const monday = weekOf(day)
        expect(new Date(dayToMs(monday)!).getUTCDay()).toBe(1)
        expect(daysBetween(monday, day)).toBeGreaterThanOrEqual(0)
        expect(daysBetween(monday, day)).toBeLessThan(7)
      }),
    )
  })
})
