/**
 * Rows and records of a file -> rows seen through a mapping. Finds the header below a preamble, passes over totals and
 * repeated headers (counted), refuses rows whose parts don't fit the header.
 */
import { InputError } from '../errors.ts'
import { mapColumns, normaliseHeader, recogniseSystem, recogniseTable, type TableMapping } from './mapping.ts'
import { type Message, message } from './messages.ts'
import { type SlashOrder, sniffSlashOrder } from './moments.ts'
import { type Decimal, sniffDecimal } from './numbers.ts'
import type { Reading } from './reading.ts'
import type { Remembered, Said } from './remembered.ts'
import { createPlan, Row, type Surroundings, type Systems } from './row.ts'
import { type CellValue, type DataKind, RAW_LENGTH, type SourceItem, type TranscriptTurn } from './source.ts'
import type { Role } from './speakers.ts'
import { isBlank, shorten, toText } from './values.ts'

/** Rows in which a header is looked for: ad systems put up to a dozen lines before it. */
const HEADER_ROWS = 25
/** A line of more parts is no header. */
const MAX_COLUMNS = 2_000
/** Rows from which the columns of objects are known, and how the file writes numbers and dates. */
const SAMPLE = 200

export interface TableOptions {
  as?: DataKind | undefined
  map: ReadonlyMap<string, string>
  system?: string | undefined
  /** The person's own roles, by a speaker's name in lower case. */
  speakers: ReadonlyMap<string, Role>
  timeZone: string
  currency: string
  /** What was said of headers before; null: nothing is looked up. */
  remembered?: Remembered | null
  /** Which systems' ids a file's are, by some of its rows; the guess stands when nobody knows better. */
  findSystems(guess: string, mapping: TableMapping, sample: readonly Row[]): Promise<Systems>
}

export type TableItem =
  | { type: 'mapping'; mapping: TableMapping }
  | { type: 'row'; row: Row; raw: () => string; reading: () => Reading }
  | { type: 'reject'; line: number; why: Message; raw: string; reading: Reading | null }
  | { type: 'transcript'; item: Extract<SourceItem, { type: 'transcript' }> }
  | { type: 'note'; note: Message }
  | { type: 'skipped'; why: 'total' | 'blank' | 'header' }

const TOTAL = /^(?:итого|всего|total|grand total|summary)(?:\s|:|$)/i
/** Fields in which people write freely: «Всего доброго» is no total. */
const FREE_TEXT = /^(?:text|comment|title|heading|contact_name|tags|product|loss_reason|speaker|goals)$/

type Waiting = Extract<SourceItem, { type: 'row' | 'record' }>

/** Reads a file's items under the options. Throws InputError when no row looks like a header of anything known. */
export async function* readTable(
  items: AsyncIterable<SourceItem>,
  name: string,
  options: TableOptions,
): AsyncIterable<TableItem> {
  let table: Table | null = null
  let waiting: Waiting[] = []
  const begin = async function* (): AsyncIterable<TableItem> {
    const { headers, rest, before } = findColumns(waiting, name, options)
    table = createTable(headers, rest, name, options)
    await table.settle(rest)
    yield { type: 'mapping', mapping: table.mapping }
    if (before > 0) yield { type: 'note', note: message('preamble', { n: before }) }
    if (table.remembered) yield { type: 'note', note: message('remembered') }
    if (table.doubtfulDates) yield { type: 'note', note: message('day_first') }
    for (const item of rest) yield table.read(item)
    waiting = []
  }
  for await (const item of items) {
    if (item.type === 'row' || item.type === 'record') {
      if (table) yield (table as Table).read(item)
      else if (waiting.push(item) >= SAMPLE) yield* begin()
    } else if (item.type === 'unread')
      yield { type: 'reject', ...item.row, reading: (table as Table | null)?.readingOf([]) ?? null }
    else if (item.type === 'transcript') yield { type: 'transcript', item }
    else yield item
  }
  if (!table && waiting.length > 0) yield* begin()
}

/** The header's names, the rows below it, and how many lines of words stood above it. */
function findColumns(waiting: readonly Waiting[], name: string, options: TableOptions) {
  if (waiting[0]!.type === 'record') {
    const fields = new Set(waiting.flatMap(item => (item.type === 'record' ? Object.keys(item.fields) : [])))
    if (waiting.some(item => item.type === 'record' && item.turns)) fields.add('turns')
    return { headers: [...fields], rest: waiting, before: 0 }
  }
  const rows = waiting.slice(0, HEADER_ROWS).map(item => (item.type === 'row' ? item.cells : []))
  let best = { at: -1, known: 0 }
  rows.forEach((cells, at) => {
    if (cells.length > MAX_COLUMNS) return
    const headers = cells.map(headerText)
    const own = saidOf(headers, options)
    const mapping = recogniseTable(headers, own?.map ?? options.map, options.as ?? own?.kind)
    const known = mapping?.columns.filter(column => column.field !== null).length ?? 0
    if (known > best.known) best = { at, known }
  })
  if (best.at === -1) {
    const widest = rows.reduce((a, b) => (b.length > a.length ? b : a))
    throw noHeader(name, widest, options.as)
  }
  const before = rows.slice(0, best.at).filter(cells => !cells.every(isBlank)).length
  return { headers: rows[best.at]!.map(headerText), rest: waiting.slice(best.at + 1), before }
}

/** What was said of a header before, unless the person says now that the rows are something else. */
function saidOf(headers: readonly string[], { remembered, as }: TableOptions): Said | null {
  const known = remembered?.find(headers) ?? null
  return as !== undefined && known?.kind !== as ? null : known
}

const headerText = (cell: CellValue) => toText(cell) ?? ''

function noHeader(name: string, cells: readonly CellValue[], as?: DataKind): InputError {
  const columns = cells.map(headerText).filter(cell => cell !== '')
  const shown = shorten(columns.slice(0, 12).join(', '), 300)
  return new InputError(
    `${name}: the columns don't look like ${as ?? 'anything known'}${shown && `: ${shown}`}`,
    {
      hint: 'Say what the rows are with --as (deals, clients, spend, conversations, visits, targets, pages) and name columns with --map COLUMN=FIELD.',
    },
  )
}

interface Table {
  mapping: TableMapping
  doubtfulDates: boolean
  /** Its columns are read as a person said of such a header before. */
  remembered: boolean
  /** Cells with how they are read, to be tried again after they were put right. */
  readingOf(cells: readonly CellValue[], turns?: TranscriptTurn[]): Reading
  /** Learns from the first rows whose ids the file's are. */
  settle(sample: readonly Waiting[]): Promise<void>
  read(item: Waiting): TableItem
}

function createTable(
  headers: string[],
  sample: readonly Waiting[],
  name: string,
  options: TableOptions,
): Table {
  const known = saidOf(headers, options)
  // What the person says now goes over what they said before.
  const own = known ? new Map([...known.map, ...options.map]) : options.map
  const mapping = recogniseTable(headers, own, options.as ?? known?.kind)
  if (!mapping) throw noHeader(name, headers, options.as)
  if (sample[0]?.type !== 'record') checkOwnColumns(headers, name, options.map)
  const { columns } = mapping
  let plan = createPlan(columns)
  const places = new Map(columns.map(({ column }, at) => [column, at]))
  const cellsOf = (item: Waiting): CellValue[] => {
    if (item.type === 'row') return item.cells
    const cells: CellValue[] = []
    for (const field in item.fields) {
      let at = places.get(field)
      if (at === undefined) {
        at = columns.length
        columns.push(mapColumns(mapping.kind, [field]).columns[0]!)
        places.set(field, at)
        plan = createPlan(columns)
      }
      cells[at] = item.fields[field]!
    }
    return cells
  }
  const learnt = sniff(headers, mapping, sample.map(cellsOf))
  const guess = options.system ?? recogniseSystem(headers)
  const env: Surroundings = {
    systems: { own: guess, deal: guess, client: guess },
    decimal: learnt.decimal,
    slashes: learnt.slashes,
    timeZone: options.timeZone,
    currency: options.currency,
    speakers: options.speakers,
    // Yandex Direct's Reports service gives money in whole millionths under these very names, or with two decimals.
    micros: headers.includes('CampaignName') && headers.includes('Cost') && learnt.whole,
  }
  const isTotal = (cells: readonly CellValue[]) => {
    const at = cells.findIndex(cell => !isBlank(cell))
    if (at === -1 || typeof cells[at] !== 'string' || !TOTAL.test(cells[at].trim())) return false
    if (FREE_TEXT.test(columns[at]?.field ?? '')) return false
    // A total has a sum where rows have their name or date: at most its own words stand in what a row can't do without.
    const needed = columns.findIndex(({ field }) => field === mapping.kind.needs[0]![0])
    return needed === -1 || needed === at || isBlank(cells[needed] ?? null)
  }
  const readingOf: Table['readingOf'] = (given, turns) => ({
    kind: mapping.kind.kind,
    columns,
    cells: columns.map((_, at) => given[at] ?? null),
    ...(turns && { turns }),
    env: { ...env, speakers: [...env.speakers] },
  })
  return {
    mapping,
    doubtfulDates: learnt.doubtful,
    remembered: known !== null,
    readingOf,
    settle: async items => {
      if (options.system !== undefined) return
      const rows = items.map(item => new Row(item.line, cellsOf(item), undefined, plan, env))
      env.systems = await options.findSystems(guess, mapping, rows)
    },
    read: item => {
      const cells = cellsOf(item)
      const raw =
        item.type === 'row'
          ? () => rawOf(cells)
          : () => JSON.stringify({ ...item.fields, turns: item.turns }).slice(0, RAW_LENGTH)
      if (item.type === 'row') {
        if (cells.every(isBlank)) return { type: 'skipped', why: 'blank' }
        if (isTotal(cells)) return { type: 'skipped', why: 'total' }
        const width = columns.length
        const beyond = cells.length > width && cells.slice(width).some(cell => !isBlank(cell))
        if (beyond || cells.length < width) {
          const why = message('width', { found: cells.length, expected: width })
          return { type: 'reject', line: item.line, why, raw: raw(), reading: readingOf(cells) }
        }
        if (cells.every((cell, at) => headerText(cell) === (headers[at] ?? '')))
          return { type: 'skipped', why: 'header' }
      }
      const turns = item.type === 'record' ? item.turns : undefined
      const row = new Row(item.line, cells, turns, plan, env)
      return { type: 'row', row, raw, reading: () => readingOf(cells, turns) }
    },
  }
}

const rawOf = (cells: readonly CellValue[]) =>
  cells
    .map(cell => cell ?? '')
    .join('; ')
    .slice(0, RAW_LENGTH)

/** A choice for a column that is not there is a slip of the hand, not to be passed over. */
function checkOwnColumns(headers: readonly string[], name: string, own: ReadonlyMap<string, string>): void {
  const known = new Set(headers.map(normaliseHeader))
  for (const column of own.keys()) {
    if (known.has(normaliseHeader(column))) continue
    throw new InputError(`${name} has no column “${column}” that --map names`, {
      hint: `Its columns: ${shorten(headers.filter(header => header !== '').join(', '), 500)}`,
    })
  }
}

/** How the file writes numbers and dates, by its first rows; where they leave doubt, by its language. */
function sniff(
  headers: readonly string[],
  mapping: TableMapping,
  sample: readonly (readonly CellValue[])[],
): { decimal: Decimal; slashes: SlashOrder; doubtful: boolean; whole: boolean } {
  const cells = function* (wanted: RegExp): Iterable<CellValue> {
    for (const [at, { field }] of mapping.columns.entries())
      if (field !== null && wanted.test(field)) for (const row of sample) yield row[at] ?? null
  }
  // Nothing but thousands is written 1,234 under English names; under Russian ones it may be either.
  const isRussian = headers.some(header => /[а-яё]/i.test(header))
  const order = sniffSlashOrder(cells(/_at$|^day$|^month$/))
  return {
    decimal: sniffDecimal(cells(/^(?:amount|cost|value)$/)) ?? (isRussian ? '?' : '.'),
    slashes: order === 'month' ? 'month' : 'day',
    doubtful: order === 'doubtful',
    whole: [...cells(/^cost$/)].every(cell => isBlank(cell) || /^\d+$/.test(String(cell).trim())),
  }
}
