import fc from 'fast-check'
import { expect, it } from 'vitest'
import { stretchAt, widestRow } from '../../../web/outputs/long-table.ts'

it('draws the rows that are seen and some around them, wherever one has scrolled', () => {
  expect(stretchAt(0, 640, 32, 100_000)).toEqual({ first: 0, count: 70 })
  expect(stretchAt(32 * 500, 640, 32, 100_000)).toEqual({ first: 480, count: 70 })
  fc.assert(
    fc.property(
      fc.integer({ min: 201, max: 200_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 100, max: 2000 }),
      (total, part, height) => {
        const row = 33.5
        const top = part * Math.max(0, total * row - height)
        const { first, count } = stretchAt(top, height, row, total)
        expect(first).toBeGreaterThanOrEqual(0)
        expect(first * row).toBeLessThanOrEqual(top)
        expect(first + count).toBeLessThanOrEqual(total)
        expect((first + count) * row).toBeGreaterThanOrEqual(Math.min(top + height, total * row) - row)
      },
    ),
  )
})

it('moves by steps, so that a small scroll draws nothing anew', () => {
  expect(stretchAt(32 * 500, 640, 32, 1000)).toEqual(stretchAt(32 * 505, 640, 32, 1000))
})

it('takes the longest text and the largest number of each column', () => {
  const rows = [
    ['ab', 5, null],
    ['abcd', -70, null],
    ['c', 12, null],
  ]
  expect(widestRow(rows, 3)).toEqual(['abcd', -70, null])
})
