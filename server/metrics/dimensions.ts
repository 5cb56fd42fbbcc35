/** Fields by which clients are parted into segments. */
import type { DealColumn } from '../store/block-columns.ts'
import { dealColumns } from '../store/block-columns.ts'
import { join, raw, type Sql, sql } from '../store/sql.ts'
import type { Origin } from './attribution.ts'

const originFields = ['source', 'medium', 'campaign', 'content', 'keyword'] as const
const dealFields = {
  product: 'product',
  manager: 'manager',
  pipeline: 'pipeline',
  stage: 'stage',
  status: 'status',
  loss_reason: 'loss_reason',
  landing_page: 'landing_page',
  contact: 'contact_kind',
  month: 'month',
  week: 'week',
  kind: 'client_kind',
  city: 'city',
  region: 'region',
  profile: 'profile',
} as const satisfies Record<string, DealColumn>

/** Names as notebooks write them; `attribute:NAME` and `theme:KIND` stand for any of theirs. */
export const fieldNames: readonly string[] = [
  ...originFields,
  ...Object.keys(dealFields),
  'check',
  'tag',
  'theme',
  'theme:question',
  'theme:value',
  'theme:objection',
  'persona',
  'attribute:NAME',
]

export interface Dimension {
  field: string
  /** What a deal is parted by; null where its origin says it. */
  key: DealColumn | Sql | null
  ofOrigin: ((origin: Origin) => string | null) | null
  /** What the key needs beyond `deals d`. */
  joins: Sql | null
  /** A deal may have several values: segments overlap and do not add up. */
  overlaps: boolean
  /** Days read at a time, where the joins are too dear to repeat for every month. */
  span?: number
}

/** The dimension of a field, or null for a field that is not known. `bands` are the borders of `check`, in units. */
export function dimensionOf(field: string, bands: readonly number[] = []): Dimension | null {
  const plain = { field, ofOrigin: null, joins: null, overlaps: false }
  if ((originFields as readonly string[]).includes(field)) {
    return { ...plain, key: null, ofOrigin: origin => origin[field as keyof Origin] }
  }
  if (field in dealFields) return { ...plain, key: dealFields[field as keyof typeof dealFields] }
  if (field === 'check') return { ...plain, key: bandKey(bands) }
  if (field === 'tag') {
    const joins = raw('left join deal_tags g on g.client_id = d.client_id and g.deal_id = d.deal_id')
    return { ...plain, key: raw('g.tag'), joins, overlaps: true }
  }
  if (field === 'persona') {
    const joins = raw('left join client_personas p on p.client_id = d.client_id')
    return { ...plain, key: raw('p.persona_id'), joins }
  }
  const theme = /^theme(?::(question|value|objection))?$/.exec(field)
  if (theme) {
    const kind = theme[1] === undefined ? raw('') : sql`and m.kind = ${theme[1]}`
    // Grouped rather than distinct: for that SQLite builds an index, without it the join takes minutes.
    const joins = sql`left join (select m.client_id, m.theme_id from mentions m
      where m.theme_id in (select h.theme_id from themes h where h.hidden = 0) ${kind}
      group by m.client_id, m.theme_id) t on t.client_id = d.client_id`
    return { ...plain, key: raw('t.theme_id'), joins, overlaps: true, span: 122 }
  }
  const attribute = /^attribute:(.+)$/s.exec(field)?.[1]
  if (attribute === undefined) return null
  const joins = sql`left join client_attributes a on a.client_id = d.client_id and a.name = ${attribute}`
  return { ...plain, key: raw('a.value'), joins }
}

/** Parts by the deal's own source, without its origin: where no cost is shared out that is faster. */
export const bySource: Dimension = {
  field: 'source',
  key: 'source',
  ofOrigin: null,
  joins: null,
  overlaps: false,
}

/** What a deal is parted by, also where its origin says it: a field of the origin is one of the deal too. */
export function columnOf({ key, field }: Dimension): DealColumn | Sql {
  if (key !== null) return key
  return field === 'source' ? field : raw(`d.${field}`)
}

/** The same as SQL over `deals d` and the joins. */
export function sqlOf(dimension: Dimension): Sql {
  const column = columnOf(dimension)
  return typeof column === 'string' ? raw(dealColumns[column]) : column
}

/** All joins that dimensions need; undefined where there are none. */
export function joinsOf(dimensions: readonly Dimension[]): Sql | undefined {
  const joins = dimensions.flatMap(dimension => dimension.joins ?? [])
  return joins.length > 0 ? join(joins, ' ') : undefined
}

/** The place of a deal's sum among the borders: '0' is below the first; null without a sum. */
function bandKey(bands: readonly number[]): Sql {
  const cases = bands.map((border, i) => sql`when d.amount < ${border} then ${raw(`'${i}'`)}`)
  const whole = cases.reduce(
    (all, one) => sql`${all} ${one}`,
    raw('case when d.amount is null or d.amount <= 0 then null'),
  )
  return sql`${whole} else ${raw(`'${bands.length}'`)} end`
}
