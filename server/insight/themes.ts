/** Themes by the clients who raised them: over a period and filters, with trend, outcome and quotes. */
import { contrast } from '../lib/log-odds.ts'
import { wilson } from '../lib/statistics.ts'
import type { Claim, ClaimKind, Contrast, Quote } from '../notebook/output.ts'
import type { ReadOptions, ReadResult } from '../store/database.ts'
import { join, type Sql, sql } from '../store/sql.ts'

export type Query = (statement: Sql, options?: ReadOptions) => Promise<ReadResult>

export interface ThemeFilter {
  kind: 'question' | 'value' | 'objection'
  period: { from: string; to: string } | null
  topics: readonly string[]
  sources: readonly string[]
  limit: number
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
export const LEAST_CLIENTS = 3
const QUOTES = 4
const CANDIDATES = 40

/** Rows of a query as objects. */
export async function rowsOf<T>(query: Query, statement: Sql, maxRows = 100_000): Promise<T[]> {
  const { columns, rows } = await query(statement, { maxRows })
  return rows.map(row => Object.fromEntries(columns.map((name, i) => [name, row[i]])) as T)
}

/** Conditions on a dated table; what has no date belongs to every period. */
function within(filter: ThemeFilter, alias: string): Sql {
  const column = (name: string): Sql => ({ strings: [`${alias}.${name}`], values: [] })
  const conditions: Sql[] = [sql`1 = 1`]
  if (filter.period) {
    conditions.push(
      sql`(${column('day')} between ${filter.period.from} and ${filter.period.to} or ${column('day')} is null)`,
    )
  }
  if (filter.sources.length > 0) conditions.push(sql`${column('source')} in (${join(filter.sources)})`)
  return join(conditions, ' and ')
}

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
          { label: 'won', value: outcome?.won ?? 0, format: 'integer' as const },
          { label: 'lost', value: outcome?.lost ?? 0, format: 'integer' as const },
          { label: 'mentions', value: theme.mentions, format: 'integer' as const },
        ],
        ...(outcome?.contrast && { contrast: outcome.contrast }),
        quotes: quotes.get(theme.theme_id) ?? [],
        weak: theme.clients < LEAST_CLIENTS,
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
  const ends = sql`select d.client_id, max(case when d.status = 'won' then 1 else 0 end) as won,
    max(case when d.status = 'lost' then 1 else 0 end) as lost from deals d group by d.client_id`
  const [rows, [all]] = await Promise.all([
    rowsOf<{ theme_id: string; won: number; lost: number }>(
      query,
      sql`select m.theme_id, sum(e.won) as won, sum(case when e.won = 0 then e.lost else 0 end) as lost
        from (select distinct theme_id, client_id from mentions m
          where m.kind = ${filter.kind} and m.theme_id is not null and ${within(filter, 'm')}) m
        join (${ends}) e on e.client_id = m.client_id group by m.theme_id order by m.theme_id`,
    ),
    rowsOf<{ won: number | null; lost: number | null }>(
      query,
      sql`select sum(e.won) as won, sum(case when e.won = 0 then e.lost else 0 end) as lost
        from (select distinct client_id from conversations c where ${within(filter, 'c')}) c
        join (${ends}) e on e.client_id = c.client_id`,
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

interface QuoteRow {
  theme_id: string
  client_id: string
  conversation_id: string
  n: number
  span_from: number
  span_to: number
  text: string
  speaker: 'client' | 'agent' | 'note'
  start_ms: number | null
  alias: number
  kind: string
  started_at: string | null
  deal_status: string | null
}

/** Quotes of each theme: of different clients, told apart by their words, short but whole. Cut from the source here. */
async function readQuotes(
  query: Query,
  filter: ThemeFilter,
  ids: readonly string[],
): Promise<Map<string, Quote[]>> {
  const rows = await rowsOf<QuoteRow>(
    query,
    sql`select r.theme_id, r.client_id, r.conversation_id, r.n, r.span_from, r.span_to, u.text, u.speaker, u.start_ms,
        k.alias, c.kind, c.started_at,
        (select max(d.status) from deals d where d.client_id = r.client_id) as deal_status
      from (select m.*, row_number() over (partition by m.theme_id order by m.score desc, m.client_id, m.conversation_id, m.n) as place
        from mentions m where m.theme_id in (${join(ids)}) and ${within(filter, 'm')}) r
      join utterances u on u.client_id = r.client_id and u.conversation_id = r.conversation_id and u.n = r.n
      join conversations c on c.client_id = r.client_id and c.conversation_id = r.conversation_id
      join clients k on k.client_id = r.client_id
      where r.place <= ${CANDIDATES} order by r.theme_id, r.place`,
  )
  const quotes = new Map<string, Quote[]>()
  for (const id of ids) quotes.set(id, chooseQuotes(rows.filter(row => row.theme_id === id)))
  return quotes
}

function chooseQuotes(rows: readonly QuoteRow[]): Quote[] {
  const clients = new Set<string>()
  const texts = new Set<string>()
  const chosen: Quote[] = []
  // Whole thoughts first: a quote of two words says little, one of forty is a story.
  const length = (row: QuoteRow) => row.text.slice(row.span_from, row.span_to).split(/\s+/).length
  const good = (row: QuoteRow) => length(row) >= 4 && length(row) <= 25
  for (const row of [...rows.filter(good), ...rows.filter(row => !good(row))]) {
    const text = row.text.slice(row.span_from, row.span_to)
    if (clients.has(row.client_id) || texts.has(text.toLowerCase())) continue
    clients.add(row.client_id)
    texts.add(text.toLowerCase())
    chosen.push({
      ref: {
        client_id: row.client_id,
        conversation_id: row.conversation_id,
        n: row.n,
        from: row.span_from,
        to: row.span_to,
      },
      text,
      speaker: row.speaker,
      alias: row.alias,
      conversation_kind: row.kind,
      at: row.started_at,
      offset_ms: row.start_ms,
      deal_status: row.deal_status,
    })
    if (chosen.length === QUOTES) break
  }
  return chosen
}
