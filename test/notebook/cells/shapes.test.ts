/** The cells that only shape what other cells give: table and chart. */
import { describe, expect, it } from 'vitest'
import type { CellContext, CellKind } from '../../../server/notebook/cell.ts'
import chart from '../../../server/notebook/cells/chart.ts'
import tableCell from '../../../server/notebook/cells/table.ts'
import type { Table } from '../../../server/notebook/output.ts'
import { parseOptions } from '../../../server/notebook/yaml-body.ts'

const source: Table = {
  columns: [
    { name: 'name', label: 'name', format: 'text' },
    { name: 'n', label: 'n', format: 'integer', interval: ['low', 'high'] },
    { name: 'low', label: 'low', format: 'integer' },
    { name: 'high', label: 'high', format: 'integer' },
  ],
  rows: [
    ['ель', 10, 1, 2],
    ['Ёлка', null, 1, 2],
    ['берёза', 9, 1, 2],
    [null, 11, 1, 2],
  ],
  truncated: false,
}
const run = (kind: CellKind, body: string, table = source) =>
  kind.run(parseOptions(kind, body, new Map()), {
    language: 'ru',
    tables: new Map([['source', table]]),
  } as unknown as CellContext)
const first = (table: Table | null) => table!.rows.map(row => row[0])

describe('table', () => {
  it.each([
    ['n', ['берёза', 'ель', null, 'Ёлка']],
    ['-n', [null, 'ель', 'берёза', 'Ёлка']],
    ['name', ['берёза', 'Ёлка', 'ель', null]],
    ['-name', ['ель', 'Ёлка', 'берёза', null]],
  ])('sorted by %s, unknown ones last', async (sort, names) => {
    expect(first((await run(tableCell, `data: source\nsort: ${sort}`)).table)).toEqual(names)
  })

  it('with chosen columns in their order, named and formatted anew; an interval without its ends is none', async () => {
    const { table, outputs } = await run(
      tableCell,
      'data: source\nlimit: 1\ncolumns:\n  n: { format: money }\n  name: Дерево',
    )
    expect(table).toEqual({
      columns: [
        { name: 'n', label: 'n', format: 'money' },
        { name: 'name', label: 'Дерево', format: 'text' },
      ],
      rows: [[10, 'ель']],
      truncated: true,
    })
    expect(outputs).toEqual([{ type: 'table', title: '', table, folded: false }])
    expect((await run(tableCell, 'data: source')).table!.columns[1]!.interval).toEqual(['low', 'high'])
  })

  it.each(['data: none', 'data: source\nsort: x', 'data: source\ncolumns: { x: X }'])(
    '%s is refused',
    async body => {
      await expect(run(tableCell, body)).rejects.toMatchObject({ code: 'notebook' })
    },
  )
})

describe('chart', () => {
  it('puts the rows in, says itself in words, and has its table folded behind it', async () => {
    const { outputs } = await run(
      chart,
      'data: source\ntitle: Деревья\nmark: bar\nencoding: { x: { field: n } }',
    )
    expect(outputs[0]).toMatchObject({
      type: 'chart',
      title: 'Деревья',
      description: 'Деревья',
      spec: { mark: 'bar', data: { values: [{ name: 'ель', n: 10, low: 1, high: 2 }, {}, {}, {}] } },
    })
    expect(outputs[1]).toMatchObject({ type: 'table', folded: true })
  })

  it('of nothing is a sentence', async () => {
    const { outputs } = await run(chart, 'data: source\nmark: bar', { ...source, rows: [] })
    expect(outputs).toEqual([{ type: 'text', role: 'note', markdown: 'Данных для диаграммы нет.' }])
  })

  it.each([
    'layer: [{ data: { url: "http://evil" } }]',
    'mark: { type: image }',
    'mark: image',
    'encoding: { href: { value: "javascript:1" } }',
    'params: [{ name: a, expr: "1" }]',
    'layer: [{ data: { sequence: { start: 0, stop: 1.0e12 } } }]',
    'usermeta: { embedOptions: { loader: {} } }',
    'config: { background: red }',
  ])('never reads elsewhere nor runs code: %s', async body => {
    await expect(run(chart, `data: source\n${body}`)).rejects.toMatchObject({
      code: 'notebook',
      message: expect.stringMatching(/^A chart can't use/),
    })
  })
})
