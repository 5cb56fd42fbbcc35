import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMoney, chooseRule, type Money, roundToSum, settle, toMinor } from '../../server/metrics/money.ts'

describe('sums of money', () => {
  it('are kept by currency and added only by a rate', () => {
    const money: Money = {}
    addMoney(money, 'RUB', 100_00)
    addMoney(money, 'USD', 10_00)
    addMoney(money, null, 5_00)
    expect(settle(money, { main: 'RUB', rates: {} })).toEqual({ minor: 105_00, left: { USD: 10_00 } })
    expect(settle(money, { main: 'RUB', rates: { USD: 92.5 } })).toEqual({ minor: 1030_00, left: {} })
  })

  it('are in the company’s currency, or in the only one that there is', () => {
    expect(chooseRule('RUB', {}, [{ RUB: 1 }, { USD: 2 }]).main).toBe('RUB')
    expect(chooseRule('RUB', {}, [{ USD: 1 }, { USD: 2 }]).main).toBe('USD')
    expect(chooseRule('RUB', { USD: 90 }, [{ USD: 1 }]).main).toBe('RUB')
    expect(chooseRule('RUB', {}, [{ '': 1 }]).main).toBe('RUB')
  })

  it('are exact to the kopeck', () => {
    expect([0.1, 0.2, 1.005, 14_200.55, -3.1].map(toMinor)).toEqual([10, 20, 101 - 1, 1_420_055, -310])
    expect(toMinor(null)).toBe(0)
  })

  it('shared out add up, whatever the shares', () => {
    expect(roundToSum([33.333, 33.333, 33.334], 100)).toEqual([33, 33, 34])
    expect(roundToSum([0.5, 0.5], 1)).toEqual([1, 0])
    expect(roundToSum([], 0)).toEqual([])
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 }), exact => {
        const total = Math.round(exact.reduce((sum, part) => sum + part, 0)) + 0
        const parts = roundToSum(exact, total)
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total)
        for (const [i, part] of parts.entries())
          expect(Math.abs(part - exact[i]!)).toBeLessThanOrEqual(1.000001)
      }),
    )
  })
})
