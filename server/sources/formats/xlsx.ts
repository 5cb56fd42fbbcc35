/** XLSX: the first sheet that holds a table; dates by the cells' own formats. Read whole, hence bounded. */
import { InputError } from '../../errors.ts'
import { message } from '../messages.ts'
import type { CellValue, FileFormat } from '../source.ts'
import { checkZip } from '../zip.ts'

const MAX_BYTES = 100 * 2 ** 20
const MAX_UNPACKED = 400 * 2 ** 20

function toCell(value: unknown): CellValue {
  if (typeof value === 'string' || typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return null
  // A sheet's dates have no zone; the reader gives them as if they were UTC. Its seconds are fractions of a day.
  return new Date(Math.round(value.getTime() / 1000) * 1000).toISOString().slice(0, 19).replace('T', ' ')
}

const format: FileFormat = {
  name: 'xlsx',
  endings: ['.xlsx'],
  recognise: input =>
    input.head[0] === 0x50 && input.head[1] === 0x4b ? 0.9 : /\.xlsx$/i.test(input.name) ? 0.2 : 0,
  async *read(input) {
    if (input.size > MAX_BYTES) {
      throw new InputError(`${input.name} is larger than ${MAX_BYTES / 2 ** 20} MB`, {
        hint: 'Export the table as CSV.',
      })
    }
    const chunks: Buffer[] = []
    for await (const chunk of input.open() as AsyncIterable<Buffer>) chunks.push(chunk)
    const bytes = Buffer.concat(chunks)
    if (!checkZip(bytes, input.name, MAX_UNPACKED).some(part => /^xl\/workbook\.xml$/i.test(part))) {
      throw new InputError(`${input.name} is a ZIP archive, but not an XLSX workbook`, {
        hint: 'Unpack it, then import its files.',
      })
    }
    const { default: readSheets } = await import('read-excel-file/node')
    const sheets = await readSheets(bytes).catch((error: Error) => {
      throw new InputError(`${input.name} is not a workbook that can be read: ${error.message}`, {
        cause: error,
      })
    })
    const filled = sheets.filter(sheet => sheet.data.length > 1)
    const [first, ...others] = filled.length > 0 ? filled : sheets
    const data = first?.data ?? []
    const width = data.reduce((widest, row) => Math.max(widest, row.length), 0)
    // A sheet may leave out the empty cells at a row's end; a row of a table has them all.
    for (const [i, row] of data.entries())
      yield { type: 'row', line: i + 1, cells: Array.from({ length: width }, (_, at) => toCell(row[at])) }
    if (others.length > 0 && first) {
      const names = others.map(sheet => `“${sheet.sheet}”`).join(', ')
      yield { type: 'note', note: message('sheets', { sheet: first.sheet, others: names }) }
    }
  },
}

export default format
