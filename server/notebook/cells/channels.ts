/** Advertising channels, or ways of contact: what each costs and brings, and when it pays back. */
import { z } from 'zod'
import { type Channel, readChannels } from '../../metrics/channels.ts'
import type { Segment } from '../../metrics/segments.ts'
import { defineCell } from '../cell.ts'
import { channelTable, paybackChart, paybackFinding } from '../channel-outputs.ts'
import { fieldLabel, valueLabel } from '../field-names.ts'
import { createFigures } from '../figures.ts'
import { costNotes, smallNote, toNote, unripe } from '../number-notes.ts'
import { numberOptions, toFilter, toRates } from '../number-options.ts'
import { bubbleChart, intervalChart } from '../segment-charts.ts'
import { segmentFinding } from '../segment-finding.ts'

const optionsSchema = z.strictObject({
  /** Advertising by source, medium, campaign, ad or keyword; `contact` is the way in which the client got in touch. */
  by: z.enum(['source', 'medium', 'campaign', 'content', 'keyword', 'contact']).default('source'),
  title: z.string().default(''),
  ...numberOptions,
  limit: z.number().int().min(2).max(100).default(12),
  /** Share of revenue that pays for advertising; 1: all of it. */
  margin: z.number().gt(0).max(1).default(1),
})

export default defineCell<z.infer<typeof optionsSchema>>({
  kind: 'channels',
  body: 'yaml',
  options: optionsSchema,
  example: 'by: source\nperiod: :period\nmargin: 0.35',
  tables: ['deals', 'origins', 'spend', 'visits', 'conversations'],
  run: async (options, context) => {
    const { language, currency } = context
    const { by, touch, margin, limit } = options
    const rates = toRates(options, context)
    const filter = toFilter(options)
    const found = await readChannels(context, { filter, touch, currency, rates }, by, margin)
    const { all, channels } = found
    const figures = createFigures(language, all.rule.main)
    const names = { language, currency: all.rule.main, bands: [], labels: new Map<string, string>() }
    const nameOf = ({ names: [name] }: Segment) => valueLabel(by, name!, names)
    const channelName = ({ segment }: Channel) => nameOf(segment)
    const label = fieldLabel(by, language)
    const title = options.title || label
    const { table, small } = channelTable(found, { name: 'channel', label }, channelName, language, currency)
    const finding = {
      type: 'text' as const,
      role: 'finding' as const,
      markdown: [segmentFinding(all, nameOf, figures), paybackFinding(found, channelName, figures)]
        .filter(Boolean)
        .join(' '),
    }
    if (channels.length === 0) return { outputs: [finding, ...toNote(costNotes(all, figures))], table }
    const shown = all.segments.slice(0, limit)
    const bubbles = bubbleChart(shown, nameOf, title, figures)
    const payback = paybackChart({ all, channels: channels.slice(0, limit) }, channelName, figures)
    return {
      outputs: [
        finding,
        ...(bubbles ? [bubbles] : []),
        intervalChart(shown, nameOf, title, figures),
        ...(payback ? [payback] : []),
        { type: 'table', title, table, folded: true, small },
        ...toNote([
          smallNote(all, figures),
          unripe(all, figures),
          marginNote(margin, figures),
          ...costNotes(all, figures),
        ]),
      ],
      table,
    }
  },
})

function marginNote(margin: number, figures: ReturnType<typeof createFigures>): string | null {
  if (margin === 1) return null
  const share = figures.percent(margin)
  return figures.language === 'ru'
    ? `Окупаемость в днях посчитана по марже: на рекламу работает ${share} выручки. ROMI — по выручке.`
    : `Payback in days goes by margin: ${share} of revenue pays for advertising. ROMI goes by revenue.`
}
