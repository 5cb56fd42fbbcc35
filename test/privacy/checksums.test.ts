import { describe, expect, it } from 'vitest'
import { isIban, isInn, isLuhn, isOgrn, isSnils } from '../../server/privacy/checksums.ts'

/** Examples that authorities publish, each with a neighbour that fails. */
const checks: [name: string, check: (text: string) => boolean, right: string[], wrong: string[]][] = [
  [
    'Luhn',
    isLuhn,
    ['4111111111111111', '2200000000000004', '378282246310005'],
    ['4111111111111112', '2200000000000001'],
  ],
  ['INN', isInn, ['7707083893', '500100732259'], ['7707083894', '500100732258', '77070838', '']],
  ['SNILS', isSnils, ['11223344595', '08765430200'], ['11223344594', '1122334459']],
  ['OGRN', isOgrn, ['1027700132195', '304500116000157'], ['1027700132196', '304500116000158', '12']],
  [
    'IBAN',
    isIban,
    ['GB82WEST12345698765432', 'DE89370400440532013000'],
    ['GB82WEST12345698765433', 'GB82', 'gb82west12345698765432'],
  ],
]

describe('check digits', () => {
  it.each(checks)('%s', (_name, check, right, wrong) => {
    expect(right.filter(text => !check(text))).toEqual([])
    expect(wrong.filter(check)).toEqual([])
  })
})
