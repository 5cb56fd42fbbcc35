/** A deal's course: won, lost or still open, through which stages and when, for how much, and what the client talks of. */
import type { Random } from '../../../server/lib/random.ts'
import { END_MS, later, toMoment } from './calendar.ts'
import type {
  City,
  Manager,
  ObjectionTheme,
  Pack,
  Persona,
  Product,
  QuestionTheme,
  Source,
  SpokenTheme,
  ValueTheme,
} from './pack.ts'
import type { DealRow, Origin, StageRow } from './rows.ts'
import { pickSome } from './weights.ts'

export interface Topics {
  questions: QuestionTheme[]
  values: ValueTheme[]
  objections: ObjectionTheme[]
}

export interface DealPlan {
  row: DealRow
  stages: StageRow[]
  product: Product
  manager: Manager
  topics: Topics
  /** Sum that is talked of, known or not to the CRM yet. */
  sum: number
  created: number
  /** When the measurer came, the contract was signed and the work was done; NaN where it never came to that. */
  measured: number
  signed: number
  done: number
  closed: number
}

export interface DealSetting {
  random: Random
  pack: Pack
  persona: Persona
  source: Source | null
  origin: Origin
  city: City
  product: Product
  manager: Manager
  client_id: string
  deal_id: string
  created: number
  /** From the second deal of a client on. */
  repeat: boolean
}

/** Share of deals that are won, for a setting. */
export function winChance({ persona, source, manager, repeat }: DealSetting): number {
  const base = repeat ? 0.58 : (source?.conversion ?? 0.2) * persona.conversion
  return Math.min(0.92, base * manager.strength)
}

/** Follows a deal from its creation to the end of the data. */
export function planDeal(setting: DealSetting): DealPlan {
  const { random, pack, persona, source, city, product, manager, created, repeat } = setting
  const chance = winChance(setting)
  const wins = random.next() < chance
  const accepted = repeat ? 0.97 : (source?.qualified ?? 0.6)
  const qualifies = wins || random.next() < Math.max(0.05, (accepted - chance) / (1 - chance))
  const measures = wins || (qualifies && random.next() < 0.58)
  const signs = wins || (measures && random.next() < 0.16)
  const { stages: names } = pack
  const moves: [name: string, ms: number][] = [[names.new, created]]
  const step = (name: string, after: number) => moves.push([name, later(random, moves.at(-1)![1], after)])
  if (qualifies) step(names.qualified, random.next() * 2.2)
  if (measures) step(names.measured, 1 + random.next() * 5)
  if (signs) step(names.contract, 0.5 + random.next() * 9)
  if (wins) step(names.install, 6 + random.next() * 16)
  const ending = wins ? names.won : names.lost
  step(ending, wins ? random.next() * 3 : 1 + random.next() ** 2 * 40)
  const reached = moves.filter(([, ms]) => ms <= END_MS)
  const [stage] = reached.at(-1)!
  const at = (name: string) => reached.find(([known]) => known === name)?.[1] ?? Number.NaN
  const status = stage === names.won ? 'won' : stage === names.lost ? 'lost' : 'open'
  const sum = Math.max(
    1500,
    Math.round(
      (product.check * city.check * persona.check * Math.exp(random.normal() * 0.33) * (repeat ? 0.8 : 1)) /
        100,
    ) * 100,
  )
  const topics = chooseTopics(setting, wins)
  const closed = status === 'open' ? Number.NaN : at(ending)
  const objection = topics.objections[0]
  const loss =
    status !== 'lost'
      ? null
      : qualifies
        ? (objection?.lossReason ?? pack.objections[0]!.lossReason)
        : random.pick(pack.unqualified)
  const moment = (ms: number) => (Number.isNaN(ms) ? null : toMoment(ms))
  const tags = [
    ...(repeat ? [pack.tags.repeat] : []),
    ...(persona.kind === 'company' ? [pack.tags.company] : []),
    ...(at(names.measured) > 0 ? [pack.tags.measured] : []),
    ...(wins && random.next() < 0.4 ? [pack.tags.hot] : []),
    ...(!wins && random.next() < 0.25 ? [pack.tags.thinking] : []),
  ]
  const row: DealRow = {
    client_id: setting.client_id,
    deal_id: setting.deal_id,
    title: product.title.replace('%', city.name),
    product: product.name,
    pipeline: pack.pipeline[persona.kind],
    stage,
    status,
    amount: at(names.measured) > 0 ? sum : null,
    currency: pack.currency,
    manager: manager.name,
    ...setting.origin,
    landing_page: source?.online ? `${pack.site}${product.landing}` : null,
    created_at: toMoment(created),
    qualified_at: moment(at(names.qualified)),
    closed_at: moment(closed),
    loss_reason: loss,
    tags,
  }
  return {
    row,
    stages: reached.map(([name, ms]) => ({
      client_id: setting.client_id,
      deal_id: setting.deal_id,
      stage: name,
      entered_at: toMoment(ms),
    })),
    product,
    manager,
    topics,
    sum,
    created,
    measured: at(names.measured),
    signed: at(names.contract),
    done: at(names.install),
    closed,
  }
}

/** A theme that a persona does not care for is still asked now and then. */
const INDIFFERENT = 0.35

function chooseTopics(
  { random, pack, persona, source, created, repeat }: DealSetting,
  wins: boolean,
): Topics {
  const more = (chance: number) => (random.next() < chance ? 1 : 0)
  const day = toMoment(created).slice(0, 10)
  const asked = (theme: QuestionTheme) =>
    theme.base *
    (persona.questions[theme.key] ?? INDIFFERENT) *
    (theme.fades && day >= theme.fades.from ? theme.fades.factor : 1) *
    (source === null ? 1 : (theme.provokedBy?.[source.key] ?? 1))
  const said = (factors: Record<string, number>) => (theme: SpokenTheme) =>
    theme.base * (factors[theme.key] ?? INDIFFERENT) * Math.sqrt(wins ? theme.wonFactor : 1 / theme.wonFactor)
  const questions = 1 + more(0.72) + more(0.45) + more(0.25) - (repeat ? more(0.5) : 0)
  const values = more(wins ? 0.78 : 0.36) + more(wins ? 0.34 : 0.08)
  const objections = more(wins ? 0.27 : 0.68) + more(wins ? 0.03 : 0.14)
  return {
    questions: pickSome(random, pack.questions, questions, asked),
    values: pickSome(random, pack.values, values, said(persona.values)),
    objections: pickSome(random, pack.objections, objections, said(persona.objections)),
  }
}

/** Days between a client's deals. */
export function nextDealAt(random: Random, from: number): number {
  return later(random, from, 45 + random.next() * 200)
}
