/** Clients parted by what they are, came from or bought: conversion, cost and check of each part. */
import { compareShares, falseDiscovery, wilson } from '../lib/statistics.ts'
import { raw, type Sql, sql } from '../store/sql.ts'
import { attributeSpend } from './attribution.ts'
import { type Filter, matching, type Query, rowsOf, toMinor } from './query.ts'

/** Fields of deals and of clients by which leads can be parted; any imported attribute is `attribute:NAME`. */
export const dealFields = [
  'source',
  'medium',
  'campaign',
  'keyword',
  'product',
  'manager',
  'pipeline',
  'loss_reason',
  'landing_page',
] as const
export const clientFields = ['kind', 'city', 'region', 'profile'] as const

/** Leads below this make a segment “little data”. */
export const SMALL = 30

export interface Segment {
  name: string | null
  leads: number
  won: number
  conversion: number
  interval: [number, number]
  revenue: number
  check: number | null
  cost: number
  cac: number | null
  romi: number | null
  small: boolean
  /** Its conversion differs from that of all others, after correction for many comparisons. */
  differs: boolean
}

export interface Segments {
  /** By falling leads. */
  segments: Segment[]
  unattributed: number
  cost: number
  leads: number
  won: number
}

interface Dimension {
  value: Sql
  join: Sql
}

/** The column and join of a field. Returns null for a field that is not known. */
export function dimensionOf(field: string): Dimension | null {
  if ((dealFields as readonly string[]).includes(field)) return { value: raw(`d.${field}`), join: raw('') }
  if ((clientFields as readonly string[]).includes(field)) {
    return { value: raw(`k.${field}`), join: raw('join clients k on k.client_id = d.client_id') }
  }
  if (field === 'tag') {
    return {
      value: raw('g.tag'),
      join: raw('join deal_tags g on g.client_id = d.client_id and g.deal_id = d.deal_id'),
    }
  }
  const attribute = /^attribute:(.+)$/s.exec(field)?.[1]
  if (attribute === undefined) return null
  return {
    value: raw('a.value'),
    join: sql`left join client_attributes a on a.client_id = d.client_id and a.name = ${attribute}`,
  }
}

/** Segments by one field. Leads, won and sums as in definitions.ts; cost by attribution.ts. */
export async function readSegments(query: Query, dimension: Dimension, filter: Filter): Promise<Segments> {
  const { value, join } = dimension
  const where = matching(filter, 'd')
  const [totals, keys, spend] = await Promise.all([
    rowsOf<{ segment: string | null; leads: number; won: number; won_deals: number; revenue: number | null }>(
      query,
      sql`select ${value} as segment, count(distinct d.client_id) as leads,
        count(distinct case when d.status = 'won' then d.client_id end) as won,
        count(case when d.status = 'won' then 1 end) as won_deals,
        sum(case when d.status = 'won' then d.amount end) as revenue
        from deals d ${join} where ${where} group by ${value}`,
    ),
    rowsOf<{ segment: string | null; source: string | null; campaign: string | null; leads: number }>(
      query,
      sql`select ${value} as segment, d.source, d.campaign, count(distinct d.client_id) as leads
        from deals d ${join} where ${where} group by ${value}, d.source, d.campaign`,
    ),
    rowsOf<{ source: string | null; campaign: string | null; cost: number }>(
      query,
      sql`select s.source, s.campaign, sum(s.cost) as cost from spend s
        where s.cost is not null and ${matching(filter, 's')} group by s.source, s.campaign`,
    ),
  ])
  const minor = spend.map(row => ({ ...row, cost: toMinor(row.cost) }))
  const attribution = attributeSpend(minor, keys)
  const leads = totals.reduce((sum, row) => sum + row.leads, 0)
  const won = totals.reduce((sum, row) => sum + row.won, 0)
  const stand = falseDiscovery(
    totals.map(row =>
      row.leads < SMALL ? 1 : compareShares(row.won, row.leads, won - row.won, leads - row.leads),
    ),
  )
  const segments = totals.map((row, i): Segment => {
    const cost = (attribution.bySegment.get(row.segment) ?? 0) / 100
    const revenue = toMinor(row.revenue) / 100
    return {
      name: row.segment,
      leads: row.leads,
      won: row.won,
      conversion: row.leads > 0 ? row.won / row.leads : 0,
      interval: wilson(row.won, row.leads),
      revenue,
      check: row.won_deals > 0 ? revenue / row.won_deals : null,
      cost,
      cac: row.won > 0 && cost > 0 ? cost / row.won : null,
      romi: cost > 0 ? (revenue - cost) / cost : null,
      small: row.leads < SMALL,
      differs: stand[i]!,
    }
  })
  return {
    segments: segments.sort((a, b) => b.leads - a.leads || String(a.name).localeCompare(String(b.name))),
    unattributed: attribution.unattributed / 100,
    cost: minor.reduce((sum, row) => sum + row.cost, 0) / 100,
    leads,
    won,
  }
}
