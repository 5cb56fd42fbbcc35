import { describe, expect, it } from 'vitest'
import type { TableOutput } from '../../../server/api/contract.ts'
import { orderRows } from '../../../web/outputs/order-rows.ts'
import { renderTable } from '../../../web/outputs/table.ts'
import { htmlOf, testContext, wordsIn } from './render.ts'

const output: TableOutput = {
  type: 'table',
  title: 'Сегменты',
  folded: true,
  small: [1],
  table: {
    columns: [
      { name: 'name', label: 'Сегмент', format: 'text' },
      { name: 'rate', label: 'Конверсия', format: 'percent', interval: ['low', 'high'] },
      { name: 'low', label: 'low', format: 'percent' },
      { name: 'high', label: 'high', format: 'percent' },
      { name: 'cac', label: 'CAC', format: 'money' },
    ],
    rows: [
      ['квартиры', 0.14, 0.11, 0.18, 14_200],
      ['дачи', 0.5, 0.1, 0.9, null],
    ],
    truncated: false,
  },
}

describe('a table', () => {
  it('is a table: caption, scoped headers, numbers marked for alignment', () => {
    const html = htmlOf(renderTable({ ...output, folded: false }, testContext()))
    expect(html).toContain('<caption class="vb-title">Сегменты</caption>')
    expect(html).toContain('<th scope="col" class="vb-num">CAC</th>')
    expect(html).toContain('<th scope="row">квартиры</th>')
    expect(html).toContain('<td class="vb-num">14\u202f200\u00a0₽</td>')
    expect(html).not.toContain('style=')
  })

  it('calls a row by its name, not by its key', () => {
    const columns = [{ name: 'theme_id', label: 'ID', format: 'text' as const }, ...output.table.columns]
    const rows = output.table.rows.map(row => ['q-1', ...row])
    const html = htmlOf(renderTable({ ...output, table: { columns, rows, truncated: false } }, testContext()))
    expect(html).toContain('<td class="vb-short">q-1</td><th scope="row">квартиры</th>')
  })

  it('folds intervals into their value and says which rows are small', () => {
    expect(wordsIn(renderTable(output, testContext()))).toBe(
      "Таблица (2_строки) Сегменты Сегмент Конверсия CAC квартиры 14_% · 11–18_% 14'200_₽ дачи мало данных 50_% · 10–90_% —",
    )
  })

  it('says so when rows were left out', () => {
    const rows = Array.from({ length: 1201 }, (_, i) => [String(i), null, null, null, i])
    const words = (truncated: boolean) =>
      wordsIn(
        renderTable({ ...output, small: [], table: { ...output.table, rows, truncated } }, testContext()),
      )
    expect(words(false)).toMatch(/Показано строк: 1000 из 1201, остальные — в выгрузке таблицы\.$/)
    expect(words(true)).toMatch(/Показано строк: 1000, в данных их больше\.$/)
    const none = { ...output, table: { ...output.table, rows: [] } }
    expect(wordsIn(renderTable(none, testContext({ language: 'en' })))).toMatch(
      /^Table \(0_rows\).*No rows\.$/,
    )
  })

  it('leaves order and length to the element where scripts run', () => {
    expect(htmlOf(renderTable({ ...output, folded: false }, testContext({ interactive: true })))).toBe(
      '<div class="vb-table"><vb-table></vb-table></div>',
    )
  })

  it('escapes what cells hold', () => {
    const rows = [['<img src=x onerror=alert(1)>', null, null, null, null]]
    const html = htmlOf(renderTable({ ...output, table: { ...output.table, rows } }, testContext()))
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(html).not.toContain('<img')
  })
})

describe('the order of rows', () => {
  const rows = [
    ['б', 2],
    ['а', null],
    ['в', 10],
    ['ё', 2],
  ]

  it('goes by size or letters, keeps equals as they were, and puts what is missing last', () => {
    expect(orderRows(rows, null, 'ru')).toEqual([0, 1, 2, 3])
    expect(orderRows(rows, { column: 1, falling: true }, 'ru')).toEqual([2, 0, 3, 1])
    expect(orderRows(rows, { column: 1, falling: false }, 'ru')).toEqual([0, 3, 2, 1])
    expect(orderRows(rows, { column: 0, falling: false }, 'ru')).toEqual([1, 0, 2, 3])
  })
})
