/** Rows that were refused, tried again after a person put them right. A row leaves the list only when it is stored. */
import { NotFoundError, UsageError } from '../errors.ts'
import type { Connection, Database } from '../store/database.ts'
import { inList } from '../store/lists.ts'
import { type Row as Stored, tables } from '../store/schema.ts'
import { sql } from '../store/sql.ts'
import { passOverErased } from './erased.ts'
import type { RowFacts } from './facts.ts'
import { lockImports, readSecret, resolveClients } from './identity.ts'
import { kinds, mapColumns } from './mapping.ts'
import type { Message } from './messages.ts'
import { type Reading, readAgain, unpackReading } from './reading.ts'
import { RowError } from './row.ts'
import type { CellValue, DataKind } from './source.ts'
import { addSpend } from './spend-rows.ts'
import type { Counts } from './upserts.ts'
import { writeFacts } from './write.ts'

export interface RetryRequest {
  ids: readonly string[]
  /** The row's cells in the order of its columns, put right; of one row alone. */
  cells?: readonly CellValue[]
  /** COLUMN -> field, '' for “an attribute”; for each row that has the column. */
  map?: ReadonlyMap<string, string>
}

export interface Retried {
  /** Rows that were stored, and are rejects no more. */
  taken: string[]
  /** Those that still can't be, and why now. */
  left: { id: string; reason: string; why: Message }[]
}

/** Tries rows again. Throws NotFoundError for none of these ids, UsageError for a field that there is none of. */
export async function retryRejects(
  database: Database,
  { ids, cells, map = new Map() }: RetryRequest,
  moment: string,
): Promise<Retried> {
  const found = await database.query<Stored<'rejects'>>(
    sql`select * from rejects where reject_id in ${inList(database, ids)} order by import_id, line, reject_id`,
  )
  if (found.length === 0)
    throw new NotFoundError('There are no such rows', { hint: 'They may have been taken meanwhile.' })
  if (cells && found.length > 1) throw new UsageError('Cells are put right one row at a time')
  const left: Retried['left'] = []
  const good: { reject: Stored<'rejects'>; kind: DataKind; facts: RowFacts }[] = []
  for (const reject of found) {
    const kept = unpackReading(reject.reading)
    if (!kept) {
      throw new UsageError('This row can only be mended in its file', {
        hint: 'It was too long to be kept, or the file could not be read so far. Mend the file and load it again.',
      })
    }
    const reading = corrected(kept, cells, map)
    try {
      good.push({ reject, kind: reading.kind, facts: readAgain(reading, reject.line ?? 0) })
    } catch (error) {
      if (!(error instanceof RowError)) throw error
      left.push({ id: reject.reject_id, reason: error.message, why: error.why })
    }
  }
  for (const [key, rows] of Map.groupBy(good, ({ reject, kind }) => `${reject.import_id} ${kind}`))
    await store(database, Number(key.split(' ')[0]), rows[0]!.kind, rows, moment)
  return { taken: good.map(({ reject }) => reject.reject_id), left }
}

function corrected(
  reading: Reading,
  cells: readonly CellValue[] | undefined,
  map: ReadonlyMap<string, string>,
): Reading {
  const names = reading.columns.map(({ column }) => column)
  if (cells && cells.length !== names.length)
    throw new UsageError(`The row has ${names.length} columns, not ${cells.length}`)
  const own = new Map([...map].filter(([column]) => names.includes(column)))
  const mapped = mapColumns(kinds[reading.kind], names, own).columns
  return {
    ...reading,
    // What the file's columns were read as before stands for those that nobody speaks of now.
    columns: reading.columns.map((column, i) => (own.has(column.column) ? mapped[i]! : column)),
    cells: cells ? cells.map((cell, i) => asBefore(cell, reading.cells[i]!)) : reading.cells,
  }
}

/** A cell that was not touched keeps its type: a number of a workbook is no text of digits. */
function asBefore(cell: CellValue, before: CellValue): CellValue {
  return cell === '' || cell === null ? null : String(before) === String(cell) ? before : cell
}

/** Stores rows of one import and strikes them off its rejects, in one transaction. */
async function store(
  database: Database,
  importId: number,
  kind: DataKind,
  rows: readonly { reject: Stored<'rejects'>; facts: RowFacts }[],
  moment: string,
): Promise<void> {
  await database.transaction(async connection => {
    await lockImports(connection)
    const secret = await readSecret(connection)
    const facts = rows.map(row => row.facts)
    const { batch, erased } = await passOverErased(connection, facts, secret, moment)
    const resolved = await resolveClients(connection, batch, secret)
    const counts =
      kind === 'spend'
        ? await writeSpend(connection, facts)
        : await writeFacts(connection, kind, batch, resolved, new Map())
    await connection.run(
      sql`delete from rejects where reject_id in ${inList(
        connection,
        rows.map(({ reject }) => reject.reject_id),
      )}`,
    )
    await connection.run(
      sql`update imports set rows_rejected = rows_rejected - ${rows.length}, rows_new = rows_new + ${counts.inserted},
        rows_changed = rows_changed + ${counts.updated}, rows_erased = coalesce(rows_erased, 0) + ${erased}
        where import_id = ${importId}`,
    )
  })
}

/** Spend is added to what stands of its day: the other rows of its file are there already. */
async function writeSpend(connection: Connection, facts: readonly RowFacts[]): Promise<Counts> {
  const rows = new Map<string, Stored<'spend'>>()
  for (const { spend } of facts) if (spend) addSpend(rows, spend)
  const standing = await connection.query<Stored<'spend'>>(
    sql`select * from spend where row_id in ${inList(connection, [...rows.keys()])}`,
  )
  for (const { row_id: _, ...row } of standing) addSpend(rows, row)
  return connection.upsert('spend', Object.keys(tables.spend.columns) as (keyof Stored<'spend'>)[], [
    ...rows.values(),
  ])
}
