/** Tables of a report as CSV for spreadsheets: UTF-8 with a mark that they look for, and no cell that they would run. */
import { toCsv } from '../lib/csv.ts'
import type { Sheet, SheetCell } from './sheets.ts'

/** With it Excel takes the file for UTF-8. */
const MARK = '\ufeff'

/**
 * What a spreadsheet would take for a formula: it begins with = + - @, a tab or a line end, also in full width. Source:
 * OWASP, CSV Injection.
 */
const FORMULA = /^[\s\u0000-\u001f]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/

/** Text that stays text in any spreadsheet; an apostrophe before it says so. */
export function guardFormula(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text
}

export function renderCsv(sheet: Sheet): string {
  const toValue = ({ value }: SheetCell) => (typeof value === 'string' ? guardFormula(value) : value)
  return MARK + toCsv([sheet.columns.map(guardFormula), ...sheet.rows.map(row => row.map(toValue))])
}

/** A file's name out of a title: no separators, nothing that a shell or Windows takes for its own. */
export function fileNameOf(title: string): string {
  const name = title
    .normalize('NFC')
    .replace(/[\p{C}<>:"/\\|?*]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  return name.slice(0, 80).trim() || 'table'
}
