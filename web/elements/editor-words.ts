import type { KindSummary, NotebookDocument, SchemaTable, Table } from '../../server/api/contract.ts'
import type { EditCell } from '../state/editing-text.ts'
import type { CellWords } from './cell-completion.ts'

export interface WordsParts {
  cells: readonly EditCell[]
  /** The cell that is being written. */
  key: number
  schema: readonly SchemaTable[]
  kinds: readonly KindSummary[]
  notebook: NotebookDocument
  /** What a cell gave when it ran last. */
  tableOf(key: number): Table | null
}

/** What can be completed in a cell: the facts' tables, the other cells with the columns that they last had, the inputs. */
export function wordsFor({ cells, key, schema, kinds, notebook, tableOf }: WordsParts): CellWords {
  const named = cells.filter(cell => cell.key !== key && cell.name !== '')
  const own = cells.find(cell => cell.key === key)
  return {
    tables: Object.fromEntries([
      ...schema.map(({ name, columns }) => [name, columns.map(column => column.name)] as const),
      ...named.map(cell => [cell.name, tableOf(cell.key)?.columns.map(({ name }) => name) ?? []] as const),
    ]),
    cells: named.map(({ name }) => name),
    inputs: notebook.inputs.map(({ name, type, label }) => ({ name, type, label })),
    options: optionsOf(kinds.find(({ kind }) => kind === own?.kind)?.schema ?? null),
  }
}

interface Property {
  enum?: unknown[]
  const?: unknown
  type?: string
  items?: Property
  anyOf?: Property[]
}

/** Options of a JSON Schema by name, each with the values that it may have where these are few. */
export function optionsOf(schema: object | null): Record<string, string[]> {
  const properties = (schema as { properties?: Record<string, Property> } | null)?.properties ?? {}
  return Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, valuesOf(property)]))
}

function valuesOf(property: Property): string[] {
  if (property.enum) return property.enum.map(String)
  if (property.const !== undefined) return [String(property.const)]
  if (property.type === 'boolean') return ['true', 'false']
  return [...(property.anyOf ?? []), ...(property.items ? [property.items] : [])].flatMap(valuesOf)
}
