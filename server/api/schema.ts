import { Hono } from 'hono'
import { NotFoundError } from '../errors.ts'
import { maskText } from '../privacy/mask.ts'
import { readableTables, type TableName, tables } from '../store/schema.ts'
import { raw, sql } from '../store/sql.ts'
import type { ColumnSample, SchemaTable } from './contract.ts'
import type { AppParts } from './parts.ts'
import { readId } from './reading.ts'

/** Rows from which samples are taken, and how many different values of a column are shown. */
const ROWS = 500
const VALUES = 3
/** Columns of ids and dates, whose values would only look like somebody's number. */
const PLAIN = /_(?:id|at)$|^(?:day|week|month)$|_day$/
/** Characters of a value. */
const LONGEST = 60

/** Tables and columns that a notebook may read, with values of the first rows, masked. */
export function schemaRoutes({ database }: Pick<AppParts, 'database'>): Hono {
  const listed: SchemaTable[] = readableTables.map(name => ({
    name,
    columns: Object.entries(tables[name].columns).map(([column, { type }]) => ({ name: column, type })),
  }))
  const routes = new Hono()
  routes.get('/', c => c.json(listed))
  routes.get('/:table/samples', async c => {
    const name = readId(c, 'table')
    if (!readableTables.includes(name as TableName)) throw new NotFoundError('There is no such table')
    const { columns, rows } = await database.reader.read(sql`select * from ${raw(name)} limit ${ROWS}`, {
      maxRows: ROWS,
    })
    const samples: ColumnSample[] = columns.map((column, at) => {
      const found = new Set<string>()
      for (const row of rows) {
        const value = row[at]
        if (value === null || value === undefined || value === '') continue
        found.add(typeof value === 'string' && !PLAIN.test(column) ? shown(value) : String(value))
        if (found.size === VALUES) break
      }
      return { name: column, values: [...found] }
    })
    return c.json(samples)
  })
  return routes
}

function shown(value: string): string {
  const masked = maskText(value.slice(0, 4 * LONGEST)).text
  return masked.length > LONGEST ? `${masked.slice(0, LONGEST - 1)}…` : masked
}
