/**
 * A report as an XLSX workbook: a cover, then a sheet a table. Numbers, dates and shares are such, not texts; every text
 * has the format of a text, so that nothing in it is ever run.
 */
import type { Cell, SheetData } from 'write-excel-file/node'
import type { Format } from '../notebook/output.ts'
import { type ExportFacts, exportWords } from './export-facts.ts'
import { type Sheet, type SheetCell, toSheets } from './sheets.ts'

/** Excel takes no more of a cell, of a sheet's rows, and of its name. */
const MAX_TEXT = 32_767
const MAX_ROWS = 1_048_575
const MAX_NAME = 31
/** Characters of a column at most; longer texts are wrapped. */
const WIDEST = 60

const TEAL = '#0B6A6A'
const MUTED = '#8A8A8A'

/** The file's bytes. */
export async function renderWorkbook(facts: ExportFacts): Promise<Buffer> {
  const { default: writeExcelFile } = await import('write-excel-file/node')
  const sheets = toSheets(facts)
  const names = sheetNames([exportWords(facts.language).cover, ...sheets.map(({ title }) => title)])
  const cover = coverOf(facts, sheets)
  const pages = [
    { data: cover, sheet: names[0]!, columns: [{ width: 22 }, { width: 90 }], showGridLines: false },
    ...sheets.map((sheet, i) => ({
      data: dataOf(sheet, facts),
      sheet: names[i + 1]!,
      columns: widthsOf(sheet).map(width => ({ width })),
      stickyRowsCount: 1,
    })),
  ]
  return writeExcelFile(pages, { fontFamily: 'Calibri', fontSize: 11 }).toBuffer()
}

function coverOf(facts: ExportFacts, sheets: readonly Sheet[]): SheetData {
  const words = exportWords(facts.language)
  const line = (label: string, value: string): Cell[] => [
    { ...asText(label), textColor: MUTED, alignVertical: 'top' },
    { ...asText(value), wrap: true },
  ]
  return [
    [{ ...asText(facts.title), fontSize: 18, fontWeight: 'bold', textColor: TEAL, columnSpan: 2 }, null],
    ...(facts.description
      ? [[{ ...asText(facts.description), columnSpan: 2, wrap: true } as Cell, null]]
      : []),
    [null, null],
    ...facts.cover.map(([label, value]) => line(label, value)),
    [null, null],
    ...sheets.map(({ title, rows }, i) => line(i === 0 ? words.contents : '', `${title} — ${rows.length}`)),
  ]
}

function dataOf(sheet: Sheet, facts: ExportFacts): SheetData {
  return [
    sheet.columns.map(
      (label): Cell => ({
        ...asText(label),
        fontWeight: 'bold',
        wrap: true,
        alignVertical: 'top',
        bottomBorderStyle: 'thin',
        bottomBorderColor: TEAL,
      }),
    ),
    ...sheet.rows
      .slice(0, MAX_ROWS)
      .map((row, i) =>
        row.map(cell => ({ ...toCell(cell, facts), ...(sheet.small.has(i) && { textColor: MUTED }) })),
      ),
  ]
}

function asText(text: string) {
  return { value: text.slice(0, MAX_TEXT), type: String, format: '@' } as const
}

const DAY_SECONDS = 86_400

/** A value by its format; one that is not what its format says stays a text. */
function toCell(
  { value, format }: SheetCell,
  { language, currency }: ExportFacts,
): NonNullable<Exclude<Cell, string | number | boolean | Date>> {
  if (value === null) return { value: undefined } as never
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return asText(String(value))
    if (format === 'duration') return { value: value / DAY_SECONDS, type: Number, format: '[h]:mm:ss' }
    return { value, type: Number, format: numberFormat(value, format, currency) }
  }
  const date = toDate(value, format)
  if (!date) return { ...asText(value), ...(value.length > WIDEST && { wrap: true }), alignVertical: 'top' }
  const day = language === 'ru' ? 'dd.mm.yyyy' : 'd mmm yyyy'
  const formats: Partial<Record<Format, string>> = { month: 'mmm yyyy', moment: `${day} hh:mm` }
  return { value: date, type: Date, format: formats[format] ?? day }
}

function numberFormat(value: number, format: Format, currency: string): string {
  switch (format) {
    case 'percent':
      return '0.0%'
    case 'money':
      return `#,##0${Number.isInteger(value) || Math.abs(value) >= 100 ? '' : '.00'} ${SYMBOLS[currency] ?? `"${currency.replace(/[^A-Z]/g, '')}"`}`
    case 'integer':
      return '#,##0'
    case 'days':
      return '0.0'
    default:
      return Number.isInteger(value) ? '#,##0' : '#,##0.00'
  }
}

const SYMBOLS: Record<string, string> = { RUB: '"₽"', USD: '"$"', EUR: '"€"', GBP: '"£"', KZT: '"₸"' }

/** `2026-03-12`, `2026-03`, `2026-03-12 03:41:00` -> that instant as UTC, which is how Excel writes a date without a zone. */
function toDate(text: string, format: Format): Date | null {
  if (format !== 'day' && format !== 'month' && format !== 'moment') return null
  const match = /^(\d{4})-(\d{2})(?:-(\d{2}))?(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(text)
  if (!match) return null
  const [year, month, day = 1, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map(part => (part === undefined ? undefined : Number(part))) as number[]
  const date = new Date(Date.UTC(year!, month! - 1, day, hour, minute, second))
  // Excel's calendar begins with 1900, and no day rolls over into another.
  return year! >= 1900 && date.getUTCMonth() === month! - 1 && date.getUTCDate() === day ? date : null
}

/** Characters of each column: as wide as its widest value, within bounds. */
function widthsOf({ columns, rows }: Sheet): number[] {
  return columns.map((label, i) => {
    const values = rows.slice(0, 500).map(row => String(row[i]?.value ?? '').length)
    const longest = Math.max(...values, 0)
    const word = Math.max(...label.split(/\s+/).map(part => part.length))
    return Math.min(WIDEST, Math.max(9, longest + 2, word + 2))
  })
}

/** Names as Excel takes them: 31 characters, none of []:*?/\, no apostrophe at an end, no two alike whatever their case. */
export function sheetNames(titles: readonly string[]): string[] {
  const taken = new Set<string>()
  return titles.map(title => {
    const clean =
      title
        .replace(/[\p{C}[\]:*?/\\]+/gu, ' ')
        .replace(/\s+/g, ' ')
        .replace(/^[' ]+|[' ]+$/g, '') || 'Sheet'
    for (let n = 1; ; n++) {
      const tail = n === 1 ? '' : ` ${n}`
      const name = `${[...clean]
        .slice(0, MAX_NAME - tail.length)
        .join('')
        .slice(0, MAX_NAME - tail.length)
        .trim()}${tail}`
      if (taken.has(name.toLowerCase())) continue
      taken.add(name.toLowerCase())
      return name
    }
  })
}
