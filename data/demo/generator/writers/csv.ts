/** CSV and TSV rows (RFC 4180), and the ways in which Russian exports write dates and numbers. */
import { createTextFile, type Encoding } from './text-file.ts'

export type Cell = string | number | null

export interface Table {
  row(cells: readonly Cell[]): void
  close(): void
}

/** A table file with its header; `preamble` lines stand before it as they are. */
export function createTable(
  path: string,
  encoding: Encoding,
  delimiter: string,
  header: readonly string[],
  preamble: readonly string[] = [],
): Table {
  const file = createTextFile(path, encoding)
  const row = (cells: readonly Cell[]) =>
    file.write(`${cells.map(cell => quote(cell, delimiter)).join(delimiter)}\r\n`)
  for (const line of preamble) file.write(`${line}\r\n`)
  row(header)
  return { row, close: () => file.close() }
}

function quote(cell: Cell, delimiter: string): string {
  if (cell === null) return ''
  const text = String(cell)
  return text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** `2026-03-01 10:20:00` -> `01.03.2026 10:20`; moments of the demo are whole minutes. */
export function russianDate(moment: string | null): string | null {
  return moment === null ? null : moment.replace(/^(\d+)-(\d+)-(\d+)( \d+:\d+)?.*/, '$3.$2.$1$4')
}

/** A number with a decimal comma. */
export function decimalComma(value: number, digits = 2): string {
  return value.toFixed(digits).replace('.', ',')
}

/** The id without its system: `amocrm:12` -> `12`. */
export function bareId(id: string): string {
  return id.slice(id.indexOf(':') + 1)
}
