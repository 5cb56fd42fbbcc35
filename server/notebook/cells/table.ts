/** An earlier cell's table, with chosen columns, labels and formats, sorted and cut. */
import { z } from 'zod'
import { NotebookError } from '../../errors.ts'
import { defineCell } from '../cell.ts'
import type { Format, Scalar, Table } from '../output.ts'

interface ColumnChoice {
  label?: string | undefined
  format?: Format | undefined
}

const formats = [
  'text',
  'integer',
  'decimal',
  'money',
  'percent',
  'day',
  'moment',
  'month',
  'duration',
  'days',
] as const
const optionsSchema = z.strictObject({
  data: z.string(),
  title: z.string().default(''),
  columns: z
    .record(
      z.string(),
      z.union([
        z.string(),
        z.strictObject({ label: z.string().optional(), format: z.enum(formats).optional() }),
      ]),
    )
    .optional(),
  sort: z.string().optional(),
  limit: z.number().int().min(1).max(10_000).default(1000),
})

/** Numbers by size, texts by letters, rising or falling; what is not known comes last either way. */
function compare(a: Scalar, b: Scalar, sign: 1 | -1): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  const order =
    typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'ru')
  return sign * order
}

export default defineCell<z.infer<typeof optionsSchema>>({
  kind: 'table',
  body: 'yaml',
  options: optionsSchema,
  example:
    'data: top\nsort: -clients\ncolumns:\n  label: Тема\n  clients: { label: Клиентов, format: integer }',
  tables: [],
  run: async (options, context) => {
    const source = context.tables.get(options.data)
    if (!source)
      throw new NotebookError(`There is no cell “${options.data}” with a table`, {
        hint: 'Name an earlier cell.',
      })
    const at = (name: string) => {
      const index = source.columns.findIndex(column => column.name === name)
      if (index === -1)
        throw new NotebookError(`“${options.data}” has no column “${name}”`, {
          hint: `Columns: ${source.columns.map(column => column.name).join(', ')}`,
        })
      return index
    }
    const shown: [name: string, given: string | ColumnChoice][] = options.columns
      ? Object.entries(options.columns)
      : source.columns.map(column => [column.name, {}])
    const rows = [...source.rows]
    if (options.sort !== undefined) {
      const sign = options.sort.startsWith('-') ? -1 : 1
      const index = at(options.sort.replace(/^-/, ''))
      rows.sort((a, b) => compare(a[index] ?? null, b[index] ?? null, sign))
    }
    const names = new Set(shown.map(([name]) => name))
    const table: Table = {
      columns: shown.map(([name, given]) => {
        const own: ColumnChoice = typeof given === 'string' ? { label: given } : given
        const { interval, ...column } = source.columns[at(name)]!
        return {
          ...column,
          // Its ends are columns too, and may have been left out.
          ...(interval?.every(end => names.has(end)) && { interval }),
          ...(own.label !== undefined && { label: own.label }),
          ...(own.format !== undefined && { format: own.format }),
        }
      }),
      rows: rows.slice(0, options.limit).map(row => shown.map(([name]) => row[at(name)] ?? null)),
      truncated: source.truncated || rows.length > options.limit,
    }
    return { outputs: [{ type: 'table', title: options.title, table, folded: false }], table }
  },
})
