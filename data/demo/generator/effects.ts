/** The effects that were planted: what a reader of the reports should find, what went in, and what came out of the rows. */
import { days } from './calendar.ts'
import type { Demo } from './generate.ts'
import type { Pack } from './pack.ts'
import { createTally, type Tally } from './tally.ts'

export interface Effect {
  name: string
  /** What a reader of the reports should find. */
  finding: string
  /** Keys of themes, sources, managers … that it is about, and the factors that went in. */
  planted: Record<string, number | string | string[]>
  /** What this very data holds; null where it is too small to say. */
  measured: Record<string, number | null>
}

const round = (value: number) => (Number.isFinite(value) ? Math.round(value * 1000) / 1000 : null)
const rounded = (values: Record<string, number>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, round(value)]))

/** Effects of a company; reads all of its rows once. */
export function describeEffects(demo: Demo): Effect[] {
  const { pack } = demo.world
  const { effects: planted } = pack
  const tally = createTally(demo)
  const effect = (
    name: string,
    finding: string,
    went: Effect['planted'],
    came: Record<string, number>,
  ): Effect => ({ name, finding, planted: went, measured: rounded(came) })
  const source = (key: string) => pack.sources.find(one => one.key === key)!
  const { cheap, dear, empty, city } = planted
  const fading = pack.questions.find(theme => theme.fades)!
  const split = fading.fades!.from
  const best = pack.managers.reduce((a, b) => (b.strength > a.strength ? b : a))
  return [
    effect(
      'cheap_clicks_dear_clients',
      'Clicks and leads of the first source are cheap, its clients dear: it costs about twice as much as the second to win one.',
      {
        source: cheap,
        against: dear,
        conversion: source(cheap).conversion,
        conversionAgainst: source(dear).conversion,
      },
      {
        ...costs(tally, cheap, ''),
        ...costs(tally, dear, 'Against'),
        cacRatio: cac(tally, cheap) / cac(tally, dear),
      },
    ),
    effect(
      'calls_without_sales',
      'The channel brings calls and costs money, but hardly anybody buys.',
      { source: empty, conversion: source(empty).conversion },
      {
        leads: tally.sources[empty]!.leads,
        calls: tally.sources[empty]!.calls,
        won: tally.sources[empty]!.won,
        cost: tally.sources[empty]!.cost,
      },
    ),
    effect(
      'question_fades',
      'Clients stop asking this once the FAQ answers it.',
      { theme: `question:${fading.key}`, day: split, factor: fading.fades!.factor },
      askedAround(tally, fading.key, split),
    ),
    effect(
      'question_persists',
      'The FAQ has an entry that says nothing, and clients go on asking.',
      { theme: `question:${planted.persists}` },
      askedAround(tally, planted.persists, split),
    ),
    effect(
      'advertised_price_confuses',
      'Clients of this source ask about the price that its advertising promised.',
      { theme: `question:${planted.confusion}`, source: cheap },
      {
        shareOfSource: tally.askedShare(planted.confusion, cheap),
        shareOfOthers: tally.askedShare(planted.confusion, null, cheap),
      },
    ),
    ...saidMore(pack, tally, effect),
    effect(
      'strong_manager',
      'One manager sells markedly better than the rest.',
      { manager: best.name, factor: best.strength },
      { conversion: tally.managers[best.name]!, others: tally.managerMean(best.name) },
    ),
    effect(
      'dear_city',
      'Deals in this city are worth more than elsewhere.',
      { city, factor: pack.cities.find(one => one.name === city)!.check },
      { check: tally.cities[city]!, others: tally.cityMean(city) },
    ),
    effect(
      'season',
      'People buy before the cold and before the summer, and write on Mondays.',
      {},
      seasons(tally),
    ),
  ]
}

const cac = (tally: Tally, key: string) => tally.sources[key]!.cost / tally.sources[key]!.won

function costs(tally: Tally, key: string, suffix: string): Record<string, number> {
  const { cost, clicks, leads, won } = tally.sources[key]!
  return {
    [`cpc${suffix}`]: cost / clicks,
    [`cpl${suffix}`]: cost / leads,
    [`conversion${suffix}`]: won / leads,
    [`cac${suffix}`]: cost / won,
  }
}

/** Share of clients heard whose talk has the question, before and since a day. */
function askedAround(tally: Tally, key: string, day: string): Record<string, number> {
  return { before: tally.askedBefore(key, day), since: tally.askedSince(key, day) }
}

/** Values and objections that one kind of deal has more than the other; only those planted strongly. */
function saidMore(
  pack: Pack,
  tally: Tally,
  effect: (
    name: string,
    finding: string,
    planted: Effect['planted'],
    measured: Record<string, number>,
  ) => Effect,
): Effect[] {
  const kinds = [
    ['value', pack.values],
    ['objection', pack.objections],
  ] as const
  return kinds.flatMap(([kind, themes]) =>
    [true, false].map(won => {
      const strong = themes.filter(theme => (won ? theme.wonFactor >= 3 : theme.wonFactor <= 0.3))
      const shares = strong.flatMap(({ key }) => [
        [`${key}:won`, tally.saidShare(`${kind}:${key}`, 'won')] as const,
        [`${key}:lost`, tally.saidShare(`${kind}:${key}`, 'lost')] as const,
      ])
      return effect(
        `${kind}s_of_${won ? 'won' : 'lost'}_deals`,
        `${won ? 'Won' : 'Lost'} deals have these far oftener than the others.`,
        { themes: strong.map(({ key }) => `${kind}:${key}`) },
        Object.fromEntries(shares),
      )
    }),
  )
}

/** Leads a day by season and weekday. */
function seasons(tally: Tally): Record<string, number> {
  const perDay = (fits: (day: string) => boolean) => {
    const fitting = days.filter(({ day }) => fits(day))
    return fitting.reduce((sum, { day }) => sum + (tally.days[day] ?? 0), 0) / fitting.length
  }
  const weekday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay()
  return {
    autumn: perDay(day => /-(?:09|10)-/.test(day)),
    winter: perDay(day => /-(?:01|02)-/.test(day)),
    mondays: perDay(day => weekday(day) === 1),
    sundays: perDay(day => weekday(day) === 0),
  }
}
