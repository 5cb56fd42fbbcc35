/**
 * Leads by the month in which they came, and how many of them had bought after so many months: what a month of
 * advertising really brought, beside what was sold in that month, which is another thing when the cycle is long.
 */
import { wilson } from '../lib/statistics.ts'
import { readDeals } from './deals.ts'
import { measure } from './measures.ts'
import { addMoney, chooseRule, type Money, type MoneyRule, type Rates, settle } from './money.ts'
import type { Facts, Filter } from './query.ts'
import { readSpend } from './spend.ts'
import { flags } from './tally.ts'
import { type Courses, readCourses } from './totals.ts'

export interface Cohort {
  /** `YYYY-MM` */
  month: string
  leads: number
  open: number
  won: number
  conversion: number | null
  interval: [number, number]
  /** Clients who had bought by the end of the month so many months after, from 0; as far as the facts go. */
  wonBy: number[]
  revenue: number
  cost: number | null
  romi: number | null
  /** What was sold in that very month, whenever the leads came. */
  calendar: { won: number; revenue: number }
}

export interface Cohorts {
  cohorts: Cohort[]
  rule: MoneyRule
  left: { revenue: Money; cost: Money }
}

interface CohortQuery {
  filter: Filter
  currency: string
  rates: Rates
  /** The last day that the facts know: ages beyond it are not there. */
  today: string
  /** Both views of the period by month, where they have been read already. */
  courses?: Promise<Courses>
}

/** Months by which cohorts are parted. */
export const monthOf = (day: string) => day.slice(0, 7)

export async function readCohorts(facts: Facts, query: CohortQuery): Promise<Cohorts> {
  const { filter } = query
  const [courses, spend, ages] = await Promise.all([
    query.courses ?? readCourses(facts, filter, { calendar: true, taken: false, spanOf: monthOf }),
    readSpend(facts, filter, false),
    readAges(facts, filter),
  ])
  const [came, sold] = [courses.cohort.spans, courses.calendar.spans]
  const costs = new Map<string, Money>()
  for (const { day, currency, cost } of spend.cells) {
    const month = monthOf(day!)
    const money = costs.get(month) ?? {}
    costs.set(month, money)
    addMoney(money, currency, cost)
  }
  const revenues = [...came.values(), ...sold.values()].map(tally => tally.revenue)
  const rule = chooseRule(query.currency, query.rates, [...revenues, spend.cost])
  const months = [...new Set([...came.keys(), ...sold.keys(), ...costs.keys()])].sort()
  const left: Cohorts['left'] = { revenue: {}, cost: settle(spend.cost, rule).left }
  const cohorts = months.map((month): Cohort => {
    const tally = came.get(month)
    const money = costs.get(month)
    const cost = money ? settle(money, rule) : null
    const own = tally ? measure(tally, cost?.minor ?? null, rule) : null
    for (const [currency, minor] of Object.entries(own?.left ?? {})) addMoney(left.revenue, currency, minor)
    const then = sold.get(month)
    return {
      month,
      leads: own?.leads ?? 0,
      open: own?.open ?? 0,
      won: own?.won ?? 0,
      conversion: own?.conversion ?? null,
      interval: own?.interval ?? wilson(0, 0),
      wonBy: accumulate(ages.get(month), month, query.today),
      revenue: own?.revenue ?? 0,
      cost: cost ? cost.minor / 100 : null,
      romi: own?.romi ?? (cost && cost.minor > 0 && !own ? -1 : null),
      calendar: { won: then?.won ?? 0, revenue: then ? settle(then.revenue, rule).minor / 100 : 0 },
    }
  })
  return { cohorts, rule, left }
}

/** Months from one month to another. */
export function monthsBetween(from: string, to: string): number {
  const [a, b] = [from, to].map(month => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)))
  return b! - a!
}

function accumulate(byAge: ReadonlyMap<number, number> | undefined, month: string, today: string): number[] {
  const last = monthsBetween(month, today.slice(0, 7))
  let sum = 0
  return Array.from({ length: Math.max(0, last) + 1 }, (_, age) => {
    sum += byAge?.get(age) ?? 0
    return sum
  })
}

/** Clients of each month's leads by the months until their first purchase among the deals of that month. */
async function readAges(facts: Facts, filter: Filter): Promise<Map<string, Map<number, number>>> {
  const ages = new Map<string, Map<number, number>>()
  const several = new Map<string, number>()
  const add = (month: string, age: number, count: number) => {
    const own = ages.get(month) ?? new Map<number, number>()
    ages.set(month, own)
    own.set(age, (own.get(age) ?? 0) + count)
  }
  await readDeals(
    facts,
    { filter, keys: { closed: 'closed_day' }, only: 'won' },
    ({ size, days, keys, counts }) => {
      for (let i = 0; i < size; i++) {
        if (!((keys.bits[i] as number) & flags.purchase)) continue
        const month = days[i]!.slice(0, 7)
        // Won before it was created, or nobody knows when: at once.
        const closed = keys.closed[i] as string | null
        const age = closed === null ? 0 : Math.max(0, monthsBetween(month, closed.slice(0, 7)))
        const client = keys.client[i] as string | null
        if (client === null) add(month, age, counts[i]!)
        else {
          const name = `${month} ${client}`
          several.set(name, Math.min(several.get(name) ?? age, age))
        }
      }
    },
  )
  for (const [name, age] of several) add(name.slice(0, 7), age, 1)
  return ages
}
