/** The funnel over both teams, where it leaks, why, and cohorts of leads beside the calendar. */
import { z } from 'zod'
import { monthOf, readCohorts } from '../../metrics/cohorts.ts'
import { type FunnelFacts, readGoals, readStages, toFunnel } from '../../metrics/funnel.ts'
import { readHandover } from '../../metrics/handover.ts'
import { isBounded, previousPeriod } from '../../metrics/periods.ts'
import type { Filter } from '../../metrics/query.ts'
import { readSpendSums } from '../../metrics/spend.ts'
import { type Courses, countVisits, readCourses } from '../../metrics/totals.ts'
import { type CellContext, defineCell } from '../cell.ts'
import { cohortOutputs } from '../cohort-outputs.ts'
import { createFigures, type Figures } from '../figures.ts'
import { funnelChart, funnelFinding, funnelTable, handoverOutputs } from '../funnel-outputs.ts'
import { funnelWords } from '../funnel-words.ts'
import { toNote } from '../number-notes.ts'
import { numberOptions, toFilter, toRates } from '../number-options.ts'
import type { Output } from '../output.ts'

const optionsSchema = z.strictObject({
  period: numberOptions.period,
  source: numberOptions.source,
  rates: numberOptions.rates,
  /** Goals of visits shown as micro-conversions, by name; a number shows so many of the most frequent. */
  goals: z.union([z.array(z.string()), z.number().int().min(0).max(20)]).default(3),
  /** Stages of deals shown between SQL and the purchase, by name. */
  stages: z.array(z.string()).meta({ choices: 'stage' }).default([]),
  /** Where MQL are lost, by source and by reason. */
  handover: z.boolean().default(true),
  /** Leads by month beside the sales of the same months. */
  cohorts: z.boolean().default(false),
})
type Options = z.infer<typeof optionsSchema>

export default defineCell<Options>({
  kind: 'funnel',
  body: 'yaml',
  options: optionsSchema,
  example: 'period: :period\ngoals: 3\ncohorts: true',
  tables: ['deals', 'origins', 'deal_stages', 'spend', 'visits'],
  run: async (options, context) => {
    const filter = toFilter(options)
    const figures = createFigures(context.language, context.currency)
    const previous = isBounded(filter.period) ? previousPeriod(filter.period) : null
    const courses = readCourses(context, filter, { calendar: true, taken: true, spanOf: monthOf })
    const [now, before, handover, cohorts] = await Promise.all([
      readFacts(context, filter, options, courses),
      previous ? readBefore(context, { ...filter, period: previous }, options) : null,
      options.handover ? readHandover(context, filter) : { sources: [], reasons: [] },
      options.cohorts
        ? readCohorts(context, {
            filter,
            currency: context.currency,
            rates: toRates(options, context),
            today: context.today,
            courses,
          })
        : null,
    ])
    const calendar = toFunnel({ ...now, tally: now.courses.calendar.total }, 'calendar')
    const steps = toFunnel(now, 'cohort')
    const earlier = before && before.tally.leads > 0 ? toFunnel(before, 'cohort') : null
    const table = funnelTable(steps, earlier, calendar, figures)
    const finding = funnelFinding(steps, earlier, handover.reasons, figures)
    const outputs: Output[] = [{ type: 'text', role: 'finding', markdown: finding }]
    if (now.tally.leads === 0 && !now.spend.impressions) return { outputs, table }
    outputs.push(
      funnelChart(steps, figures),
      { type: 'table', title: funnelWords[context.language].title, table, folded: true },
      ...handoverOutputs(handover.sources, handover.reasons, figures),
      ...(cohorts
        ? cohortOutputs(cohorts, context.currency, createFigures(context.language, cohorts.rule.main))
        : []),
      ...toNote(notesOf(now, figures)),
    )
    return { outputs, table }
  },
})

type Found = FunnelFacts & { courses: Courses }

function readBefore(context: CellContext, filter: Filter, options: Options): Promise<Found> {
  return readFacts(context, filter, options, readCourses(context, filter, { calendar: false, taken: false }))
}

async function readFacts(
  context: CellContext,
  filter: Filter,
  { goals, stages }: Options,
  reading: Promise<Courses>,
): Promise<Found> {
  const [courses, spend, visits, reached, staged] = await Promise.all([
    reading,
    readSpendSums(context, filter),
    countVisits(context, filter),
    goals === 0 ? new Map<string, number>() : readGoals(context, filter),
    readStages(context, filter, stages),
  ])
  const named =
    typeof goals === 'number'
      ? [...reached].slice(0, goals)
      : goals.map(name => [name, reached.get(name) ?? 0] as const)
  return { courses, tally: courses.cohort.total, spend, visits, goals: new Map(named), stages: staged }
}

function notesOf({ spend, visits, tally }: FunnelFacts, figures: Figures): (string | null)[] {
  const ru = figures.language === 'ru'
  const larger = visits !== null && (visits > (spend.clicks ?? visits) || tally.leads > visits)
  return [
    ru
      ? 'Лиды прослежены до сегодняшнего дня; длина полос — в логарифмическом масштабе.'
      : 'Leads are followed to the present day; bars are drawn on a logarithmic scale.',
    spend.reach !== null && spend.reached.impressions < (spend.impressions ?? 0)
      ? ru
        ? `Охват сообщают не все площадки: с ним ${figures.percent(spend.reached.impressions / spend.impressions!)} показов, только с ними он и сравнён.`
        : `Not all systems report reach: it is compared with the ${figures.percent(spend.reached.impressions / spend.impressions!)} of impressions that have it.`
      : null,
    visits === null
      ? null
      : ru
        ? `Лиды посчитаны все, в том числе без визита на сайт.${larger ? ' Доля не показана там, где следующий шаг больше предыдущего.' : ''}`
        : `All leads are counted, those without a site visit too.${larger ? ' No share is shown where a step is larger than the one before.' : ''}`,
  ]
}
