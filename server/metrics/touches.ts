/** What brought each deal: its own marks (the last touch), the client's first visit, or all visits up to it in equal parts. */
import type { Value } from '../store/sql.ts'
import { raw, type Sql, sql } from '../store/sql.ts'
import type { Origin } from './attribution.ts'
import { readGroups } from './groups.ts'
import { type Facts, type Filter, ofSources } from './query.ts'

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

/** Signs that no mark holds, between marks and in the place of one that is not there. */
const BETWEEN = '␟'
const NOTHING = '␀'

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
  const originOf = await readOrigins(facts)
  const names = keys.map((_, i) => `k${i}`)
  const marks = MARKS.map(mark => `coalesce(v.${mark}, '${NOTHING}')`).join(` || '${BETWEEN}' || `)
  const read = createOrigins()
  await readGroups(
    facts,
    {
      table: raw('deals d'),
      from: sql`deals d left join visits v on v.client_id = d.client_id and v.started_at <= d.created_at
        and v.source is not null ${joins}`,
      day: raw('d.day'),
      period: filter.period,
      where: [raw("(d.status <> 'won' or d.amount is null or d.amount >= 0)"), ...ofSources(filter, 'd')],
      keys: {
        ...Object.fromEntries(keys.map((key, i) => [names[i]!, key])),
        deal: raw('d.deal_id'),
        own: raw('d.origin_id'),
        at: raw('v.started_at'),
        visit: raw('v.visit_id'),
        marks: raw(`case when v.visit_id is not null then ${marks} end`),
      } as Record<string, Sql>,
      sums: {},
    },
    groups => {
      // All visits of a deal come in one part, since a part is made of whole days of deals.
      const rowsOf = new Map<string, number[]>()
      for (let i = 0; i < groups.size; i++) {
        // A deal that lies in two segments has its touches in both.
        const name = [groups.keys.deal![i], ...names.map(key => groups.keys[key]![i])].join('\0')
        const rows = rowsOf.get(name)
        if (rows) rows.push(i)
        else rowsOf.set(name, [i])
      }
      const order = (i: number) => `${groups.keys.at![i]}\0${groups.keys.visit![i]}`
      for (const rows of rowsOf.values()) {
        const touched = rows.filter(i => groups.keys.visit![i] !== null)
        const own = names.map(key => groups.keys[key]![rows[0]!]!)
        if (touched.length === 0) {
          const i = rows[0]!
          visit({ origin: originOf(groups.keys.own![i]), day: groups.days[i]!, keys: own, weight: 1 })
          continue
        }
        const chosen =
          model === 'linear' ? touched : [touched.reduce((first, i) => (order(i) < order(first) ? i : first))]
        for (const i of chosen) {
          const day = (groups.keys.at![i] as string).slice(0, 10)
          visit({ origin: read(groups.keys.marks![i] as string), day, keys: own, weight: 1 / chosen.length })
        }
      }
    },
  )
}

/** Origins by their marks in one text; alike ones are one object. */
function createOrigins(): (marks: string) => Origin {
  const known = new Map<string, Origin>()
  return name => {
    let origin = known.get(name)
    if (!origin) {
      const marks = name.split(BETWEEN).map(mark => (mark === NOTHING ? null : mark))
      origin = Object.fromEntries(MARKS.map((mark, i) => [mark, marks[i] ?? null])) as unknown as Origin
      known.set(name, origin)
    }
    return origin
  }
}
