/** A Vega-Lite spec in YAML or JSON whose `data` is a cell's name. Nothing is fetched: no url, no remote image. */
import { z } from 'zod'
import { NotebookError } from '../../errors.ts'
import { defineCell } from '../cell.ts'

const optionsSchema = z.looseObject({
  data: z.string(),
  title: z.string().default(''),
  description: z.string().default(''),
})

/** Names that let a spec read from elsewhere, run code, or make rows without end. */
const FORBIDDEN = new Set([
  'url',
  'sequence',
  'href',
  'loader',
  'signal',
  'signals',
  'expr',
  'usermeta',
  'datasets',
  'config',
])

function refuseRemote(value: unknown, path: string): void {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) refuseRemote(item, `${path}[${i}]`)
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      if (
        FORBIDDEN.has(name) ||
        (name === 'type' && inner === 'image') ||
        (name === 'mark' && inner === 'image')
      ) {
        throw new NotebookError(`A chart can't use “${path}${name}”`, {
          hint: 'Data comes from a cell: data: NAME; the look is the house’s own.',
        })
      }
      refuseRemote(inner, `${path}${name}.`)
    }
  }
}

export default defineCell<z.infer<typeof optionsSchema>>({
  kind: 'chart',
  body: 'yaml',
  options: optionsSchema,
  example:
    'data: top\nmark: bar\nencoding:\n  x: { field: clients, type: quantitative }\n  y: { field: label, type: nominal }',
  tables: [],
  run: async (options, context) => {
    const { data, title, description, ...spec } = options
    const table = context.tables.get(data)
    if (!table)
      throw new NotebookError(`There is no cell “${data}” with a table`, {
        hint: 'Name an earlier cell in data.',
      })
    refuseRemote(spec, '')
    if (table.rows.length === 0) {
      const markdown =
        context.language === 'ru' ? 'Данных для диаграммы нет.' : 'There is no data for a chart.'
      return { outputs: [{ type: 'text', role: 'note', markdown }], table }
    }
    const values = table.rows.map(row =>
      Object.fromEntries(table.columns.map((column, i) => [column.name, row[i] ?? null])),
    )
    return {
      outputs: [
        { type: 'chart', title, description: description || title, spec: { ...spec, data: { values } } },
        { type: 'table', title, table, folded: true },
      ],
      table,
    }
  },
})
