import { expect, it } from 'vitest'
import { formatInterval } from '../../../web/outputs/interval.ts'

const spaced = (text: string) => text.replaceAll('\u00a0', '_').replaceAll('\u202f', "'")

it.each([
  [[0.11, 0.18], 'percent', 'ru', '11–18_%'],
  [[0.073, 0.124], 'percent', 'en', '7.3–12%'],
  [[12_000, 15_000], 'money', 'ru', "12'000–15'000_₽"],
  [[12_000, 15_000], 'money', 'en', '₽12,000–15,000'],
  [[900_000, 1_200_000], 'money', 'ru', "900'000_₽ – 1,2_млн_₽"],
  [[-0.2, 0.3], 'percent', 'ru', '−20_% – 30_%'],
  [[0, 0], 'percent', 'ru', '0_%'],
] as const)('%j as %s in %s', (bounds, format, language, text) => {
  expect(spaced(formatInterval(bounds, format, language, 'RUB'))).toBe(text)
})
