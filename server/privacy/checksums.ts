/** Check digits of numbers; each takes plain digits and says whether they hold. */

const weigh = (digits: string, weights: readonly number[]) =>
  weights.reduce((sum, weight, i) => sum + weight * Number(digits[i]), 0)

/** Bank cards. Source: ISO/IEC 7812-1, annex B (Luhn). */
export function isLuhn(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    const doubled = i % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

const INN_10 = [2, 4, 10, 3, 5, 9, 4, 6, 8]
const INN_11 = [7, ...INN_10]
const INN_12 = [3, ...INN_11]

/** Taxpayer's number of a company (10) or person (12). Source: order of the Federal Tax Service ED-7-14/559. */
export function isInn(digits: string): boolean {
  const check = (weights: readonly number[]) => (weigh(digits, weights) % 11) % 10
  if (digits.length === 10) return check(INN_10) === Number(digits[9])
  return digits.length === 12 && check(INN_11) === Number(digits[10]) && check(INN_12) === Number(digits[11])
}

/** Number of a pension account. Source: rules of the Pension Fund for the check of SNILS. */
export function isSnils(digits: string): boolean {
  if (digits.length !== 11) return false
  const rest = weigh(digits, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101
  return (rest === 100 ? 0 : rest) === Number(digits.slice(9))
}

/** Registration of a company (13) or sole trader (15). Source: order of the Ministry of Finance 165n. */
export function isOgrn(digits: string): boolean {
  if (digits.length === 13) return Number(BigInt(digits.slice(0, 12)) % 11n) % 10 === Number(digits[12])
  return digits.length === 15 && Number(BigInt(digits.slice(0, 14)) % 13n) % 10 === Number(digits[14])
}

/** International account numbers. Source: ISO 13616-1 (modulo 97). */
export function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return false
  let rest = 0
  for (const char of text.slice(4) + text.slice(0, 4))
    for (const digit of String(Number.parseInt(char, 36))) rest = (rest * 10 + Number(digit)) % 97
  return rest === 1
}
