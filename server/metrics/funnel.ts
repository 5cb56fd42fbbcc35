/** The funnel over both teams: from an impression to a second purchase, who owns each step, and where clients are lost. */
import { wilson } from '../lib/statistics.ts'
import { join, raw, sql } from '../store/sql.ts'
import type { View } from './definitions.ts'
import { readGroups } from './groups.ts'
import { type Facts, type Filter, ofSources } from './query.ts'
import type { SpendSums } from './spend.ts'
import type { Tally } from './tally.ts'

export type Owner = 'marketing' | 'sales'
export const mainSteps = [
  'impressions',
  'reach',
  'clicks',
  'visits',
  'leads',
  'mql',
  'sql',
  'won',
  'again',
] as const
export type MainStep = (typeof mainSteps)[number]

/** Marketing answers up to the lead that it calls good; what becomes of it is sales'. */
const owners: Record<MainStep, Owner> = {
  impressions: 'marketing',
  reach: 'marketing',
  clicks: 'marketing',
  visits: 'marketing',
  leads: 'marketing',
  mql: 'marketing',
  sql: 'sales',
  won: 'sales',
  again: 'sales',
}

export interface FunnelStep {
  /** A main step, or the name of a goal or stage in between. */
  id: string
  kind: 'main' | 'goal' | 'stage'
  owner: Owner
  count: number | null
  /** Share of the main step before that came here, where one is part of the other. */
  conversion: number | null
  interval: [number, number] | null
  /** Of those at the step before, who went no further, and who still may. Null where it is not clients that go. */
  lost: number | null
  open: number | null
}

export interface FunnelFacts {
  tally: Tally
  spend: SpendSums
  visits: number | null
  goals: ReadonlyMap<string, number>
  stages: ReadonlyMap<string, number>
}

/** Steps in order, with the goals and stages asked for in their places. `view` calendar knows no one who is still on the way. */
export function toFunnel(facts: FunnelFacts, view: View): FunnelStep[] {
  const { tally, spend, visits } = facts
  const counts: Record<MainStep, number | null> = {
    impressions: spend.impressions,
    reach: spend.reach,
    clicks: spend.clicks,
    visits,
    leads: tally.leads,
    mql: tally.mql,
    sql: tally.sql,
    won: tally.won,
    again: tally.again,
  }
  const steps: FunnelStep[] = []
  let before: MainStep | null = null
  for (const id of mainSteps) {
    const count = counts[id]
    const step: FunnelStep = {
      id,
      kind: 'main',
      owner: owners[id],
      count,
      ...convert(id, before, counts, spend),
      ...lostOn(id, tally, view),
    }
    steps.push(step)
    // Reach is told by some systems only: what comes after it is compared with impressions.
    if (count !== null && id !== 'reach') before = id
    if (id === 'visits') steps.push(...between(facts.goals, 'goal', 'marketing', visits))
    if (id === 'sql') steps.push(...between(facts.stages, 'stage', 'sales', tally.leads))
  }
  return steps
}

type Conversion = Pick<FunnelStep, 'conversion' | 'interval'>

function convert(
  id: MainStep,
  before: MainStep | null,
  counts: Record<MainStep, number | null>,
  spend: SpendSums,
): Conversion {
  const count = counts[id]
  const none: Conversion = { conversion: null, interval: null }
  if (count === null || before === null) return none
  // Only rows that report reach can be compared with it.
  const from = id === 'reach' ? spend.reached.impressions : counts[before]!
  if (from === 0 || count > from) return none
  return { conversion: count / from, interval: isClients(before) ? wilson(count, from) : null }
}

const isClients = (step: MainStep) => mainSteps.indexOf(step) >= mainSteps.indexOf('leads')

function lostOn(
  id: MainStep,
  { leads, mql, sql, won, open }: Tally,
  view: View,
): Pick<FunnelStep, 'lost' | 'open'> {
  if (view === 'calendar') return { lost: null, open: null }
  const of = (from: number, to: number, waiting: number) => ({ lost: from - to - waiting, open: waiting })
  if (id === 'mql') return of(leads, mql, open.lead)
  if (id === 'sql') return of(mql, sql, open.mql)
  if (id === 'won') return of(sql, won, open.sql)
  return { lost: null, open: null }
}

/** Micro-conversions: shares of the visits, or of the leads, whatever their order. */
function between(
  found: ReadonlyMap<string, number>,
  kind: 'goal' | 'stage',
  owner: Owner,
  from: number | null,
): FunnelStep[] {
  return [...found].map(([id, count]) => ({
    id,
    kind,
    owner,
    count,
    conversion: from ? Math.min(1, count / from) : null,
    interval: from && count <= from ? wilson(count, from) : null,
    lost: null,
    open: null,
  }))
}

/** The step on which most clients were lost for good; null where nobody was. */
export function largestLoss(steps: readonly FunnelStep[]): FunnelStep | null {
  const losing = steps.filter(step => (step.lost ?? 0) > 0)
  return losing.reduce<FunnelStep | null>(
    (worst, step) => (step.lost! > (worst?.lost ?? 0) ? step : worst),
    null,
  )
}

/** Visits in which each goal was reached, most frequent first. Goals of a visit stand in one text, parted by commas. */
export async function readGoals(facts: Facts, filter: Filter): Promise<Map<string, number>> {
  const texts = new Map<string, number>()
  await readGroups(
    facts,
    {
      table: raw('visits v'),
      day: raw('v.day'),
      period: filter.period,
      where: [raw('v.goals is not null'), ...ofSources(filter, 'v')],
      keys: { goals: raw('v.goals') },
      sums: {},
    },
    ({ size, keys, counts }) => {
      for (let i = 0; i < size; i++) {
        const text = keys.goals[i] as string
        texts.set(text, (texts.get(text) ?? 0) + counts[i]!)
      }
    },
  )
  const goals = new Map<string, number>()
  for (const [text, visits] of texts)
    for (const goal of splitGoals(text)) goals.set(goal, (goals.get(goal) ?? 0) + visits)
  return new Map([...goals].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)))
}

/** `Калькулятор, Звонок`, `["a","b"]` or `a|b` -> names, each once. */
export function splitGoals(text: string): string[] {
  const inner = text.trim().replace(/^\[(.*)\]$/s, '$1')
  const names = inner.split(/[,;|\n]/).map(name => name.trim().replace(/^["'](.*)["']$/s, '$1'))
  return [...new Set(names.filter(name => name !== ''))]
}

/** Leads of the period with a deal that came to each of the stages, in the order asked for. */
export async function readStages(
  facts: Facts,
  filter: Filter,
  stages: readonly string[],
): Promise<Map<string, number>> {
  const clients = new Map(stages.map(stage => [stage, new Set<string>()]))
  if (stages.length > 0) {
    await readGroups(
      facts,
      {
        table: raw('deals d'),
        from: raw('deals d join deal_stages s on s.client_id = d.client_id and s.deal_id = d.deal_id'),
        day: raw('d.day'),
        period: filter.period,
        where: [sql`s.stage in (${join(stages)})`, ...ofSources(filter, 'd')],
        keys: { client: raw('d.client_id'), stage: raw('s.stage') },
        sums: {},
      },
      ({ size, keys }) => {
        for (let i = 0; i < size; i++) clients.get(keys.stage[i] as string)?.add(keys.client[i] as string)
      },
    )
  }
  return new Map([...clients].map(([stage, set]) => [stage, set.size]))
}
