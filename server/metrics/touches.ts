/** What brought each deal: its own marks (the last touch), the client's first visit, or all visits up to it in equal parts. */
import type { Value } from '../store/sql.ts'
import { raw, type Sql, sql } from '../store/sql.ts'
import type { Origin } from './attribution.ts'
import { readGroups } from './groups.ts'
import { type Facts, type Filter, ofSources } from './query.ts'

export const touchModels = ['last', 'first', 'linear'] as const
export type TouchModel = (typeof touchModels)[number]

/** Of deals whose origin nobody knows. */
export const NOWHERE: Origin = { source: null, medium: null, campaign: null, content: null, keyword: null }
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
 * counting one altogether. A deal whose client has no visit from a known source before it is touched by its own marks.
 */
export async function readVisitTouches(
  facts: Facts,
  model: 'first' | 'linear',
  { filter, keys, joins }: { filter: Filter; keys: readonly Sql[]; joins: Sql },
  originOf: (id: Value | undefined) => Origin,
  visit: (touch: VisitTouch) => void,
): Promise<void> {
  const names = keys.map((_, i) => `k${i}`)
  await readGroups(
    facts,
    {
      table: raw('deals d'),
      from: sql`deals d left join visits v on v.client_id = d.client_id and v.started_at <= d.created_at ${joins}`,
      day: raw('d.day'),
      period: filter.period,
      where: [raw("(d.status <> 'won' or d.amount is null or d.amount >= 0)"), ...ofSources(filter, 'd')],
      keys: {
        ...Object.fromEntries(keys.map((key, i) => [names[i]!, key])),
        deal: raw('d.deal_id'),
        own: raw('d.origin_id'),
        at: raw('v.started_at'),
        origin: raw('v.origin_id'),
      } as Record<string, Sql>,
      sums: {},
    },
    groups => {
      const columns = names.map(name => groups.keys[name]!)
      const { deal, own, at, origin } = groups.keys as Record<string, readonly Value[]>
      // All visits of a deal come in one part, since a part is made of whole days of deals.
      const rowsOf = new Map<string, number[]>()
      for (let i = 0; i < groups.size; i++) {
        // A deal that lies in two segments has its touches in both.
        let name = deal![i] as string
        for (const column of columns) name += `\0${column[i]}`
        const rows = rowsOf.get(name)
        if (rows) rows.push(i)
        else rowsOf.set(name, [i])
      }
      const before = (a: number, b: number) =>
        at![a]! === at![b]! ? origin![a]! < origin![b]! : at![a]! < at![b]!
      for (const rows of rowsOf.values()) {
        const values = columns.map(column => column[rows[0]!]!)
        const touched = rows.filter(i => at![i] !== null && originOf(origin![i]).source !== null)
        if (touched.length === 0) {
          visit({ origin: originOf(own![rows[0]!]), day: groups.days[rows[0]!]!, keys: values, weight: 1 })
          continue
        }
        const chosen =
          model === 'linear' ? touched : [touched.reduce((first, i) => (before(i, first) ? i : first))]
        for (const i of chosen) {
          const day = (at![i] as string).slice(0, 10)
          visit({ origin: originOf(origin![i]), day, keys: values, weight: 1 / chosen.length })
        }
      }
    },
  )
}
