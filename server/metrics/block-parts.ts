/** Rows of a table from its blocks, month by month; from the rows themselves where a month has none. SQLite only. */
import type { BlockTable } from '../store/block-columns.ts'
import { type Block, decode } from '../store/blocks.ts'
import { join, sql, type Value } from '../store/sql.ts'
import type { Facts, Filter, Period } from './query.ts'

export interface BlockQuery<Column extends string> {
  table: BlockTable
  filter: Filter
  /** Column of the day that must lie in the period; months are those of `day`, so that another is sought in all. */
  by: Column | 'day'
  columns: readonly Column[]
  /** Rows that have this value alone. */
  only?: { column: Column; value: Value } | undefined
}

export interface BlockPart<Column extends string> {
  size: number
  columns: Record<Column, readonly Value[]>
}

/** Calls `visit` with the rows of each month that has blocks. Returns the months that have none: '' is of rows without a day. */
export async function readBlocks<Column extends string>(
  facts: Facts,
  query: BlockQuery<Column>,
  visit: (part: BlockPart<Column>) => void,
): Promise<string[]> {
  const { table, by, filter } = query
  const months = (await listMonths(facts, table)).filter(
    ({ month }) => by !== 'day' || mayLie(month, filter.period),
  )
  const left = await Promise.all(
    months.map(async ({ month, marked }) => {
      const blocks = marked ? null : await readMonth(facts, query, month)
      if (!blocks) return month
      const part = pick(query, blocks, month)
      if (part.size > 0) visit(part)
      return null
    }),
  )
  return left.filter(month => month !== null)
}

const mayLie = (month: string, { from, to }: Period) =>
  month !== '' && month >= from.slice(0, 7) && month <= to.slice(0, 7)

interface Month {
  month: string
  marked: boolean
}

/** Lists that are being read: parts of a cell ask for the same one at the same time. */
const asked = new WeakMap<Facts, Map<BlockTable, Promise<Month[]>>>()

function listMonths(facts: Facts, table: BlockTable): Promise<Month[]> {
  const ofCell = asked.get(facts) ?? new Map<BlockTable, Promise<Month[]>>()
  asked.set(facts, ofCell)
  const known = ofCell.get(table)
  if (known) return known
  const reading = facts
    .query(
      sql`select month, min(name) as first from blocks where table_name = ${table} and name in ('', 'day')
        group by month order by month`,
      { maxRows: 100_000 },
    )
    .then(({ rows }) => rows.map(([month, first]) => ({ month: month as string, marked: first === '' })))
  ofCell.set(table, reading)
  const forget = () => ofCell.delete(table)
  reading.then(forget, forget)
  return reading
}

/** Blocks of a month by their names; null where it has been marked since. */
async function readMonth<Column extends string>(
  facts: Facts,
  { table, by, columns, filter, only }: BlockQuery<Column>,
  month: string,
): Promise<Map<string, Block> | null> {
  const needed = [
    ...new Set<string>([
      by,
      ...columns,
      ...(only ? [only.column] : []),
      ...(filter.sources.length > 0 ? ['source'] : []),
    ]),
  ]
  const { rows } = await facts.query(
    sql`select name, body from blocks where table_name = ${table} and month = ${month}
      and name in ('', ${join(needed)})`,
  )
  if (rows.length < needed.length || rows.some(([name]) => name === '')) return null
  return new Map(rows.map(([name, body]) => [name as string, decode(body as string)]))
}

/** The rows of a month that are asked for, column by column. */
function pick<Column extends string>(
  { by, columns, filter, only }: BlockQuery<Column>,
  blocks: ReadonlyMap<string, Block>,
  month: string,
): BlockPart<Column> {
  const { from, to } = filter.period
  const tests: [Block, (value: Value) => boolean][] = []
  const whole = by === 'day' && from <= `${month}-01` && to >= `${month}-31`
  if (!whole)
    tests.push([
      blocks.get(by)!,
      value => value !== null && (value as string) >= from && (value as string) <= to,
    ])
  if (only) tests.push([blocks.get(only.column)!, value => value === only.value])
  if (filter.sources.length > 0)
    tests.push([blocks.get('source')!, value => value !== null && filter.sources.includes(value as string)])
  const kept = tests.length === 0 ? null : keep(tests)
  const size = kept ? kept.length : blocks.get(by)!.size
  const lists = columns.map(name => [name, listOf(blocks.get(name)!, kept)] as const)
  return { size, columns: Object.fromEntries(lists) as Record<Column, Value[]> }
}

/** Places of the rows that pass. Each test asks of a value once, however many rows have it. */
function keep(tests: readonly [Block, (value: Value) => boolean][]): number[] {
  const passing = tests.map(([{ values, places }, test]) => ({ places, passes: values.map(test) }))
  const kept: number[] = []
  const size = tests[0]![0].size
  for (let i = 0; i < size; i++) {
    let passes = true
    for (let t = 0; t < passing.length && passes; t++) passes = passing[t]!.passes[passing[t]!.places[i]!]!
    if (passes) kept.push(i)
  }
  return kept
}

function listOf({ values, places, size }: Block, kept: readonly number[] | null): Value[] {
  const list = new Array<Value>(kept ? kept.length : size)
  if (kept) for (let i = 0; i < kept.length; i++) list[i] = values[places[kept[i]!]!]!
  else for (let i = 0; i < size; i++) list[i] = values[places[i]!]!
  return list
}
