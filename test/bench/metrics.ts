/**
 * Every cell of the notebooks of numbers, cold, over 100,000 and 1,000,000 deals of one seeded company: how long each
 * takes, how it grows, and beside it the same question asked of plain SQL over the same rows, in SQLite and in DuckDB.
 * The plain queries count, group and sum; the cells also attribute cost, compare with other periods and draw intervals.
 * `DEALS=20000,200000 npm run bench -- metrics` takes other sizes.
 */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LEAST_EVIDENCE } from '../../server/insight/evidence.ts'
import { rank } from '../../server/jobs/rank.ts'
import type { CellContext } from '../../server/notebook/cell.ts'
import { parsePeriod } from '../../server/notebook/inputs.ts'
import { loadKinds } from '../../server/notebook/kinds.ts'
import { readNotebook } from '../../server/notebook/library.ts'
import type { Block } from '../../server/notebook/model.ts'
import { parseOptions } from '../../server/notebook/yaml-body.ts'
import type { Database } from '../../server/store/database.ts'
import { openDatabase } from '../../server/store/open.ts'
import { raw } from '../../server/store/sql.ts'
import { type BenchRow, median, time } from './bench.ts'
import { copyToDuck, type Duck } from './support/duckdb.ts'
import { fillCompany } from './support/many-deals.ts'

const SIZES = (process.env.DEALS ?? '100000,1000000').split(',').map(Number)
const LIMITS: Record<number, number> = { 100000: 300, 1000000: 1000 }
const TODAY = '2026-10-31'
const notebooks = ['01-overview', '02-segments', '05-channels', '06-sales']
/** Cells that ask deals; what clients say has benchmarks of its own. */
const kinds = new Set(['metrics', 'funnel', 'channels', 'segments', 'sales', 'sql'])

interface Cell {
  name: string
  block: Block
  period: { from: string; to: string }
}

export default async function bench(): Promise<BenchRow[]> {
  const cells = (await Promise.all(notebooks.map(readCells))).flat()
  const rows: BenchRow[] = []
  const taken = new Map<string, number>()
  for (const size of SIZES) {
    const folder = await mkdtemp(join(tmpdir(), 'verbatim-bench-'))
    const database = await openDatabase({ dataDir: folder })
    try {
      await fillCompany(database, size)
      await time(() => database.reader.read(raw('select count(*) from clients')), { times: 1 })
      for (const cell of cells) {
        const ms = await measureCell(cell, database)
        const name = `${cell.name}, ${size.toLocaleString('en')} deals`
        const limit = LIMITS[size]
        rows.push({
          name,
          value: ms,
          unit: 'ms',
          aim: limit === undefined ? null : { kind: 'max', value: limit },
        })
        const smaller = taken.get(cell.name)
        // A cell of a few milliseconds measures the machine, not its growth.
        if (smaller !== undefined && smaller > 5) {
          const growth = size / SIZES[SIZES.indexOf(size) - 1]!
          rows.push({
            name: `${cell.name}, growth with ${growth} times the deals`,
            value: ms / smaller,
            unit: 'times',
            aim: { kind: 'max', value: growth },
          })
        }
        taken.set(cell.name, ms)
      }
      const duck = await copyToDuck(database, folder)
      rows.push(...(await compare(database, duck, size, cells)))
      duck.close()
    } finally {
      await database.close()
      await rm(folder, { recursive: true, force: true })
    }
  }
  return rows
}

async function readCells(name: string): Promise<Cell[]> {
  const { notebook } = await readNotebook(join(import.meta.dirname, '../../notebooks', `${name}.md`))
  const spec = notebook.inputs.find(input => input.name === 'period')
  const period = parsePeriod(String(spec?.default ?? 'last 90 days'), TODAY)!
  return notebook.blocks
    .filter(block => kinds.has(block.kind))
    .map(block => ({ name: `${name} ${block.id}`, block, period }))
}

/** Median milliseconds of a cell run anew: nothing of an earlier run is kept. */
async function measureCell({ block, period }: Cell, database: Database): Promise<number> {
  const kind = (await loadKinds()).get(block.kind)!
  const inputs = new Map<string, never>([
    ['period', period as never],
    ['source', [] as never],
    ['margin', 1 as never],
  ])
  const context: CellContext = {
    language: 'ru',
    currency: 'RUB',
    today: TODAY,
    inputs,
    tables: new Map(),
    dialect: database.dialect,
    rank,
    evidence: LEAST_EVIDENCE,
    model: null,
    query: (statement, options) => database.reader.read(statement, options),
    signal: new AbortController().signal,
    progress: () => {},
  }
  return time(() => kind.run(parseOptions(kind, block.body, inputs), context), { times: 3, warmUp: 0 })
}

/** Questions that a cell answers, as one would put them to any database. */
const counts = `count(distinct client_id) as leads, count(distinct case when is_sql = 1 then client_id end) as taken,
  count(distinct case when status = 'won' then client_id end) as won, sum(case when status = 'won' then amount end) as revenue`
const questions: { name: string; cell: string; sql(from: string, to: string): string }[] = [
  ...['source', 'city', 'profile', 'product', 'contact_kind'].map(field => ({
    name: `leads, SQL, won and revenue by ${field}`,
    cell:
      { source: '05-channels by_source', contact_kind: '05-channels by_contact' }[field] ??
      `02-segments by_${field}`,
    sql: (from: string, to: string) =>
      `select ${field}, ${counts} from deals where day between '${from}' and '${to}' group by ${field} order by 2 desc, 1`,
  })),
  {
    name: 'the same by profile and source',
    cell: '02-segments profile_by_source',
    sql: (from, to) =>
      `select profile, source, ${counts} from deals where day between '${from}' and '${to}' group by profile, source order by 3 desc, 1, 2`,
  },
  {
    name: 'won by month of lead and month of sale',
    cell: '05-channels cohorts',
    sql: (from, to) =>
      `select month, substr(closed_day, 1, 7) as sold, count(distinct client_id) as won, sum(amount) as revenue
       from deals where status = 'won' and day between '${from}' and '${to}' group by month, substr(closed_day, 1, 7) order by 1, 2`,
  },
]

async function compare(
  database: Database,
  duck: Duck,
  size: number,
  cells: readonly Cell[],
): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  const ratios: number[] = []
  for (const { name, cell, sql } of questions) {
    const found = cells.find(one => one.name === cell)
    if (!found) throw new Error(`No cell ${cell}`)
    const statement = sql(found.period.from, found.period.to)
    const ask = () => database.reader.read(raw(statement), { maxRows: 100_000 })
    same(name, (await ask()).rows, await duck.ask(statement))
    const plain = await time(ask, { times: 3, warmUp: 0 })
    const columnar = await time(() => duck.ask(statement), { times: 3, warmUp: 0 })
    const whole = await measureCell(found, database)
    const of = `${name}, ${size.toLocaleString('en')} deals`
    rows.push({ name: `${of}: plain SQL in SQLite`, value: plain, unit: 'ms', aim: null })
    rows.push({ name: `${of}: DuckDB`, value: columnar, unit: 'ms', aim: null })
    rows.push({ name: `${of}: the whole cell / DuckDB`, value: whole / columnar, unit: 'times', aim: null })
    ratios.push(whole / plain)
  }
  rows.push({
    name: `whole cells / plain SQL in SQLite, median, ${size.toLocaleString('en')} deals`,
    value: median(ratios),
    unit: 'times',
    aim: null,
  })
  return rows
}

/** Both engines must give the same answer, or their times say nothing. */
function same(name: string, ours: readonly unknown[][], theirs: readonly unknown[][]): void {
  const plain = (rows: readonly unknown[][]) =>
    JSON.stringify(
      rows.map(row =>
        row.map(value =>
          typeof value === 'bigint' ? Number(value) : typeof value === 'number' ? Math.round(value) : value,
        ),
      ),
    )
  if (plain(ours) !== plain(theirs)) throw new Error(`${name}: SQLite and DuckDB do not agree`)
}
