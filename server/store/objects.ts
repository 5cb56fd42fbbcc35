import type { ReadResult } from './database.ts'

/** Rows of a result as objects by their columns' names. */
export function toObjects<T>({ columns, rows }: Pick<ReadResult, 'columns' | 'rows'>): T[] {
  return rows.map(row => Object.fromEntries(columns.map((name, i) => [name, row[i]])) as T)
}
