/** How many clients asked, and how many got in touch, since a section's day and in equal spans on both sides of it. */
import { addDays, daysBetween } from '../lib/dates.ts'
import type { Connection } from '../store/database.ts'
import { inList } from '../store/lists.ts'
import { join, raw, type Sql, sql } from '../store/sql.ts'

/** The span on each side of a section's day, at most, and what says nothing yet. */
const SPAN_DAYS = 180
const LEAST_DAYS = 7

/** Distinct clients. */
export interface Counts {
  all: number
  /** On the day or later; all of them where there is no day. */
  since: number
  /** Both null when one side of the day has too few days to say anything. */
  before: number | null
  after: number | null
}

type Span = readonly [from: string, to: string]

interface Spans {
  before: Span
  after: Span
}

const isWithin = ([from, to]: Span) => sql`day between ${from} and ${to}`

/** Days that one statement counts by. */
const AT_ONCE = 30

/** Days by which something is counted; null counts everything. */
export type Day = string | null

/** What themes are counted by: each day's spans, and who got in touch. */
export interface Days {
  spans: ReadonlyMap<Day, Spans>
  contacts: ReadonlyMap<Day, Counts>
}

/** Spans and contacts of days, each day once. */
export async function readDays(connection: Connection, days: Iterable<Day>): Promise<Days> {
  const each = [...new Set(days)]
  const spans = await readSpans(connection, each)
  return { spans, contacts: await countContacts(connection, each, spans) }
}

/** Equal spans before and after each day that has enough contacts' days on both sides. */
export async function readSpans(connection: Connection, days: readonly Day[]): Promise<Map<Day, Spans>> {
  // Each by itself is read off an index.
  const [[{ first }], [{ last }]] = (await Promise.all([
    connection.query(sql`select min(day) as first from conversations`),
    connection.query(sql`select max(day) as last from conversations`),
  ])) as [[{ first: string | null }], [{ last: string | null }]]
  return new Map(
    days.flatMap((day): [Day, Spans][] => {
      // A day before the first contact or after the last has nothing on one of its sides.
      if (day === null || first === null || last === null || day <= first || day > last) return []
      const span = Math.min(SPAN_DAYS, daysBetween(first, day), daysBetween(day, last) + 1)
      if (span < LEAST_DAYS) return []
      const before = [addDays(day, -span), addDays(day, -1)] as const
      return [[day, { before, after: [day, addDays(day, span - 1)] }]]
    }),
  )
}

/** Who got in touch, by day: all days at once, in the order of clients, which no sorting is needed for. */
export async function countContacts(
  connection: Connection,
  days: readonly Day[],
  spans: ReadonlyMap<Day, Spans>,
): Promise<Map<Day, Counts>> {
  const counts = new Map<Day, Counts>()
  for (let at = 0; at < days.length; at += AT_ONCE) {
    const part = days.slice(at, at + AT_ONCE)
    const columns = part.flatMap((day, i) => {
      const span = spans.get(day)
      const flag = (test: Sql, name: string) => ({ test, name: `${name}_${i}` })
      return [
        flag(day === null ? sql`day is not null` : sql`day >= ${day}`, 'since'),
        ...(span ? [flag(isWithin(span.before), 'before'), flag(isWithin(span.after), 'after')] : []),
      ]
    })
    const flags = columns.map(
      ({ test, name }) => sql`max(case when ${test} then 1 else 0 end) as ${raw(name)}`,
    )
    const sums = columns.map(({ name }) => raw(`sum(${name}) as ${name}`))
    const [row] = await connection.query<Record<string, number | null>>(
      sql`select count(*) as everyone, ${join(sums)} from
        (select client_id, ${join(flags)} from conversations where day is not null group by client_id) c`,
    )
    for (const [i, day] of part.entries())
      counts.set(day, {
        all: row!.everyone!,
        since: row![`since_${i}`] ?? 0,
        before: spans.has(day) ? (row![`before_${i}`] ?? 0) : null,
        after: spans.has(day) ? (row![`after_${i}`] ?? 0) : null,
      })
  }
  return counts
}

/** Who asked for themes, by theme; a theme for which nobody asked is left out. */
export async function countAskers(
  connection: Connection,
  themes: readonly string[],
  day: Day,
  spans: Spans | undefined,
): Promise<Map<string, Counts>> {
  const rows = await connection.query<CountRow & { theme_id: string }>(
    sql`select theme_id, ${countColumns(day, spans)} from mentions
      where theme_id in ${inList(connection, themes)} group by theme_id`,
  )
  return new Map(rows.map(row => [row.theme_id, toCounts(row)]))
}

/** Who asked for any of several themes, each client once. */
export async function countAskersOfAny(
  connection: Connection,
  themes: readonly string[],
  day: Day,
  spans: Spans | undefined,
): Promise<Counts> {
  const [row] = await connection.query<CountRow>(
    sql`select ${countColumns(day, spans)} from mentions where theme_id in ${inList(connection, themes)}`,
  )
  return toCounts(row!)
}

interface CountRow {
  everyone: number
  since?: number
  before_day?: number
  after_day?: number
}

function countColumns(day: Day, spans: Spans | undefined): Sql {
  const within = (span: Span) => sql`count(distinct case when ${isWithin(span)} then client_id end)`
  return join([
    sql`count(distinct client_id) as everyone`,
    ...(day === null ? [] : [sql`count(distinct case when day >= ${day} then client_id end) as since`]),
    ...(spans ? [sql`${within(spans.before)} as before_day`, sql`${within(spans.after)} as after_day`] : []),
  ])
}

const toCounts = ({ everyone, since, before_day, after_day }: CountRow): Counts => ({
  all: everyone,
  since: since ?? everyone,
  before: before_day ?? null,
  after: after_day ?? null,
})
