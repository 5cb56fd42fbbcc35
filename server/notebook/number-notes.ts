/** Asides of number cells: what the data lacks, how that was counted, and what to do about it. */
import type { Segments } from '../metrics/segments.ts'
import { type Figures, plain } from './figures.ts'
import type { Output } from './output.ts'

/** Share of leads still open from which a conversion is called unripe. */
const UNRIPE = 0.15

/** Notes as one aside; none when there is nothing to say. */
export function toNote(parts: readonly (string | null)[]): Output[] {
  const said = parts.filter(part => part !== null && part !== '')
  return said.length > 0 ? [{ type: 'text', role: 'note', markdown: said.join(' ') }] : []
}

/** What a reader must know of costs: that there are none, which found no deal, which are in other money. */
export function costNotes(all: Segments, figures: Figures): (string | null)[] {
  const ru = figures.language === 'ru'
  const { cost, unattributed, orphans } = all
  if (cost === null)
    return [
      ru
        ? 'Расход за период не загружен, поэтому CPL, CAC и ROMI не посчитаны.'
        : 'No spend is loaded for the period, so CPL, CAC and ROMI are not computed.',
    ]
  const names = orphans
    .filter(orphan => orphan.cost > 0)
    .slice(0, 3)
    .map(orphan => plain(orphan.source ?? (ru ? 'без источника' : 'no source')))
    .join(', ')
  return [
    unattributed > 0 && names !== ''
      ? ru
        ? `Не отнесено ни к одной сделке ${figures.money(unattributed)} из ${figures.money(cost)}: у расхода «${names}» нет лидов с тем же источником. Проверьте, одинаково ли он назван в рекламе и в CRM.`
        : `${figures.money(unattributed)} of ${figures.money(cost)} is attributed to no deal: spend of “${names}” has no leads of the same source. Check that advertising and the CRM name it alike.`
      : null,
    moneyNotes(all, figures),
  ]
}

/** What became of sums in other currencies: turned by a rate, or not added for want of one. */
export function moneyNotes({ left, rule }: Pick<Segments, 'left' | 'rule'>, figures: Figures): string | null {
  const ru = figures.language === 'ru'
  const said: string[] = []
  if (rule.turned.length > 0) {
    const rates = rule.turned.map(name => `${name} — ${figures.number(rule.rates[name]!, 4)}`).join(', ')
    said.push(
      ru
        ? `Суммы в других валютах переведены в ${rule.main} по курсу: ${rates}.`
        : `Sums in other currencies are turned into ${rule.main} at these rates: ${rates}.`,
    )
  }
  const parts = [
    Object.keys(left.revenue).length > 0 ? `${ru ? 'выручка' : 'revenue'} ${figures.sums(left.revenue)}` : '',
    Object.keys(left.cost).length > 0 ? `${ru ? 'расход' : 'spend'} ${figures.sums(left.cost)}` : '',
  ].filter(Boolean)
  if (parts.length > 0)
    said.push(
      ru
        ? `Не сложены с ${figures.currency}, потому что курса нет: ${parts.join('; ')}. Курс задают настройка VERBATIM_RATES или параметр rates.`
        : `Not added to ${figures.currency}, for want of a rate: ${parts.join('; ')}. The setting VERBATIM_RATES or the option rates gives one.`,
    )
  return said.length > 0 ? said.join(' ') : null
}

/** Leads that may still buy make a conversion of fresh leads too low. */
export function unripe({ total }: Pick<Segments, 'total'>, figures: Figures): string | null {
  if (total.leads === 0 || total.open / total.leads < UNRIPE) return null
  const share = figures.percent(total.open / total.leads)
  return figures.language === 'ru'
    ? `Ещё в работе ${share} лидов периода: когда сделки закроются, конверсия вырастет.`
    : `${share} of the period's leads are still open: conversion will rise as deals close.`
}

export function smallNote(all: Segments, figures: Figures): string | null {
  const n = all.segments.filter(segment => segment.small).length
  if (n === 0) return null
  return figures.language === 'ru'
    ? `Серым — сегменты, где меньше 30 лидов: выводов по ним делать рано (${figures.count(n, 'segment')}).`
    : `Grey: segments of fewer than 30 leads, too few to conclude from (${figures.count(n, 'segment')}).`
}

export function overlapNote(all: Segments, figures: Figures): string | null {
  if (!all.overlaps) return null
  return figures.language === 'ru'
    ? 'Сделка может входить в несколько сегментов, поэтому их сумма больше целого; расход каждого — полный расход на его сделки.'
    : 'A deal may lie in several segments, so they add up to more than the whole; each bears the full cost of its deals.'
}
