/**
 * Rows of a large table added up by keys, day by day. PostgreSQL groups by hashing and gets an ordinary `group by`.
 * SQLite sorts what it groups, six seconds for a million rows by four texts, while it hands the same rows over as arrays
 * in a third of one: there the rows come as they are, each counting one, and the caller's own adding up does the rest.
 * This holds as long as SQLite has no hash aggregate.
 */
import { LimitError } from '../errors.ts'
import { addDays, daysBetween, dayToMs } from '../lib/dates.ts'
import type { Value } from '../store/sql.ts'
import { join, raw, type Sql, sql } from '../store/sql.ts'
import { allOf, type Facts, type Period } from './query.ts'

export interface GroupQuery<Key extends string, Sum extends string> {
  /** `deals d`: where the days lie between which the table is read. */
  table: Sql
  /** The table with its joins, where it has any. */
  from?: Sql
  /** Days read at a time, 31 by default: more where `from` holds a query of its own that every part repeats. */
  span?: number
  /** The indexed column of days by which the table is cut, `d.day`. */
  day: Sql
  period: Period
  where: readonly Sql[]
  keys: Record<Key, Sql>
  sums: Record<Sum, Sql>
}

/** Rows of one or several days, column by column; all columns are of one length. */
export interface Groups<Key extends string, Sum extends string> {
  size: number
  days: readonly string[]
  keys: Record<Key, readonly Value[]>
  sums: Record<Sum, readonly (number | null)[]>
  /** How many rows of the table each stands for. */
  counts: readonly number[]
}

const MOST = 4_000_000
/**
 * Rows and days at a time, where the table is large: so that no text grows beyond what SQLite holds, several connections
 * read at once, and the event loop breathes in between.
 */
const ROWS = 60_000
const SPAN = 31
const MOST_SPANS = 40

/** Calls `visit` with all rows, in parts, in no order to rely on. Throws LimitError where there are too many groups. */
export async function readGroups<Key extends string, Sum extends string>(
  facts: Facts,
  query: GroupQuery<Key, Sum>,
  visit: (groups: Groups<Key, Sum>) => void,
): Promise<void> {
  if (facts.dialect === 'postgres') return readHashed(facts, query, visit)
  const spans = await findSpans(facts, query)
  await Promise.all(spans.map(span => readArrays(facts, { ...query, period: span }, visit)))
}

async function readHashed<Key extends string, Sum extends string>(
  facts: Facts,
  { table, from = table, day, period, where, keys, sums }: GroupQuery<Key, Sum>,
  visit: (groups: Groups<Key, Sum>) => void,
): Promise<void> {
  const keyNames = Object.keys(keys) as Key[]
  const sumNames = Object.keys(sums) as Sum[]
  const columns = [
    sql`${day} as day`,
    ...keyNames.map(name => sql`${keys[name]} as ${raw(name)}`),
    ...sumNames.map(name => sql`sum(${sums[name]}) as ${raw(`sum_${name}`)}`),
    sql`count(*) as row_count`,
  ]
  const places = raw([day, ...keyNames].map((_, i) => i + 1).join(', '))
  const result = await facts.query(
    sql`select ${join(columns)} from ${from} where ${day} between ${period.from} and ${period.to}
      and ${allOf(where)} group by ${places}`,
    { maxRows: MOST },
  )
  if (result.truncated) {
    const hint = 'Narrow the period, or choose a field with fewer values.'
    throw new LimitError(`More than ${MOST} groups`, { hint })
  }
  const column = (i: number) => result.rows.map(row => row[i]!)
  const at = (names: readonly string[], offset: number) =>
    Object.fromEntries(names.map((name, i) => [name, column(offset + i)]))
  visit({
    size: result.rows.length,
    days: column(0) as string[],
    keys: at(keyNames, 1) as Record<Key, Value[]>,
    sums: at(sumNames, 1 + keyNames.length) as Record<Sum, (number | null)[]>,
    counts: column(1 + keyNames.length + sumNames.length) as number[],
  })
}

async function readArrays<Key extends string, Sum extends string>(
  facts: Facts,
  { table, from = table, day, period, where, keys, sums }: GroupQuery<Key, Sum>,
  visit: (groups: Groups<Key, Sum>) => void,
): Promise<void> {
  const names = [...Object.keys(keys), ...Object.keys(sums)] as (Key & Sum)[]
  const all: Record<string, Sql> = { ...keys, ...sums }
  const columns = names.map(name => sql`json_group_array(${all[name]!}) as ${raw(`"${name}"`)}`)
  const { rows } = await facts.query(
    sql`select ${join([sql`${day} as "day"`, sql`count(*) as "row_count"`, ...columns])} from ${from}
      where ${day} between ${period.from} and ${period.to} and ${allOf(where)} group by ${day}`,
    { maxRows: MOST },
  )
  for (const [on, size, ...texts] of rows) {
    if (names.length === 0) {
      visit({ size: 1, days: [on as string], keys: {}, sums: {}, counts: [size as number] } as never)
      continue
    }
    const lists = Object.fromEntries(names.map((name, i) => [name, toList(texts[i])]))
    visit({
      size: size as number,
      days: new Array<string>(size as number).fill(on as string),
      keys: lists as Record<Key, Value[]>,
      sums: lists as Record<Sum, (number | null)[]>,
      counts: new Array<number>(size as number).fill(1),
    })
  }
}

/** A JSON array is handed over as such or as its text, as the database chose to pass it on. */
function toList(value: unknown): Value[] {
  return typeof value === 'string' ? (JSON.parse(value) as Value[]) : (value as Value[])
}

/** Bounds that are being asked for: parts of a cell ask for the same ones at the same time. */
const asked = new WeakMap<Facts, Map<string, Promise<Bounds | null>>>()

interface Bounds {
  low: string
  high: string
  /** Rows of the whole table, or more where some were deleted. */
  rows: number
}

function findBounds(
  facts: Facts,
  { table, day, period }: Pick<GroupQuery<string, string>, 'table' | 'day' | 'period'>,
) {
  const ofCell = asked.get(facts) ?? new Map<string, Promise<Bounds | null>>()
  asked.set(facts, ofCell)
  const name = [table.strings[0], day.strings[0], period.from, period.to].join('\0')
  const known = ofCell.get(name)
  if (known) return known
  const within = sql`from ${table} where ${day} between ${period.from} and ${period.to}`
  const reading = facts
    .query(
      sql`select (select min(${day}) ${within}) as low, (select max(${day}) ${within}) as high,
        (select max(rowid) from ${table}) as row_count`,
    )
    .then(({ rows }) => {
      const [low, high, count] = rows[0] as [string | null, string | null, number | null]
      return low === null || high === null ? null : { low, high, rows: count ?? 0 }
    })
  ofCell.set(name, reading)
  const forget = () => ofCell.delete(name)
  reading.then(forget, forget)
  return reading
}

/** The period cut into parts, no wider than the days that the table really has. */
async function findSpans(facts: Facts, query: GroupQuery<string, string>): Promise<Period[]> {
  const bounds = await findBounds(facts, query)
  if (!bounds) return []
  const { low, high, rows } = bounds
  if (dayToMs(low) === undefined || dayToMs(high) === undefined) return [{ from: low, to: high }]
  const days = daysBetween(low, high) + 1
  const parts = Math.min(MOST_SPANS, Math.ceil(rows / ROWS))
  const length = Math.max(query.span ?? SPAN, Math.ceil(days / parts))
  return Array.from({ length: Math.ceil(days / length) }, (_, i) => {
    const start = addDays(low, i * length)
    return { from: start, to: i * length + length >= days ? high : addDays(start, length - 1) }
  })
}
