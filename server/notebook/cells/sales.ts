/** Sales: plan and fact with a forecast, conversion by manager, cycle, calls missed and lost, the wait for a first talk. */
import { z } from 'zod'
import type { MetricId } from '../../metrics/definitions.ts'
import { isBounded, previousPeriod } from '../../metrics/periods.ts'
import { readPlan } from '../../metrics/plan.ts'
import { readSales } from '../../metrics/sales.ts'
import { readFirstDay, readTotals } from '../../metrics/totals.ts'
import { defineCell } from '../cell.ts'
import { comparable, coverageNote } from '../comparable.ts'
import { createFigures } from '../figures.ts'
import { type Compared, toTile } from '../metric-tiles.ts'
import { moneyNotes, smallNote, toNote, unripe } from '../number-notes.ts'
import { numberOptions, toFilter, toRates } from '../number-options.ts'
import type { Output } from '../output.ts'
import { managerTable, planChart, planTable, salesFinding, salesTiles, salesWords } from '../sales-outputs.ts'
import { intervalChart } from '../segment-charts.ts'

const optionsSchema = z.strictObject({
  period: numberOptions.period,
  source: numberOptions.source,
  rates: numberOptions.rates,
})

const shown: MetricId[] = ['leads', 'sql', 'won', 'conversion', 'revenue', 'check', 'cycle', 'missed', 'lost']
const wanted = new Set(shown)

export default defineCell<z.infer<typeof optionsSchema>>({
  kind: 'sales',
  body: 'yaml',
  options: optionsSchema,
  example: 'period: :period',
  tables: ['deals', 'origins', 'spend', 'visits', 'conversations', 'targets'],
  run: async (options, context) => {
    const { language, currency } = context
    const rates = toRates(options, context)
    const filter = toFilter(options)
    const view = 'calendar'
    const before = isBounded(filter.period) ? { ...filter, period: previousPeriod(filter.period) } : null
    const [sales, now, previous, first] = await Promise.all([
      readSales(context, { filter, touch: 'last', currency, rates, costs: false }),
      readTotals(context, { filter, view, currency, rates, wanted }),
      before ? readTotals(context, { filter: before, view, currency, rates, wanted }) : null,
      readFirstDay(context),
    ])
    const plan = await readPlan(context, filter, context.today, sales.managers.rule)
    const figures = createFigures(language, sales.managers.rule.main)
    const own = salesWords[language]
    const { table, small } = managerTable(sales, plan, currency, figures)
    const compared: Compared = {
      now,
      previous: comparable(previous, before?.period ?? null, first, view),
      yearAgo: null,
    }
    const lost = { missed: now.values.missed ?? 0, lost: now.values.lost ?? 0 }
    const finding: Output = {
      type: 'text',
      role: 'finding',
      markdown: salesFinding(sales, plan, lost, figures),
    }
    if (sales.managers.total.leads === 0) return { outputs: [finding], table }
    const chart = planChart(plan, figures)
    const drawn = sales.managers.segments.slice(0, 20)
    const nameOf = ({ names: [name] }: (typeof drawn)[number]) => name ?? own.unknown
    return {
      outputs: [
        finding,
        {
          type: 'metrics',
          tiles: [
            ...shown.map(name => toTile(name, compared, view, filter, figures)),
            ...salesTiles(sales, plan, sales.managers.rule.main, figures),
          ],
        },
        ...(chart
          ? ([
              chart,
              { type: 'table', title: own.planTitle, table: planTable(plan, figures), folded: true },
            ] as const)
          : []),
        intervalChart(drawn, nameOf, own.manager, figures),
        { type: 'table', title: own.manager, table, folded: true, small },
        ...toNote([
          language === 'ru'
            ? 'Числа сверху — по дню события; конверсия менеджеров — по дню, когда пришёл лид.'
            : 'Figures above go by the day of the event; managers’ conversion by the day the lead came.',
          plan.months.length === 0
            ? language === 'ru'
              ? 'План на эти месяцы не загружен.'
              : 'No plan is loaded for these months.'
            : null,
          coverageNote([before?.period ?? null], first, view, figures),
          smallNote(sales.managers, figures),
          unripe(sales.managers, figures),
          moneyNotes(sales.managers, figures),
        ]),
      ],
      table,
    }
  },
})
