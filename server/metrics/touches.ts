/** What brought each deal: its own marks (the last touch), the client's first visit, or all visits up to it in equal parts. */
import type { Value } from '../store/sql.ts'
import { raw, type Sql, sql } from '../store/sql.ts'
import type { Origin } from './attribution.ts'
import { readGroups } from './groups.ts'
import { allOf, type Facts, type Filter, ofSources } from './query.ts'

export const touchModels = ['last', 'first', 'linear'] as const
export type TouchModel = (typeof touchModels)[number]

const NOWHERE: Origin = { source: null, medium: null, campaign: null, content: null, keyword: null }
const MARKS = ['source', 'medium', 'campaign', 'content', 'keyword'] as const

/** Every origin by its number; deals without one came from nowhere that is known. */
export async function readOrigins(facts: Facts): Promise<(id: Value | undefined) => Origin> {
  const { rows } = await facts.query(
    raw('select origin_id, source, medium, campaign, content, keyword from origins'),
    { maxRows: 5_000_000 },
  )
  const origins = new Map<Value, Origin>()
  for (const [id, source, medium, campaign, content, keyword] of rows as (string | null)[][])
    origins.set(id as Value, {
      source: source!,
      medium: medium!,
      campaign: campaign!,
      content: content!,
      keyword: keyword!,
    })
  return id => origins.get(id ?? null) ?? NOWHERE
}

export interface VisitTouch {
  origin: Origin
  day: string | null
  /** Values of the keys asked for. */
  keys: readonly Value[]
  /** Parts of deals. */
  weight: number
}

/**
 * Touches of deals by the client's visits, for the models that need them: the deals are those of `readDeals`, each
 * counting one altogether. A deal whose client has no visit before it is touched by its own marks.
 */
export async function readVisitTouches(
  facts: Facts,
  model: 'first' | 'linear',
  { filter, keys, joins }: { filter: Filter; keys: readonly Sql[]; joins: Sql },
  visit: (touch: VisitTouch) => void,
): Promise<void> {
  const { from, to } = filter.period
  const first =
    model === 'first'
      ? sql`(select w.*, row_number() over (partition by w.client_id order by w.started_at, w.visit_id) as n
          from visits w where w.source is not null)`
      : raw('(select w.*, 1 as n from visits w where w.source is not null)')
  const marks = raw(
    MARKS.map(mark => `case when v.visit_id is null then d.${mark} else v.${mark} end as t_${mark}`).join(
      ', ',
    ),
  )
  const touched = sql`(select d.*, ${marks}, case when v.visit_id is null then d.day else v.day end as t_day,
      1.0 / count(*) over (partition by d.client_id, d.deal_id) as t_weight
    from deals d left join ${first} v on v.client_id = d.client_id and v.n = 1 and v.started_at <= d.created_at
    where d.day between ${from} and ${to} and ${allOf(ofSources(filter, 'd'))}
      and (d.status <> 'won' or d.amount is null or d.amount >= 0))`
  const named = Object.fromEntries(keys.map((key, i) => [`k${i}`, key]))
  const marksOf = Object.fromEntries([...MARKS, 'day'].map(mark => [`t_${mark}`, raw(`d.t_${mark}`)]))
  const origins = new Map<string, Origin>()
  await readGroups(
    facts,
    {
      table: raw('deals d'),
      from: sql`${touched} d ${joins}`,
      span: Number.POSITIVE_INFINITY,
      day: raw('d.day'),
      period: filter.period,
      where: [],
      keys: { ...named, ...marksOf } as Record<string, Sql>,
      sums: { weight: raw('d.t_weight') },
    },
    groups => {
      for (let i = 0; i < groups.size; i++) {
        const marks = MARKS.map(mark => groups.keys[`t_${mark}`]![i] as string | null)
        const name = marks.join('\0')
        let origin = origins.get(name)
        if (!origin) {
          origin = Object.fromEntries(MARKS.map((mark, at) => [mark, marks[at]!])) as unknown as Origin
          origins.set(name, origin)
        }
        visit({
          origin,
          day: groups.keys.t_day![i] as string | null,
          keys: keys.map((_, at) => groups.keys[`k${at}`]![i]!),
          weight: groups.sums.weight[i]!,
        })
      }
    },
  )
}
