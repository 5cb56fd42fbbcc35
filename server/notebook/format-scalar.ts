import * as locale from '../lib/locale.ts'
import type { Format, Scalar } from './output.ts'

/** A value as its format and the reader's language write it; a dash where there is none. Browser-safe. */
export function formatScalar(
  value: Scalar,
  format: Format,
  language: locale.Language,
  currency: string,
): string {
  if (value === null) return '—'
  if (typeof value === 'string') {
    if (format === 'day') return locale.formatDay(value, language)
    if (format === 'moment') return locale.formatMoment(value, language)
    return format === 'month' ? locale.formatMonth(value, language) : value
  }
  switch (format) {
    case 'integer':
      return locale.formatNumber(value, language)
    case 'decimal':
      return locale.formatNumber(value, language, 2)
    case 'money':
      return locale.formatMoney(value, currency, language)
    case 'percent':
      return locale.formatPercent(value, language)
    case 'duration':
      return locale.formatDuration(value)
    case 'days':
      return `${locale.formatNumber(value, language, 1)}\u00a0${language === 'ru' ? 'дн.' : 'days'}`
    default:
      return Number.isInteger(value)
        ? locale.formatNumber(value, language)
        : locale.formatNumber(value, language, 2)
  }
}
