/** Plan against fact, month by month, with what the current month comes to at its pace so far. */
import { addDays, addMonths, daysBetween } from '../lib/dates.ts'
import { sql } from '../store/sql.ts'
import { readDeals } from './deals.ts'
import { addMoney, type Money, type MoneyRule, settle, toMinor } from './money.ts'
import { type Facts, type Filter, type Period, rowsOf } from './query.ts'
import { flags, type Tally } from './tally.ts'
import { readCourses } from './totals.ts'

export const planMetrics = ['revenue', 'won', 'leads'] as const
export type PlanMetric = (typeof planMetrics)[number]

export interface PlanMonth {
  /** `YYYY-MM` */
  month: string
  metric: PlanMetric
  plan: number
  fact: number
  /** The fact, or for a month that is not over the fact carried on at its pace; null on its first day. */
  forecast: number | null
  over: boolean
}

export interface ManagerPlan {
  manager: string
  plan: number
  fact: number
}

export interface Plan {
  months: PlanMonth[]
  /** Revenue of each manager who has a plan, over the same months. */
  managers: ManagerPlan[]
  period: Period
}

/** Plans of whole months, those that the period touches up to `today`. Facts count on the day they happened. */
export async function readPlan(facts: Facts, filter: Filter, today: string, rule: MoneyRule): Promise<Plan> {
  // Months ahead have a plan and no fact yet: they would only make the plan look missed.
  const lastDay = filter.period.to > today ? today : filter.period.to
  const months: Period = {
    from: `${filter.period.from.slice(0, 7)}-01`,
    to: addDays(addMonths(`${lastDay.slice(0, 7)}-01`, 1), -1),
  }
  const targets = await rowsOf<{ month: string; manager: string; metric: PlanMetric; value: number }>(
    facts,
    sql`select t.month, t.manager, t.metric, t.value from targets t
      where t.month between ${months.from.slice(0, 7)} and ${months.to.slice(0, 7)} order by t.month, t.metric, t.manager`,
  )
  const known = targets.filter(target => planMetrics.includes(target.metric))
  const period = {
    from: `${known[0]?.month ?? months.from.slice(0, 7)}-01`,
    to: months.to > today ? today : months.to,
  }
  if (known.length === 0) return { months: [], managers: [], period }
  // A plan is the whole company's: a filter by source would compare a part with the whole.
  const whole: Filter = { period, sources: [] }
  const [courses, managers] = await Promise.all([
    readCourses(facts, whole, { calendar: true, taken: false, spanOf: day => day.slice(0, 7) }),
    readManagers(facts, whole),
  ])
  const plans = new Map<string, { own: number | null; sum: number }>()
  for (const { month, manager, metric, value } of known) {
    const name = `${month} ${metric}`
    const plan = plans.get(name) ?? { own: null, sum: 0 }
    plans.set(name, plan)
    if (manager === '') plan.own = value
    else plan.sum += value
  }
  return {
    period,
    months: [...plans].map(([name, { own, sum }]) => {
      const [month, metric] = name.split(' ') as [string, PlanMetric]
      const fact = factOf(courses.calendar.spans.get(month), metric, rule)
      return { month, metric, plan: own ?? sum, fact, ...carryOn(month, fact, today) }
    }),
    managers: [
      ...new Set(known.filter(one => one.manager !== '' && one.metric === 'revenue').map(one => one.manager)),
    ].map(manager => ({
      manager,
      plan: known
        .filter(one => one.manager === manager && one.metric === 'revenue')
        .reduce((sum, one) => sum + one.value, 0),
      fact: settle(managers.get(manager) ?? {}, rule).minor / 100,
    })),
  }
}

function factOf(tally: Tally | undefined, metric: PlanMetric, rule: MoneyRule): number {
  if (!tally) return 0
  return metric === 'revenue' ? settle(tally.revenue, rule).minor / 100 : tally[metric]
}

/** A month that is not over goes on as its days so far went. */
export function carryOn(
  month: string,
  fact: number,
  today: string,
): { forecast: number | null; over: boolean } {
  const first = `${month}-01`
  const last = addDays(addMonths(first, 1), -1)
  if (today >= last) return { forecast: fact, over: true }
  if (today < first) return { forecast: null, over: false }
  const gone = daysBetween(first, today) + 1
  return { forecast: gone < 2 ? null : (fact / gone) * (daysBetween(first, last) + 1), over: false }
}

async function readManagers(facts: Facts, filter: Filter): Promise<Map<string, Money>> {
  const sums = new Map<string, Money>()
  await readDeals(
    facts,
    { filter, by: 'closed_day', keys: { manager: 'manager' }, only: 'won' },
    ({ size, keys, sums: { amount } }) => {
      for (let i = 0; i < size; i++) {
        const manager = keys.manager[i] as string | null
        if (
          manager === null ||
          amount[i] === null ||
          !((keys.bits[i] as number) & (flags.priced | flags.refund))
        )
          continue
        const money = sums.get(manager) ?? {}
        sums.set(manager, money)
        addMoney(money, keys.currency[i] as string | null, toMinor(amount[i]!))
      }
    },
  )
  return sums
}
