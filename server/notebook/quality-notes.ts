/** What is missing or odd in a period's facts, and how it was counted, in words. */
import type { Quality } from '../metrics/quality.ts'
import type { SpendSums } from '../metrics/spend.ts'
import type { Figures } from './figures.ts'

export function qualityNotes(quality: Quality, spend: SpendSums, figures: Figures): string[] {
  const ru = figures.language === 'ru'
  const { sourceless, unpriced, refunds, backward, undated, deals } = quality
  const of = (n: number, russian: string, english: string): string[] =>
    n === 0 ? [] : [(ru ? russian : english).replace('#', figures.count(n, 'deal'))]
  const share = deals > 0 ? figures.percent(sourceless / deals) : ''
  return [
    ...of(
      sourceless,
      `Без источника # (${share}): в лиды и продажи они входят, расход на них не отнесён.`,
      `No source: # (${share}); they count as leads and sales, and bear no spend.`,
    ),
    ...of(
      unpriced,
      'Выиграно без суммы: #; в средний чек не входят.',
      'Won without a sum: #; left out of the average.',
    ),
    ...of(
      refunds,
      'Возвраты: #; вычтены из выручки, покупками не считаются.',
      'Refunds: #; taken off revenue, no purchases.',
    ),
    ...of(
      backward,
      'Выиграно раньше, чем создано: #; в цикл сделки не входят, проверьте даты в CRM.',
      'Won before they were created: #; left out of the cycle, check the dates in the CRM.',
    ),
    ...of(
      undated,
      'Без даты создания #: ни в какой период они не попадают.',
      'Without a day of creation: #; no period holds them.',
    ),
    ...(spend.unpriced > 0
      ? [
          ru
            ? `Строк рекламы без суммы: ${figures.number(spend.unpriced)}; их показы и клики учтены, расход — нет.`
            : `Rows of advertising without a cost: ${figures.number(spend.unpriced)}; their impressions and clicks count.`,
        ]
      : []),
  ]
}
