import { type Format, formatScalar, type Language } from '../../server/api/contract.ts'

/** An interval with its unit written once: «11–18 %», “£12,000–15,000”; both in full where the units differ. */
export function formatInterval(
  [low, high]: readonly [number, number],
  format: Format,
  language: Language,
  currency: string,
): string {
  const from = formatScalar(low, format, language, currency)
  const to = formatScalar(high, format, language, currency)
  if (from === to) return to
  const unit = (text: string) => /\D*$/.exec(text)![0]
  const sign = (text: string) => /^\D*/.exec(text)![0]
  const sameUnit = unit(from) === unit(to) && sign(from) === sign(to) && !sign(from).includes('−')
  if (!sameUnit) return `${from} – ${to}`
  return `${from.slice(0, from.length - unit(from).length)}–${to.slice(sign(to).length)}`
}
