/**
 * Rows and records of a file -> rows seen through a mapping. Finds the header below a preamble, passes over totals and
 * blank rows (counted), refuses rows whose parts don't fit the header.
 */
import { InputError } from '../errors.ts'
import {
  type ColumnMapping,
  mapColumns,
  recogniseSystem,
  recogniseTable,
  type TableMapping,
} from './mapping.ts'
import { createRow, type Row, type Surroundings } from './row.ts'
import type { CellValue, DataKind, SourceItem, TranscriptTurn } from './source.ts'
import { toText } from './values.ts'

/** Rows in which a header is looked for: ad systems put up to a dozen lines before it. */
const HEADER_ROWS = 25
/** Records from which the columns are known: not every object has every field. */
const SAMPLE = 50

export interface TableOptions {
  as?: DataKind | undefined
  map: ReadonlyMap<string, string>
  system?: string | undefined
  timeZone: string
  currency: string
}

export type TableItem =
  | { type: 'mapping'; mapping: TableMapping; system: string }
  | { type: 'row'; row: Row; raw: string }
  | { type: 'reject'; line: number; reason: string; raw: string }
  | { type: 'transcript'; item: Extract<SourceItem, { type: 'transcript' }> }
  | { type: 'note'; text: string }
  | { type: 'skipped'; why: 'total' | 'blank' }

const TOTAL = /^(?:итого|всего|total|grand total|summary)(?:\s|:|$)/i

interface Waiting {
  line: number
  cells: CellValue[]
}

/** Reads a file's items under the options. Throws InputError when no row looks like a header of anything known. */
export async function* readTable(
  items: AsyncIterable<SourceItem>,
  name: string,
  options: TableOptions,
): AsyncIterable<TableItem> {
  let table: ReturnType<typeof createTable> | null = null
  let waiting: Waiting[] = []
  let records: Extract<SourceItem, { type: 'record' }>[] = []
  const begin = function* (headers: string[], strict: boolean): Iterable<TableItem> {
    table = createTable(headers, name, options, strict)
    yield { type: 'mapping', mapping: table.mapping, system: table.system }
  }
  const startRows = function* (): Iterable<TableItem> {
    const at = findHeader(waiting, options)
    if (at === -1) throw noHeader(name, waiting, options.as)
    const headers = waiting[at]!.cells.map(cell => toText(cell) ?? '')
    // A sheet leaves empty cells at the end of a row out; a line of text does not.
    yield* begin(headers, name.toLowerCase().endsWith('.xlsx') === false)
    for (const { line, cells } of waiting.slice(at + 1)) yield table!.row(line, cells)
    waiting = []
  }
  const startRecords = function* (): Iterable<TableItem> {
    const fields = new Set(records.flatMap(record => Object.keys(record.fields)))
    if (records.some(record => record.turns)) fields.add('turns')
    yield* begin([...fields], false)
    for (const record of records) yield table!.record(record.line, record.fields, record.turns)
    records = []
  }
  for await (const item of items) {
    if (item.type === 'unread') yield { type: 'reject', ...item.row }
    else if (item.type === 'transcript') yield { type: 'transcript', item }
    else if (item.type === 'note') yield item
    else if (item.type === 'row') {
      if (table) yield (table as ReturnType<typeof createTable>).row(item.line, item.cells)
      else if (waiting.push(item) >= HEADER_ROWS) yield* startRows()
    } else if (table)
      yield (table as ReturnType<typeof createTable>).record(item.line, item.fields, item.turns)
    else if (records.push(item) >= SAMPLE) yield* startRecords()
  }
  if (!table && waiting.length > 0) yield* startRows()
  if (!table && records.length > 0) yield* startRecords()
}

/** The row among the first that is the best header, -1 when none is one. */
function findHeader(rows: readonly Waiting[], options: TableOptions): number {
  let best = { at: -1, known: 0 }
  rows.forEach(({ cells }, at) => {
    const headers = cells.map(cell => toText(cell) ?? '')
    const mapping = recogniseTable(headers, options.map, options.as)
    const known = mapping?.columns.filter(column => column.field !== null).length ?? 0
    if (known > best.known) best = { at, known }
  })
  return best.at
}

function noHeader(name: string, rows: readonly Waiting[], as?: DataKind): InputError {
  const widest = rows.reduce((a, b) => (b.cells.length > a.cells.length ? b : a), rows[0]!)
  const columns = widest.cells.map(cell => toText(cell)).filter(cell => cell !== null)
  const shown = columns.slice(0, 12).join(', ').slice(0, 300)
  return new InputError(
    `${name}: the columns don't look like ${as ?? 'anything known'}${shown && `: ${shown}`}`,
    {
      hint: 'Say what the rows are with --as (deals, clients, spend, conversations, visits, targets, pages) and name columns with --map COLUMN=FIELD.',
    },
  )
}

function createTable(headers: string[], name: string, options: TableOptions, strict: boolean) {
  const mapping = recogniseTable(headers, options.map, options.as)
  if (!mapping) throw noHeader(name, [{ line: 1, cells: headers }], options.as)
  const system = options.system ?? recogniseSystem(headers)
  const env: Surroundings = {
    system,
    timeZone: options.timeZone,
    currency: options.currency,
    // Russian exports write 1 234,50; a table with Latin headers 1,234.50.
    decimal: headers.some(header => /[а-яё]/i.test(header)) ? ',' : '.',
    // Yandex Direct's Reports service gives money in millionths, under these very names.
    micros:
      headers.includes('CampaignName') &&
      headers.includes('Cost') &&
      !headers.includes('ReturnMoneyInMicros'),
  }
  const columns: ColumnMapping[] = mapping.columns
  const later = new Map(columns.map(column => [column.column, column]))
  const toRow = (
    line: number,
    pairs: [ColumnMapping, CellValue][],
    raw: string,
    turns?: TranscriptTurn[],
  ): TableItem => {
    const fields = new Map<string, { column: string; value: CellValue }[]>()
    const unknown: Row['unknown'] = []
    // A field's columns are there even where the row says nothing: “has” is about the file.
    for (const { field } of columns) if (field !== null) fields.set(field, fields.get(field) ?? [])
    pairs.sort(([a], [b]) => a.rank - b.rank)
    for (const [{ column, field }, value] of pairs) {
      if (field === null) {
        if (column !== '') unknown.push({ name: column, value: toText(value) })
      } else fields.set(field, [...(fields.get(field) ?? []), { column, value }])
    }
    return { type: 'row', row: createRow(line, fields, unknown, turns, env), raw }
  }
  return {
    mapping,
    system,
    row: (line: number, cells: CellValue[]): TableItem => {
      const raw = cells
        .map(cell => cell ?? '')
        .join('; ')
        .slice(0, 2000)
      const first = cells.map(cell => toText(cell)).find(cell => cell !== null)
      if (first === undefined) return { type: 'skipped', why: 'blank' }
      if (TOTAL.test(first ?? '')) return { type: 'skipped', why: 'total' }
      const beyond = cells.slice(columns.length).some(cell => toText(cell) !== null)
      if (beyond || (strict && cells.length < columns.length)) {
        return {
          type: 'reject',
          line,
          reason: `the row has ${cells.length} columns, its header ${columns.length}`,
          raw,
        }
      }
      return toRow(
        line,
        columns.map((column, i) => [column, cells[i] ?? null]),
        raw,
      )
    },
    record: (line: number, fields: Record<string, CellValue>, turns?: TranscriptTurn[]): TableItem => {
      const pairs = Object.entries(fields).map(([column, value]): [ColumnMapping, CellValue] => {
        let known = later.get(column)
        if (!known) {
          known = mapColumns(
            mapping.kind,
            [column],
            new Map([...options.map].filter(([own]) => own === column)),
          ).columns[0]!
          later.set(column, known)
        }
        return [known, value]
      })
      return toRow(line, pairs, JSON.stringify(fields).slice(0, 2000), turns)
    },
  }
}
