import { describe, expect, it } from 'vitest'
import type { InputValue } from '../../server/notebook/cell.ts'
import type { Table } from '../../server/notebook/output.ts'
import { lowerSql, usesOfSql } from '../../server/notebook/sql-names.ts'
import { toText } from '../../server/store/sql.ts'
import { eachDatabase } from '../support/databases.ts'

describe('names that a query reads', () => {
  it.each<[sql: string, names: string[]]>([
    ['select 1', []],
    ['select leads, won from Deals', ['deals']],
    ['select * from a, b as x, "C d" where e in (select f from g)', ['a', 'b', 'C d', 'g']],
    ['select * from a join b on b.c = a.c left join d using (e), f', ['a', 'b', 'd', 'f']],
    ['select (select count(*) from a), b from (c join d on true) order by e', ['a', 'c', 'd']],
    ['with x as (select * from a), y(n) as materialized (select 1 from x) select * from y, z', ['a', 'z']],
    ['with recursive r(n) as (select 1 union all select n + 1 from r) select * from r', []],
    ["select 'from a' -- from b\n/* from c */ from d", ['d']],
    ['select extract(year from day) from a group by b, c having d union select e from f', ['day', 'a', 'f']],
    ['select * from a [[where b in (select c from d where e = :f)]]', ['a', 'd']],
    ['select a.b, c is distinct from d from e', ['d', 'e']],
    ['select row_number() over w from a window w as (partition by b, c)', ['a']],
    ['from', []],
    ['select * from )(', []],
  ])('%s', (sql, names) => {
    expect(usesOfSql(sql).names.map(use => use.name)).toEqual(names)
  })

  it('inputs with their places, not casts, texts or times', () => {
    const sql = "select :a, x::text, ':b', '12:30' from t where [[day = :p.from and]] 1 = :ё1"
    const { inputs } = usesOfSql(sql)
    expect(inputs.map(use => [use.name, sql.slice(use.offset, use.offset + 2)])).toEqual([
      ['a', ':a'],
      ['p', ':p'],
      ['ё1', ':ё'],
    ])
  })

  it('all words, whatever stands where', () => {
    expect([...usesOfSql('select Deals.x in mentions').words]).toEqual([
      'select',
      'deals',
      'x',
      'in',
      'mentions',
    ])
  })
})

const inputs = new Map<string, InputValue>([
  ['period', { from: '2026-01-01', to: '2026-01-31' }],
  ['list', ['a', 'b']],
  ['none', []],
  ['nothing', null],
  ['flag', true],
  ['text', "'; drop table deals; --"],
])
const noTables = new Map<string, Table>()
const lower = (sql: string, tables = noTables) => {
  const { statement, toBody } = lowerSql(sql, inputs, tables, 'sqlite')
  return { text: toText(statement, () => '?'), values: statement.values, toBody }
}

describe('lowering', () => {
  it.each<[sql: string, text: string, values: unknown[]]>([
    ['select :period.from, :period.to', 'select ?, ?', ['2026-01-01', '2026-01-31']],
    ['a in (:list) and b in (:none)', 'a in (?, ?) and b in (null)', ['a', 'b']],
    ['where x = :text', 'where x = ?', ["'; drop table deals; --"]],
    ['select :flag', 'select ?', [1]],
    ['a [[and b = :nothing]] c', `a ${' '.repeat(20)} c`, []],
    ['a [[and b = :flag]] c', 'a   and b = ?   c', [1]],
    ["select '[[1, 2]]', '[[:nothing]]'", "select '[[1, 2]]', '[[:nothing]]'", []],
  ])('%s', (sql, text, values) => {
    expect([lower(sql).text, lower(sql).values]).toEqual([text, values])
  })

  it.each<[sql: string, message: RegExp, offset: number]>([
    ['select :unknown', /no input “unknown”/, 7],
    ['select 1, :period', /two ends/, 10],
    ['select :list.from', /no part “from”/, 7],
  ])('%s is refused at its place', (sql, message, offset) => {
    expect(() => lower(sql)).toThrow(
      expect.objectContaining({ message: expect.stringMatching(message), details: { offset } }),
    )
  })

  it('places come back to the body, past parameters, dropped clauses and tables put before', () => {
    const table: Table = {
      columns: [{ name: 'n', label: 'n', format: 'integer' }],
      rows: [[1]],
      truncated: false,
    }
    const sql =
      'with x as (select :text as t [[where 1 = :nothing]])\nselect oops from x, cell where :flag = 1'
    const { text, toBody } = lower(sql, new Map([['cell', table]]))
    for (const word of ['select oops', 'oops', '= 1'])
      expect(toBody(text.lastIndexOf(word))).toBe(sql.lastIndexOf(word))
    expect(text.startsWith('with "cell" as (select ')).toBe(true)
  })
})

eachDatabase('earlier cells as tables', open => {
  const table: Table = {
    columns: [
      { name: 'Имя "x"', label: '', format: 'text' },
      { name: 'n', label: '', format: 'integer' },
      { name: 'day', label: '', format: 'day' },
    ],
    rows: [
      ["a'b", 3, '2026-01-01'],
      [null, null, null],
    ],
    truncated: false,
  }
  const cases: [sql: string, rows: unknown[][]][] = [
    ['select * from cell', table.rows],
    ['select n / 2 as half from cell where n > 2', [[1.5]]],
    ['with a as (select max(day) as d from cell) select d from a', [['2026-01-01']]],
    [
      '/* x */ with recursive a(i) as (select 1 union all select i + 1 from a where i < 3) select sum(i), count(n) from a, cell',
      [[12, 3]],
    ],
    ['values (1)', [[1]]],
    ['select 1 as one; -- done', [[1]]],
  ]
  it('answer to their names, with numbers that divide alike', async () => {
    const { database } = await open()
    for (const [sql, rows] of cases) {
      const { statement } = lowerSql(sql, inputs, new Map([['cell', table]]), database.dialect)
      expect((await database.reader.read(statement)).rows, sql).toEqual(rows)
    }
  })
})
