import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { msToDay } from '../../server/lib/dates.ts'
import { sniffSlashOrder, toMoment, toSeconds } from '../../server/sources/moments.ts'

const MOSCOW = 'Europe/Moscow'
const BERLIN = 'Europe/Berlin'

describe('moments', () => {
  it.each([
    ['12.03.2026', '2026-03-12 00:00:00'],
    ['2.3.2026 9:05', '2026-03-02 09:05:00'],
    ['12.03.26 14:30:59', '2026-03-12 14:30:59'],
    ['2026-03-12', '2026-03-12 00:00:00'],
    ['2026/3/12 7:00', '2026-03-12 07:00:00'],
    ['20260312', '2026-03-12 00:00:00'],
    ['2026-03-12T10:00:00.123Z', '2026-03-12 13:00:00'],
    ['2026-03-12 10:00:00+03', '2026-03-12 10:00:00'],
    ['2026-03-12 23:30:00 -0500', '2026-03-13 07:30:00'],
    ['12 марта 2026 г. в 14:30', '2026-03-12 14:30:00'],
    ['12 мар 2026', '2026-03-12 00:00:00'],
    ['March 12, 2026 2:05 pm', '2026-03-12 14:05:00'],
    ['12-Mar-2026 12:00 AM', '2026-03-12 00:00:00'],
    ['1773298800', '2026-03-12 10:00:00'],
    ['1773298800000', '2026-03-12 10:00:00'],
    [1773298800, '2026-03-12 10:00:00'],
    // A spreadsheet's day numbers, as cells and as text.
    [46093, '2026-03-12 00:00:00'],
    [46093.999988426, '2026-03-12 23:59:59'],
    ['46093,75', '2026-03-12 18:00:00'],
    ['', null],
    ['—', null],
  ])('%s is %s', (text, expected) => {
    expect(toMoment(text, MOSCOW)).toBe(expected)
  })

  it.each([
    '30.02.2026',
    '29.02.2025',
    '31.04.2026',
    '00.01.2026',
    '2026-13-01',
    '2026-00-10',
    '20261301',
    '12.03.2026 24:00',
    '12.03.2026 10:60',
    '13:00 PM',
    '12.03.2026 13:00 pm',
    '2026-03-12 10:00+25:00',
    '12 мармелада 2026',
    '31 июня 2026',
    '12.03.1026',
    '0001-01-01',
    '12.13.2026',
    'вчера',
    '5',
    5,
    -46093,
    99_999_999_999_999,
  ])('%s is no moment', text => {
    expect(toMoment(text, MOSCOW)).toBe(undefined)
  })

  it('crosses the change of clocks as the zone does', () => {
    expect(toMoment('2026-03-29T00:59:59Z', BERLIN)).toBe('2026-03-29 01:59:59')
    expect(toMoment('2026-03-29T01:00:00Z', BERLIN)).toBe('2026-03-29 03:00:00')
    expect(toMoment('2026-10-25T00:30:00Z', BERLIN)).toBe('2026-10-25 02:30:00')
    expect(toMoment('2026-10-25T01:30:00Z', BERLIN)).toBe('2026-10-25 02:30:00')
    // Without a zone a moment stays as it is written.
    expect(toMoment('29.03.2026 02:30', BERLIN)).toBe('2026-03-29 02:30:00')
  })

  it('slashes are day first unless the file shows otherwise', () => {
    expect(toMoment('03/04/2026', MOSCOW)).toBe('2026-04-03 00:00:00')
    expect(toMoment('03/04/2026', MOSCOW, 'month')).toBe('2026-03-04 00:00:00')
    expect(toMoment('03/25/2026', MOSCOW)).toBe(undefined)
    expect(sniffSlashOrder(['03/04/2026', '25/04/2026'])).toBe('day')
    expect(sniffSlashOrder(['03/04/2026', '03/25/2026 10:00'])).toBe('month')
    expect(sniffSlashOrder(['03/04/2026'])).toBe('doubtful')
    expect(sniffSlashOrder(['25/04/2026', '03/25/2026'])).toBe('doubtful')
    expect(sniffSlashOrder(['2026-04-03', null])).toBe(null)
  })

  it('every day that exists reads back in each way of writing it, and no other does', () => {
    const parts = fc.record({
      y: fc.integer({ min: 1990, max: 2060 }),
      m: fc.integer({ min: 0, max: 13 }),
      d: fc.integer({ min: 0, max: 32 }),
    })
    fc.assert(
      fc.property(parts, ({ y, m, d }) => {
        const ms = Date.UTC(y, m - 1, d)
        const exists = new Date(ms).getUTCMonth() === m - 1 && new Date(ms).getUTCDate() === d
        const expected = exists ? `${msToDay(ms)} 00:00:00` : undefined
        const two = (n: number) => String(n).padStart(2, '0')
        for (const text of [
          `${two(d)}.${two(m)}.${y}`,
          `${y}-${two(m)}-${two(d)}`,
          `${y}${two(m)}${two(d)}`,
          `${d}/${m}/${y}`,
        ])
          expect(toMoment(text, MOSCOW)).toBe(expected)
      }),
      { numRuns: 500 },
    )
  })

  it('an instant in any zone is the same instant', () => {
    const instant = fc.integer({ min: Date.UTC(2001, 8, 10) / 1000, max: Date.UTC(2060, 0, 1) / 1000 })
    fc.assert(
      fc.property(instant, fc.integer({ min: -12 * 60, max: 14 * 60 }), (seconds, offset) => {
        const local = new Date((seconds + offset * 60) * 1000).toISOString().slice(0, 19)
        const sign = offset < 0 ? '-' : '+'
        const clock = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60]
          .map(n => String(n).padStart(2, '0'))
          .join(':')
        const expected = toMoment(seconds, BERLIN)
        expect(toMoment(`${local}${sign}${clock}`, BERLIN)).toBe(expected)
        expect(toMoment(new Date(seconds * 1000).toISOString(), BERLIN)).toBe(expected)
      }),
    )
  })

  it('durations come as seconds, clocks and a sheet’s times', () => {
    const read = [
      '184',
      '03:41',
      '1:02:03',
      '90:00',
      '',
      '1900-01-01 01:00:00',
      '12,5',
      '00:75',
      '1:75:00',
      '-5',
    ]
    expect(read.map(text => toSeconds(text))).toEqual([
      184,
      221,
      3723,
      5400,
      null,
      2 * 86_400 + 3600,
      12.5,
      undefined,
      undefined,
      undefined,
    ])
  })
})
