/** An input's value in words: «1 янв 2026 – 31 мар 2026», «поиск, карты», «все». */
import {
  formatDay,
  formatNumber,
  type InputSpec,
  type InputValue,
  type Language,
} from '../../server/api/contract.ts'
import { wordsOf } from './words.ts'

/** What stands before the first and after the last day that a period can name: all time. */
const FIRST_YEAR = '0001'

export function describeInput(
  spec: InputSpec,
  value: InputValue | undefined,
  choices: readonly { value: string; label: string }[],
  language: Language,
): string {
  const { input } = wordsOf(language)
  const label = (chosen: string) => choices.find(choice => choice.value === chosen)?.label ?? chosen
  if (value === undefined || value === null || value === '')
    return spec.type === 'select' ? input.all : input.none
  if (typeof value === 'boolean') return value ? input.yes : input.no
  if (typeof value === 'number') return formatNumber(value, language, 6)
  if (typeof value === 'string') return spec.type === 'select' ? label(value) : value
  if (Array.isArray(value)) return value.length === 0 ? input.all : value.map(label).join(', ')
  if (value.from.startsWith(FIRST_YEAR)) return input.allTime
  return `${formatDay(value.from, language)} – ${formatDay(value.to, language)}`
}
