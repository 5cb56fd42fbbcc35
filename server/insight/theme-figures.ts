/**
 * Numbers of whole catalogues, kept in memory for as long as the tables that they are made of do not change: with 10,000
 * themes and 300,000 mentions the database counts distinct clients in about 0.2 s, outcomes of all in 1 s; a page that
 * filters and sorts asks at every key.
 */
import type { Database } from '../store/database.ts'
import { inList } from '../store/lists.ts'
import type { TableName } from '../store/schema.ts'
import { type Sql, sql } from '../store/sql.ts'
import { type Coverage, readCoverage } from '../store/themes.ts'
import { rowsOf } from './query.ts'

export type Kind = 'question' | 'value' | 'objection'

export interface ThemeRow {
  theme_id: string
  kind: Kind
  label: string
  machine_label: string
  topic: string
  status: string
  hidden: number
  alias_of: string | null
  /** State against the pages; null where mining has not compared it. */
  faq: string | null
}

export interface Count {
  /** Distinct clients. */
  clients: number
  mentions: number
  first_day: string | null
  last_day: string | null
}

export interface Outcome {
  /** Distinct clients with a won deal, and with a lost one and none won. */
  won: number
  lost: number
}

export interface Evidence extends Outcome {
  /** Distinct clients by month: the last twelve months of the kind, zeros too. */
  trend: { label: string; clients: number }[]
}

export interface ThemeFigures {
  /** Every theme of every kind, merged and hidden ones too. */
  themes(): Promise<ReadonlyMap<string, ThemeRow>>
  /** Of themes that have mentions. */
  counts(kind: Kind): Promise<ReadonlyMap<string, Count>>
  outcomes(kind: Kind): Promise<ReadonlyMap<string, Outcome>>
  /** Clients of the last three months that the kind knows less those of the three before. */
  growth(kind: Kind): Promise<ReadonlyMap<string, number>>
  /** For the themes of one page. */
  evidence(kind: Kind, ids: readonly string[]): Promise<ReadonlyMap<string, Evidence>>
  /** Distinct clients who ever got in touch: what shares are of. */
  clients(): Promise<number>
  /** How much of what was said stands in themes, by kind; kinds with nothing said are absent. */
  coverage(): Promise<readonly Coverage[]>
}

const MONTHS = 12
/** A whole catalogue may be large; a query of it is still bounded. */
const MOST = 1_000_000

export function createThemeFigures(database: Database): ThemeFigures {
  const { reader } = database
  const rows = <T>(statement: Sql) =>
    rowsOf<T>((query, options) => reader.read(query, options), statement, MOST)
  const kept = new Map<string, { at: string; value: Promise<unknown> }>()

  /** What was made of the same versions of tables, or made now; those who ask meanwhile share it. */
  async function keep<T>(name: string, tables: readonly TableName[], make: () => Promise<T>): Promise<T> {
    const versions = await database.versions()
    const at = tables.map(table => versions.get(table) ?? 0).join()
    const known = kept.get(name)
    if (known?.at === at) return known.value as Promise<T>
    const value = make()
    kept.set(name, { at, value })
    // A failure is told to those who asked, and tried again.
    value.catch(() => kept.get(name)?.value === value && kept.delete(name))
    return value
  }

  const months = (kind: Kind) =>
    keep(`months ${kind}`, ['mentions'], async () => {
      const [span] = await rows<{ first: string | null; last: string | null }>(
        sql`select min(day) as first, max(day) as last from mentions where kind = ${kind}`,
      )
      return span?.first && span.last ? monthsBetween(span.first, span.last).slice(-MONTHS) : []
    })

  const readEvidence = async (kind: Kind, ids: readonly string[]): Promise<Map<string, Evidence>> => {
    const which = sql`theme_id in ${inList(reader, ids)}`
    const [ends, points, labels] = await Promise.all([
      rows<Outcome & { theme_id: string }>(outcomesOf(which)),
      rows<{ theme_id: string; month: string; clients: number }>(
        sql`select theme_id, month, count(distinct client_id) as clients from mentions
          where ${which} and month is not null group by theme_id, month`,
      ),
      months(kind),
    ])
    const found = new Map(points.map(point => [`${point.theme_id} ${point.month}`, point.clients]))
    const ended = new Map(ends.map(end => [end.theme_id, end]))
    return new Map(
      ids.map(id => [
        id,
        {
          won: ended.get(id)?.won ?? 0,
          lost: ended.get(id)?.lost ?? 0,
          trend: labels.map(label => ({ label, clients: found.get(`${id} ${label}`) ?? 0 })),
        },
      ]),
    )
  }

  return {
    themes: () =>
      keep('themes', ['themes', 'gaps'], async () =>
        byId(
          await rows<ThemeRow>(
            sql`select t.theme_id, t.kind, t.label, t.machine_label, t.topic, t.status, t.hidden, t.alias_of, g.state as faq
              from themes t left join gaps g on g.theme_id = t.theme_id`,
          ),
        ),
      ),
    counts: kind =>
      keep(`counts ${kind}`, ['mentions'], async () =>
        byId(
          await rows<Count & { theme_id: string }>(
            sql`select theme_id, count(distinct client_id) as clients, count(*) as mentions, min(day) as first_day,
                max(day) as last_day from mentions where kind = ${kind} and theme_id is not null group by theme_id`,
          ),
        ),
      ),
    outcomes: kind =>
      keep(`outcomes ${kind}`, ['mentions', 'deals'], async () =>
        byId(
          await rows<Outcome & { theme_id: string }>(
            outcomesOf(sql`kind = ${kind} and theme_id is not null`),
          ),
        ),
      ),
    growth: kind =>
      keep(`growth ${kind}`, ['mentions'], async () => {
        const last = (await months(kind)).slice(-6)
        const from = last[Math.floor(last.length / 2)] ?? ''
        const clients = (when: Sql) => sql`count(distinct case when ${when} then client_id end)`
        const found = await rows<{ theme_id: string; growth: number }>(
          sql`select theme_id, ${clients(sql`month >= ${from}`)} - ${clients(sql`month < ${from}`)} as growth
            from mentions where kind = ${kind} and theme_id is not null and month >= ${last[0] ?? ''} group by theme_id`,
        )
        return new Map(found.map(row => [row.theme_id, row.growth]))
      }),
    evidence: (kind, ids) =>
      keep(`evidence ${kind}`, ['mentions', 'deals'], async () => new Map<string, Promise<Evidence>>()).then(
        async known => {
          const absent = ids.filter(id => !known.has(id))
          if (absent.length > 0) {
            const read = readEvidence(kind, absent)
            for (const id of absent)
              known.set(
                id,
                read.then(all => all.get(id)!),
              )
            read.catch(() => absent.forEach(id => void known.delete(id)))
          }
          return new Map(await Promise.all(ids.map(async id => [id, await known.get(id)!] as const)))
        },
      ),
    coverage: () => keep('coverage', ['mentions'], () => readCoverage(database)),
    clients: () =>
      keep('clients', ['conversations'], async () => {
        const [all] = await rows<{ n: number }>(sql`select count(distinct client_id) as n from conversations`)
        return all?.n ?? 0
      }),
  }
}

const byId = <T extends { theme_id: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map(row => [row.theme_id, row]))

/** As in reports: a client who bought anything counts as won, one who only refused as lost. */
const outcomesOf = (which: Sql): Sql =>
  sql`select e.theme_id, sum(e.won) as won, sum(case when e.won = 0 then e.lost else 0 end) as lost
    from (select m.theme_id, m.client_id, max(case when d.status = 'won' then 1 else 0 end) as won,
        max(case when d.status = 'lost' then 1 else 0 end) as lost
      from (select distinct theme_id, client_id from mentions where ${which}) m
      join deals d on d.client_id = m.client_id group by m.theme_id, m.client_id) e
    group by e.theme_id`

/** `2026-01-05`, `2026-03-01` -> 2026-01, 2026-02, 2026-03. */
function monthsBetween(first: string, last: string): string[] {
  const index = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
  return Array.from({ length: index(last) - index(first) + 1 }, (_, i) => {
    const month = index(first) + i
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
  })
}
