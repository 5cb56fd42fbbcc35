/**
 * Spend of a file -> the days that it covers. It is gathered beside what stands and takes its place at the end, in one
 * go: a file's spend is there whole or not at all.
 */
import { sha256 } from '../lib/hash.ts'
import type { Connection } from '../store/database.ts'
import { type Row as Stored, tables } from '../store/schema.ts'
import { raw, sql } from '../store/sql.ts'
import type { Counts } from './upserts.ts'

type SpendRow = Omit<Stored<'spend'>, 'row_id'>

/**
 * Adds a row to those of a batch. Rows that differ only in columns that are not kept are one row, summed; money to the
 * kopeck, so that the sum is exact. False when the row was added to another.
 */
export function addSpend(into: Map<string, Stored<'spend'>>, row: SpendRow): boolean {
  const key = [row.day, row.source, row.medium, row.campaign, row.content, row.keyword, row.currency]
  const row_id = sha256(JSON.stringify(key)).slice(0, 24)
  const known = into.get(row_id)
  if (!known) {
    into.set(row_id, { row_id, ...row })
    return true
  }
  const plus = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : a + b)
  known.impressions = plus(known.impressions, row.impressions)
  known.reach = plus(known.reach, row.reach)
  known.clicks = plus(known.clicks, row.clicks)
  const cost = plus(known.cost, row.cost)
  known.cost = cost === null ? null : Math.round(cost * 100) / 100
  return false
}

const columns = Object.keys(tables.spend_staging.columns) as (keyof Stored<'spend_staging'>)[]

/** Puts a batch aside under its import; `part` tells batches apart, since a row may go on in a later one. */
export async function stageSpend(
  connection: Connection,
  import_id: number,
  part: number,
  rows: Iterable<Stored<'spend'>>,
): Promise<void> {
  const staged = [...rows].map(row => ({ import_id, part, ...row }))
  await connection.upsert('spend_staging', columns, staged)
}

/** Removes what imports that were killed have left aside. `before`: imports that began earlier are dead. */
export async function clearStaging(connection: Connection, before: string): Promise<void> {
  await connection.run(
    sql`delete from app.spend_staging where import_id in (select import_id from imports where started_at < ${before})`,
  )
}

/** Sums of rows that came in several parts; one alone stays to the last digit as its file gave it. */
const SUMS = `sum(impressions) as impressions, sum(reach) as reach, sum(clicks) as clicks,
  case when count(*) = 1 then max(cost) else round(cast(sum(cost) * 100 as numeric)) / 100.0 end as cost`
const NAMES = 'row_id, source, medium, campaign, content, keyword, day, week, month, currency'

/**
 * Puts an import's spend in the place of all that its sources spent on its days. Returns the counts, and how many rows
 * of earlier files went.
 */
export async function takeSpend(
  connection: Connection,
  import_id: number,
): Promise<Counts & { removed: number }> {
  const removed = await connection.run(
    sql`delete from spend where row_id in (
      select s.row_id from spend as s
      join (select distinct coalesce(source, '') as source, day from app.spend_staging where import_id = ${import_id}) as c
        on c.day = s.day and c.source = coalesce(s.source, '')
      where s.row_id not in (select row_id from app.spend_staging where import_id = ${import_id}))`,
  )
  const [before] = await connection.query<{ n: number }>(sql`select count(*) as n from spend`)
  const set = ['impressions', 'reach', 'clicks', 'cost'] as const
  const differs = set.map(name => `spend.${name} is distinct from excluded.${name}`).join(' or ')
  const written = await connection.run(
    sql`insert into spend (${raw(`${NAMES}, ${set.join(', ')}`)})
      select ${raw(`${NAMES}, ${set.join(', ')}`)} from (select ${raw(`${NAMES}, ${SUMS}`)} from app.spend_staging
        where import_id = ${import_id} group by ${raw(NAMES)}) as t where true
      on conflict (row_id) do update set ${raw(set.map(name => `${name} = excluded.${name}`).join(', '))}
      where ${raw(differs)}`,
  )
  const [after] = await connection.query<{ n: number }>(sql`select count(*) as n from spend`)
  await connection.run(sql`delete from app.spend_staging where import_id = ${import_id}`)
  const inserted = after!.n - before!.n
  return { inserted, updated: written - inserted, removed }
}
