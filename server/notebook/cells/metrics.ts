/** Numbers of a period beside those of the period before it. */
import { z } from 'zod'
import { addDays, daysBetween } from '../../lib/dates.ts'
import { formatDay, formatMoney, formatPercent } from '../../lib/locale.ts'
import { wilson } from '../../lib/statistics.ts'
import { definitions, type MetricId } from '../../metrics/definitions.ts'
import { readTotals, type Totals } from '../../metrics/totals.ts'
import { type CellContext, defineCell, type Language } from '../cell.ts'
import type { MetricTile, Output, Table } from '../output.ts'

const ids = Object.keys(definitions) as [MetricId, ...MetricId[]]
const usual: MetricId[] = ['leads', 'won', 'conversion', 'revenue', 'check', 'spend', 'cac', 'romi']
const optionsSchema = z.strictObject({
  period: z.object({ from: z.string(), to: z.string() }),
  source: z.union([z.array(z.string()), z.string()]).nullish(),
  show: z.array(z.enum(ids)).default(usual),
})

function toTile(id: MetricId, now: Totals, before: Totals | null, context: CellContext): MetricTile {
  const { format, better, label, definition } = definitions[id]
  const of: Partial<Record<MetricId, number>> = {
    conversion: now.leads ?? 0,
    check: now.wonDeals,
    cac: now.won ?? 0,
    cpl: now.leads ?? 0,
  }
  return {
    id,
    label: label[context.language],
    value: now[id],
    format,
    ...(format === 'money' && { currency: now.currencies[0] ?? context.currency }),
    ...(before && { previous: before[id] }),
    ...(of[id] !== undefined && { n: of[id] }),
    ...(id === 'conversion' && now.leads ? { interval: wilson(now.won ?? 0, now.leads) } : {}),
    ...(better && { better }),
    definition: definition[context.language],
  }
}

/** «+12 %» against the period before, or nothing where there is none to compare with. */
function change(now: number | null, before: number | null | undefined, language: Language): string {
  if (now === null || !before) return ''
  const share = now / before - 1
  const sign = share > 0 ? '+' : ''
  return language === 'ru'
    ? ` (${sign}${formatPercent(share, 'ru')} к прошлому периоду)`
    : ` (${sign}${formatPercent(share, 'en')} on the period before)`
}

function findingOf(now: Totals, before: Totals | null, { language, currency: own }: CellContext): string {
  const currency = now.currencies[0] ?? own
  if (!now.leads)
    return language === 'ru'
      ? 'За период не создано ни одной сделки.'
      : 'No deals were created in the period.'
  const money = (value: number | null) => (value === null ? '—' : formatMoney(value, currency, language))
  const conversion = formatPercent(now.conversion ?? 0, language)
  if (language === 'ru') {
    const cac = now.cac === null ? '' : ` Клиент обошёлся в **${money(now.cac)}**.`
    return `Выручка **${money(now.revenue)}**${change(now.revenue, before?.revenue, language)}: купили ${now.won} из ${now.leads} лидов, конверсия ${conversion}.${cac}`
  }
  const cac = now.cac === null ? '' : ` A client cost **${money(now.cac)}** to win.`
  return `Revenue **${money(now.revenue)}**${change(now.revenue, before?.revenue, language)}: ${now.won} of ${now.leads} leads bought, ${conversion} conversion.${cac}`
}

export default defineCell<z.infer<typeof optionsSchema>>({
  kind: 'metrics',
  body: 'yaml',
  options: optionsSchema,
  example: 'period: :period\nshow: [leads, won, conversion, revenue, cac]',
  tables: ['deals', 'spend', 'visits', 'conversations'],
  run: async ({ period, source, show }, context) => {
    const sources = [source ?? []].flat()
    const days = daysBetween(period.from, period.to) + 1
    const earlier = { from: addDays(period.from, -days), to: addDays(period.from, -1) }
    // “All time” has nothing before it.
    const comparable = period.from > '1900'
    const [now, before] = await Promise.all([
      readTotals(context.query, { period, sources }),
      comparable ? readTotals(context.query, { period: earlier, sources }) : null,
    ])
    const tiles = show.map(id => toTile(id, now, before?.leads ? before : null, context))
    const table: Table = {
      columns: show.map(id => ({
        name: id,
        label: definitions[id].label[context.language],
        format: definitions[id].format,
      })),
      rows: [show.map(id => now[id])],
      truncated: false,
    }
    const outputs: Output[] = [
      { type: 'text', role: 'finding', markdown: findingOf(now, before, context) },
      { type: 'metrics', tiles },
    ]
    const note = noteOf(now, before?.leads ? earlier : null, context.language)
    if (note) outputs.push({ type: 'text', role: 'note', markdown: note })
    return { outputs, table }
  },
})

function noteOf(now: Totals, earlier: { from: string; to: string } | null, language: Language): string {
  const parts: string[] = []
  if (now.currencies.length > 1) {
    const list = now.currencies.join(', ')
    parts.push(
      language === 'ru'
        ? `Суммы не показаны: в данных несколько валют (${list}), а складывать их без курса нельзя.`
        : `Sums are not shown: the data holds several currencies (${list}), which can't be added without rates.`,
    )
  }
  if (earlier) {
    const days = `${formatDay(earlier.from, language)} – ${formatDay(earlier.to, language)}`
    parts.push(language === 'ru' ? `Сравнение с периодом ${days}.` : `Compared with ${days}.`)
  }
  return parts.join(' ')
}
