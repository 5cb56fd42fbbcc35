/** Themes by the clients who raised them: over a period and filters, with trend, outcome and quotes. */
import { contrast } from '../lib/log-odds.ts'
import { wilson } from '../lib/statistics.ts'
import type { Claim, ClaimKind, Contrast } from '../notebook/output.ts'
import { join, sql } from '../store/sql.ts'
import { type Evidence, isWeak, LEAST_EVIDENCE } from './evidence.ts'
import { type Query, rowsOf, type Span, within } from './query.ts'
import { readQuotes } from './quotes.ts'

export interface ThemeFilter extends Span {
  kind: 'question' | 'value' | 'objection'
  topics: readonly string[]
  limit: number
  /** What must stand behind a theme; LEAST_EVIDENCE by default. */
  least?: Evidence
}

export interface RankedThemes {
  /** By falling number of clients. */
  claims: Claim[]
  /** Distinct clients who spoke at all in the period: what shares are of. */
  clients: number
  /** Distinct clients who raised any theme of the kind. */
  asking: number
  coverage: { mentions: number; assigned: number; waiting: number }
}

/** Fewer clients than this behind a claim and it is listed as weak. */
export const LEAST_CLIENTS = LEAST_EVIDENCE.clients

/** Themes of a kind, ranked by distinct clients, each a claim with its evidence. */
export async function rankThemes(query: Query, filter: ThemeFilter): Promise<RankedThemes> {
  const mentions = within(filter, 'm')
  const topics = filter.topics.length > 0 ? sql`and t.topic in (${join(filter.topics)})` : sql``
  const ranked = await rowsOf<{
    theme_id: string
    label: string
    topic: string
    status: string
    clients: number
    mentions: number
  }>(
    query,
    sql`select t.theme_id, t.label, t.topic, t.status, count(distinct m.client_id) as clients, count(*) as mentions
      from mentions m join themes t on t.theme_id = m.theme_id
      where m.kind = ${filter.kind} and t.hidden = 0 and ${mentions} ${topics}
      group by t.theme_id, t.label, t.topic, t.status
      order by clients desc, mentions desc, t.theme_id limit ${filter.limit}`,
  )
  const [spoke] = await rowsOf<{ n: number }>(
    query,
    sql`select count(distinct c.client_id) as n from conversations c where ${within(filter, 'c')}`,
  )
  const [total] = await rowsOf<{ clients: number; mentions: number; assigned: number | null }>(
    query,
    sql`select count(distinct m.client_id) as clients, count(*) as mentions,
      sum(case when m.theme_id is null then 0 else 1 end) as assigned
      from mentions m where m.kind = ${filter.kind} and ${mentions}`,
  )
  const ids = ranked.map(theme => theme.theme_id)
  const [trends, outcomes, quotes] =
    ids.length === 0
      ? [new Map(), new Map<string, Outcome>(), new Map()]
      : await Promise.all([
          readTrends(query, filter, ids),
          readOutcomes(query, filter),
          readQuotes(query, filter, ids),
        ])
  const of = spoke!.n
  const assigned = total!.assigned ?? 0
  return {
    clients: of,
    asking: total!.clients,
    coverage: { mentions: total!.mentions, assigned, waiting: total!.mentions - assigned },
    claims: ranked.map(theme => {
      const outcome = outcomes.get(theme.theme_id)
      return {
        id: theme.theme_id,
        kind: filter.kind as ClaimKind,
        text: theme.label,
        topic: theme.topic,
        clients: theme.clients,
        of,
        interval: wilson(theme.clients, of),
        trend: trends.get(theme.theme_id) ?? [],
        facts: [
          // Without deals nothing is known of who bought, and zeros would say that nobody did.
          ...(outcomes.size > 0
            ? [
                { label: 'won', value: outcome?.won ?? 0, format: 'integer' as const },
                { label: 'lost', value: outcome?.lost ?? 0, format: 'integer' as const },
              ]
            : []),
          { label: 'mentions', value: theme.mentions, format: 'integer' as const },
        ],
        ...(outcome?.contrast && { contrast: outcome.contrast }),
        quotes: quotes.get(theme.theme_id) ?? [],
        weak: isWeak({ clients: theme.clients, spans: theme.mentions }, filter.least ?? LEAST_EVIDENCE),
      }
    }),
  }
}

/** Distinct clients by month for each theme; months without any are zero. */
async function readTrends(
  query: Query,
  filter: ThemeFilter,
  ids: readonly string[],
): Promise<Map<string, { label: string; clients: number }[]>> {
  const rows = await rowsOf<{ theme_id: string; month: string; clients: number }>(
    query,
    sql`select m.theme_id, m.month, count(distinct m.client_id) as clients from mentions m
      where m.theme_id in (${join(ids)}) and m.month is not null and ${within(filter, 'm')}
      group by m.theme_id, m.month order by m.month`,
  )
  const months = [...new Set(rows.map(row => row.month))].sort()
  const found = new Map(rows.map(row => [`${row.theme_id} ${row.month}`, row.clients]))
  return new Map(
    ids.map(id => [id, months.map(label => ({ label, clients: found.get(`${id} ${label}`) ?? 0 }))]),
  )
}

interface Outcome {
  won: number
  lost: number
  contrast?: Contrast
}

/**
 * Distinct clients of every theme of the kind who have a won deal, and who have a lost one and none won; and how the two
 * differ, out of all of each who got in touch. All themes are compared, so that the correction knows how many there are.
 */
async function readOutcomes(query: Query, filter: ThemeFilter): Promise<Map<string, Outcome>> {
  // Only the deals of clients who spoke: a period is a small part of all deals.
  const won = sql`max(case when d.status = 'won' then 1 else 0 end) as won`
  const lost = sql`max(case when d.status = 'lost' then 1 else 0 end) as lost`
  const [rows, [all]] = await Promise.all([
    rowsOf<{ theme_id: string; won: number; lost: number }>(
      query,
      sql`select e.theme_id, sum(e.won) as won, sum(case when e.won = 0 then e.lost else 0 end) as lost
        from (select m.theme_id, m.client_id, ${won}, ${lost}
          from (select distinct theme_id, client_id from mentions m
            where m.kind = ${filter.kind} and m.theme_id is not null and ${within(filter, 'm')}) m
          join deals d on d.client_id = m.client_id group by m.theme_id, m.client_id) e
        group by e.theme_id order by e.theme_id`,
    ),
    rowsOf<{ won: number | null; lost: number | null }>(
      query,
      sql`select sum(e.won) as won, sum(case when e.won = 0 then e.lost else 0 end) as lost
        from (select c.client_id, ${won}, ${lost}
          from (select distinct client_id from conversations c where ${within(filter, 'c')}) c
          join deals d on d.client_id = c.client_id group by c.client_id) e`,
    ),
  ])
  const contrasts = contrast(
    rows.map(row => row.won),
    all?.won ?? 0,
    rows.map(row => row.lost),
    all?.lost ?? 0,
  )
  return new Map(
    rows.map(({ theme_id, won, lost }, i) => {
      const { logOdds, interval, stands } = contrasts[i]!
      const told = (all?.won ?? 0) > 0 && (all?.lost ?? 0) > 0
      const ratios: Contrast = {
        ratio: Math.exp(logOdds),
        interval: [Math.exp(interval[0]), Math.exp(interval[1])],
        stands,
      }
      return [theme_id, { won, lost, ...(told && { contrast: ratios }) }]
    }),
  )
}
