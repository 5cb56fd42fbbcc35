/** Runs one cell in tests, and reads what it shows. */
import { LEAST_EVIDENCE } from '../../server/insight/evidence.ts'
import { rank } from '../../server/jobs/rank.ts'
import type { CellContext, CellKind, CellResult, InputValue } from '../../server/notebook/cell.ts'
import type { ChartOutput, MetricTile, Table } from '../../server/notebook/output.ts'
import { parseOptions } from '../../server/notebook/yaml-body.ts'
import { deriveAll } from '../../server/sources/write-deals.ts'
import type { Database } from '../../server/store/database.ts'
import type { Row, TableName } from '../../server/store/schema.ts'

export interface CellSettings {
  language?: 'ru' | 'en'
  today?: string
  currency?: string
  rates?: Record<string, number>
}

/** A cell's result over a period `from..to`, which its body names as `:period`. */
export async function runCell(
  database: Database,
  kind: CellKind,
  body: string,
  [from, to]: [string, string],
  { language = 'ru', today = to, currency = 'RUB', rates = {} }: CellSettings = {},
): Promise<CellResult> {
  const inputs = new Map<string, InputValue>([['period', { from, to }]])
  const context: CellContext = {
    language,
    currency,
    rates,
    today,
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
  return kind.run(parseOptions(kind, body, inputs), context)
}

/** Figures are set with no-break spaces, which say nothing in an expectation. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

export function findingOf({ outputs }: CellResult): string {
  const found = outputs.find(output => output.type === 'text' && output.role === 'finding')
  return found?.type === 'text' ? plain(found.markdown) : ''
}

export function notesOf({ outputs }: CellResult): string {
  return plain(
    outputs
      .flatMap(output => (output.type === 'text' && output.role === 'note' ? [output.markdown] : []))
      .join(' '),
  )
}

export function tilesOf({ outputs }: CellResult): Record<string, MetricTile> {
  const tiles = outputs.flatMap(output => (output.type === 'metrics' ? output.tiles : []))
  return Object.fromEntries(tiles.map(tile => [tile.id, { ...tile, definition: plain(tile.definition) }]))
}

export function chartsOf({ outputs }: CellResult): ChartOutput[] {
  return outputs
    .filter(output => output.type === 'chart')
    .map(chart => ({ ...chart, description: plain(chart.description) }))
}

/** Rows of a table as objects by the columns asked for. */
export function rowsOf(table: Table | null, ...names: string[]): unknown[][] {
  return table!.rows.map(row =>
    names.map(name => row[table!.columns.findIndex(column => column.name === name)]),
  )
}

export type AnyRows = { [T in TableName]?: Partial<Row<T>>[] }

/** Writes rows straight into the tables, with a calendar where they have a moment, and derives what follows. */
export async function loadRows(database: Database, rows: AnyRows): Promise<void> {
  await database.transaction(async connection => {
    for (const [table, list] of Object.entries(rows)) {
      const columns = [...new Set(list!.flatMap(row => Object.keys(row)))] as never[]
      await connection.upsert(table as TableName, columns, list as never[])
    }
  })
  await deriveAll(database)
}

/** A deal of a client, created on a day; what else it is comes in `rest`. */
export function dealRow(
  id: string,
  client: string,
  day: string | null,
  rest: Partial<Row<'deals'>> = {},
): Partial<Row<'deals'>> {
  return {
    client_id: client,
    deal_id: id,
    status: 'open',
    currency: 'RUB',
    source: null,
    created_at: day && `${day} 10:00:00`,
    day,
    week: day,
    month: day?.slice(0, 7) ?? null,
    ...rest,
  }
}

/** A won deal, closed on a day. */
export function wonRow(
  id: string,
  client: string,
  day: string,
  closed: string,
  amount: number | null,
  rest: Partial<Row<'deals'>> = {},
) {
  return dealRow(id, client, day, {
    status: 'won',
    amount,
    closed_at: `${closed} 18:00:00`,
    qualified_at: `${day} 12:00:00`,
    ...rest,
  })
}
