/** What a published answer changed: the share of clients asking in equal spans before and after its first day. */

import { addDays } from '../lib/dates.ts'
import { compareShares, wilson } from '../lib/statistics.ts'
import { sql } from '../store/sql.ts'
import type { Share } from './gaps.ts'
import { type Query, rowsOf } from './query.ts'

export interface Effect {
  /** Days in each span. */
  days: number
  before: Share
  after: Share
  /** The share fell beyond chance (two-sided 5 %). */
  faded: boolean
}

const LONGEST = 90
const SHORTEST = 7

/** Null until a week has passed, or where nobody got in touch in one of the spans. */
export async function readEffect(query: Query, theme: string, published: string): Promise<Effect | null> {
  const [known] = await rowsOf<{ first: string | null; last: string | null }>(
    query,
    sql`select min(day) as first, max(day) as last from conversations where day is not null`,
  )
  if (!known?.first || !known.last) return null
  const length = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
  const days = Math.min(LONGEST, length(published, known.last) + 1, length(known.first, published))
  if (days < SHORTEST) return null
  const [before, after] = await Promise.all([
    shareOf(query, theme, addDays(published, -days), addDays(published, -1)),
    shareOf(query, theme, published, addDays(published, days - 1)),
  ])
  if (before.of === 0 || after.of === 0) return null
  const fell = after.clients / after.of < before.clients / before.of
  return {
    days,
    before,
    after,
    faded: fell && compareShares(before.clients, before.of, after.clients, after.of) < 0.05,
  }
}

async function shareOf(query: Query, theme: string, from: string, to: string): Promise<Share> {
  const [[asked], [spoke]] = await Promise.all([
    rowsOf<{ n: number }>(
      query,
      sql`select count(distinct m.client_id) as n from mentions m
        where m.theme_id = ${theme} and m.day between ${from} and ${to}`,
    ),
    rowsOf<{ n: number }>(
      query,
      sql`select count(distinct c.client_id) as n from conversations c where c.day between ${from} and ${to}`,
    ),
  ])
  return { clients: asked!.n, of: spoke!.n, interval: wilson(asked!.n, spoke!.n) }
}
