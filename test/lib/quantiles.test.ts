import fc from 'fast-check'
import { expect, it } from 'vitest'
import { quantiles } from '../../server/lib/quantiles.ts'

it('are those of the values written out', () => {
  expect(quantiles([1, 2, 3, 4], [1, 1, 1, 1], [0, 0.25, 0.5, 0.75, 1])).toEqual([1, 1.75, 2.5, 3.25, 4])
  expect(quantiles([30, 10], [1, 3], [0.5, 0.75, 1])).toEqual([10, 15, 30])
  expect(quantiles([7], [5], [0.1, 0.9])).toEqual([7, 7])
  expect(quantiles([], [], [0.5])).toEqual([null])
  expect(quantiles([1, 2], [0, 0], [0.5])).toEqual([null])
})

it('of counted values are those of the list', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (list, share) => {
        const counts = Map.groupBy(list, value => value)
        const sorted = [...list].sort((a, b) => a - b)
        const place = (list.length - 1) * share
        const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!]
        const expected = low + (high - low) * (place - Math.floor(place))
        expect(
          quantiles(
            [...counts.keys()],
            [...counts.values()].map(own => own.length),
            [share],
          )[0],
        ).toBeCloseTo(expected, 9)
      },
    ),
  )
})
