/** The sentences that open a segments cell: which differences stand, worst losses of money first. */
import { otherPaid, type Segment, type Segments } from '../metrics/segments.ts'
import { type Figures, isSingular, plain } from './figures.ts'

/** A cost of a client so many times that of the others is worth a sentence. */
const DEAR = 1.3
const CHEAP = 0.8
const MOST = 2

interface Rest {
  conversion: number
  check: number | null
  cac: number | null
  cpl: number | null
}

interface Finding {
  kind: 'trap' | 'empty' | 'thrifty' | 'dear' | 'seldom' | 'small' | 'often' | 'large'
  segment: Segment
  rest: Rest
  /** Units of money lost (or won, for the good news) against what the others bring. */
  stake: number
}

/** What money is lost on comes first; the rest is only good to know. */
const losses = new Set<Finding['kind']>(['trap', 'empty', 'dear', 'seldom'])

function restOf(segment: Segment, { total, segments }: Segments): Rest {
  const leads = total.leads - segment.leads
  const paid = otherPaid(segment, segments)
  const priced = total.priced - segment.priced
  const gross = (total.check ?? 0) * total.priced - (segment.check ?? 0) * segment.priced
  return {
    conversion: leads > 0 ? (total.won - segment.won) / leads : 0,
    check: priced > 0 ? gross / priced : null,
    cac: paid.fresh > 0 ? paid.cost / paid.fresh : null,
    cpl: paid.leads > 0 ? paid.cost / paid.leads : null,
  }
}

/** What a segment is worth saying, or null: only differences that stand after correction count. */
function judge(segment: Segment, all: Segments): Finding | null {
  const { differs, conversion, check, cac, cpl, leads, priced, fresh } = segment
  if (segment.small || conversion === null) return null
  const rest = restOf(segment, all)
  const sales = Math.abs(conversion - rest.conversion) * leads * (all.total.check ?? 1)
  const sums = check !== null && rest.check !== null ? Math.abs(check - rest.check) * priced : 0
  const of = (kind: Finding['kind'], stake: number): Finding => ({ kind, segment, rest, stake })
  const dear = differs.cac && cac !== null && rest.cac !== null && cac > rest.cac * DEAR
  const cheapLead = cpl !== null && rest.cpl !== null && cpl < rest.cpl * CHEAP
  if (dear && cheapLead) return of('trap', Math.max(sales, (cac - rest.cac!) * fresh))
  if (differs.conversion && conversion < rest.conversion / 3) return of('empty', sales)
  const lessCheck = differs.check && check! < rest.check!
  if (differs.cac && lessCheck && cac !== null && rest.cac !== null && cac < rest.cac * CHEAP)
    return of('thrifty', (rest.cac - cac) * fresh)
  if (dear) return of('dear', (cac - rest.cac!) * fresh)
  if (differs.conversion) return of(conversion < rest.conversion ? 'seldom' : 'often', sales)
  if (differs.check) return of(lessCheck ? 'small' : 'large', sums)
  return null
}

/** Findings by what is at stake: losses first. */
export function rankFindings(all: Segments): Finding[] {
  const found = all.segments
    .filter(segment => segment.names.every(name => name !== null))
    .flatMap(segment => judge(segment, all) ?? [])
  return found.sort((a, b) => Number(losses.has(b.kind)) - Number(losses.has(a.kind)) || b.stake - a.stake)
}

/** The opening of the cell. `nameOf` writes a segment's name. */
export function segmentFinding(
  all: Segments,
  nameOf: (segment: Segment) => string,
  figures: Figures,
): string {
  const ru = figures.language === 'ru'
  if (all.total.leads === 0)
    return ru ? 'За период не создано ни одной сделки.' : 'No deals were created in the period.'
  const found = rankFindings(all)
  if (found.length === 0) return nothing(all, ru)
  const dearest = all.segments
    .filter(segment => !segment.small && segment.cac !== null)
    .sort((a, b) => b.cac! - a.cac!)[0]
  return found
    .slice(0, MOST)
    .map(finding => {
      const name = `**${capital(plain(nameOf(finding.segment)))}**`
      return (ru ? sayRussian : sayEnglish)(name, finding, finding.segment === dearest, figures)
    })
    .join(' ')
}

/** A sentence begins with a capital; Latin names of systems (vk, google) are written as they are. */
const capital = (name: string) => name.replace(/^[а-яё]/, letter => letter.toUpperCase())

function nothing(all: Segments, ru: boolean): string {
  const sized = all.segments.filter(segment => !segment.small)
  if (sized.length < 2) {
    return ru
      ? 'Сравнивать нечего: данных хватает меньше чем на два сегмента.'
      : 'Nothing to compare: fewer than two segments have enough data.'
  }
  return ru
    ? 'Заметных различий нет: разница в конверсии, чеке и CAC не больше той, что даёт случай.'
    : 'No marked differences: conversion, check and CAC differ by no more than chance would make them.'
}

function sayRussian(name: string, { kind, segment, rest }: Finding, dearest: boolean, f: Figures): string {
  const { won, leads, conversion, check, cac, cpl, cost } = segment
  const rates = `${f.percent(conversion)} против ${f.percent(rest.conversion)} у остальных`
  switch (kind) {
    case 'trap':
      return `${name} — дешёвый вход, но дорогой клиент: лид ${f.money(cpl)}, а CAC ${f.money(cac)}, ${f.times(cac! / rest.cac!)} выше, чем у остальных${dearest ? ', и дороже всех' : ''}.`
    case 'empty': {
      const spent = cost ? `, а потрачено ${f.money(cost)}` : ''
      return `${name} — обращения есть, продаж почти нет: ${won === 0 ? 'никто не купил' : `${isSingular(won) ? 'купил' : 'купили'} ${f.number(won)}`} из ${f.count(leads, 'ofLead')} (${rates})${spent}.`
    }
    case 'thrifty':
      return `${name} — клиенты дешёвые, но и чек низкий: CAC ${f.money(cac)} против ${f.money(rest.cac)} у остальных, чек ${f.money(check)} против ${f.money(rest.check)}.`
    case 'dear':
      return `${name} — дорогой клиент: CAC ${f.money(cac)}, ${f.times(cac! / rest.cac!)} выше, чем у остальных.`
    case 'seldom':
      return `${name} — покупают реже остальных: ${f.percent(conversion)} против ${f.percent(rest.conversion)} (${f.count(leads, 'lead')}).`
    case 'often':
      return `${name} — покупают чаще остальных: ${f.percent(conversion)} против ${f.percent(rest.conversion)} (${f.count(leads, 'lead')}).`
    default: {
      const word = kind === 'large' ? 'выше' : 'ниже'
      const by = kind === 'large' ? f.times(check! / rest.check!) : fall(check! / rest.check!, f)
      return `${name} — средний чек ${by} ${word}, чем у остальных: ${f.money(check)} против ${f.money(rest.check)}.`
    }
  }
}

/** «на 32 %», «вдвое» of a ratio below one. */
function fall(ratio: number, f: Figures): string {
  return ratio > 0.6 ? `на ${f.percent(1 - ratio)}` : f.times(1 / ratio)
}

function sayEnglish(name: string, { kind, segment, rest }: Finding, dearest: boolean, f: Figures): string {
  const { won, leads, conversion, check, cac, cpl, cost } = segment
  const rates = `${f.percent(conversion)} against ${f.percent(rest.conversion)} for the others`
  const than = (ratio: number, more: string, of: string) =>
    ratio < 1.5 ? `${f.times(ratio)} ${more} than ${of}` : `${f.times(ratio)} that of ${of}`
  switch (kind) {
    case 'trap':
      return `${name}: cheap leads, costly clients: a lead costs ${f.money(cpl)}, but CAC is ${f.money(cac)}, ${than(cac! / rest.cac!, 'more', 'the others')}${dearest ? ' and the highest of all' : ''}.`
    case 'empty': {
      const spent = cost ? `; ${f.money(cost)} was spent` : ''
      return `${name}: contacts but hardly any sales: ${f.number(won)} of ${f.count(leads, 'ofLead')} bought (${rates})${spent}.`
    }
    case 'thrifty':
      return `${name}: cheap clients with small deals: CAC ${f.money(cac)} against ${f.money(rest.cac)} for the others, average deal ${f.money(check)} against ${f.money(rest.check)}.`
    case 'dear':
      return `${name}: costly clients: CAC ${f.money(cac)}, ${than(cac! / rest.cac!, 'more', 'the others')}.`
    case 'seldom':
      return `${name} buy less often than the others: ${f.percent(conversion)} against ${f.percent(rest.conversion)} (${f.count(leads, 'lead')}).`
    case 'often':
      return `${name} buy more often than the others: ${f.percent(conversion)} against ${f.percent(rest.conversion)} (${f.count(leads, 'lead')}).`
    default:
      return `${name}: the average deal is ${kind === 'large' ? 'higher' : 'lower'} than elsewhere: ${f.money(check)} against ${f.money(rest.check)}.`
  }
}
