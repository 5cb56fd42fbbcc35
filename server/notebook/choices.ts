/** What the selects of a notebook offer. */
import { NotebookError } from '../errors.ts'
import { hashOf } from '../lib/hash.ts'
import type { Reader } from '../store/database.ts'
import type { TableName } from '../store/schema.ts'
import type { CellCache } from './cell-cache.ts'
import type { InputSpec } from './model.ts'
import { lowerSql, usesOfSql } from './sql-names.ts'

export interface Choice {
  value: string
  label: string
}

export interface Choices {
  /** By input; one whose query failed is not there, so that nothing is held against it. */
  known: Map<string, Choice[]>
  /** Why others could not be read. */
  failures: { input: string; error: unknown }[]
}

export interface ChoiceParts {
  reader: Reader
  versions: ReadonlyMap<TableName, number>
  cache: CellCache
  signal: AbortSignal
}

const MAX_CHOICES = 1000

/** Fixed choices, and those of queries, which are kept in the cache like a cell's result. Never throws. */
export async function readChoices(specs: readonly InputSpec[], parts: ChoiceParts): Promise<Choices> {
  const choices: Choices = { known: new Map(), failures: [] }
  const read = specs.map(async ({ name, options }) => {
    if (!options) return null
    if ('values' in options) return options.values
    return queryChoices(options.query, name, parts)
  })
  for (const [i, outcome] of (await Promise.allSettled(read)).entries()) {
    const input = specs[i]!.name
    if (outcome.status === 'rejected') choices.failures.push({ input, error: outcome.reason })
    else if (outcome.value) choices.known.set(input, outcome.value)
  }
  return choices
}

async function queryChoices(query: string, input: string, parts: ChoiceParts): Promise<Choice[]> {
  const { words } = usesOfSql(query)
  const read = [...parts.versions].filter(([table]) => words.has(table))
  const key = hashOf({ choices: query, read, dialect: parts.reader.dialect })
  const known = (await parts.cache.get(key))?.result.table?.rows
  if (known) return known.map(toChoice)
  const { statement } = lowerSql(query, new Map(), new Map(), parts.reader.dialect)
  try {
    const { signal } = parts
    const result = await parts.reader.read(statement, { maxRows: MAX_CHOICES, signal })
    const rows = result.rows.filter(row => row[0] !== null)
    const columns = result.columns.map(name => ({ name, label: name, format: 'text' as const }))
    const table = { columns, rows, truncated: result.truncated }
    parts.cache.put(key, { notebook: '', cell: input, result: { outputs: [], table }, tableHash: '' })
    return rows.map(toChoice)
  } catch (error) {
    throw new NotebookError(`The choices of input “${input}” can't be read: ${(error as Error).message}`, {
      cause: error,
    })
  }
}

const toChoice = (row: readonly unknown[]): Choice => ({
  value: String(row[0]),
  label: String(row[1] ?? row[0]),
})
