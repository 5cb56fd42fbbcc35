import { expect, it } from 'vitest'
import { readConfig } from '../server/config.ts'

it('rates of currencies are read whole, or refused', () => {
  const ratesOf = (VERBATIM_RATES: string | undefined) => readConfig({ VERBATIM_RATES }).rates
  expect(ratesOf(undefined)).toEqual({})
  expect(ratesOf('USD=92.5, EUR=101')).toEqual({ USD: 92.5, EUR: 101 })
  for (const wrong of ['USD', 'USD=', 'usd=92', 'USD=0', 'USD=-1', 'USD=9,5', 'USD=92 EUR=101'])
    expect(() => ratesOf(wrong), wrong).toThrow('Settings not understood: rates')
})
