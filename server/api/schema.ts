import { Hono } from 'hono'
import { readableTables, tables } from '../store/schema.ts'
import type { SchemaTable } from './contract.ts'

/** Tables and columns that a notebook may read. */
export function schemaRoutes(): Hono {
  const listed: SchemaTable[] = readableTables.map(name => ({
    name,
    columns: Object.entries(tables[name].columns).map(([column, { type }]) => ({ name: column, type })),
  }))
  return new Hono().get('/', c => c.json(listed))
}
