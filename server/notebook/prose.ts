/** Prose with `{{ cell.column }}` in it: the first row's value, written by its column's format. */
import { NotebookError } from '../errors.ts'
import type { CellContext, CellResult, CellUses } from './cell.ts'
import { formatScalar } from './format-scalar.ts'

const HOLE = /\{\{\s*([\p{L}_][\p{L}\p{N}_]*)(?:\.([\p{L}_][\p{L}\p{N}_]*))?\s*\}\}/gu

/** Cells that a text mentions. */
export function usesOfProse(body: string): CellUses {
  return {
    inputs: [],
    names: [...body.matchAll(HOLE)].map(match => ({ name: match[1]!, offset: match.index })),
  }
}

/** The text with its holes filled. Throws NotebookError with `offset` where a cell or column is not there. */
export function renderProse(body: string, context: CellContext): CellResult {
  const markdown = body.replace(HOLE, (_whole, cell: string, column: string | undefined, offset: number) => {
    const table = context.tables.get(cell)
    if (!table) throw new NotebookError(`There is no cell “${cell}” with a table`, { details: { offset } })
    const at = column === undefined ? 0 : table.columns.findIndex(candidate => candidate.name === column)
    const found = table.columns[at]
    if (!found)
      throw new NotebookError(`“${cell}” has no column “${column}”`, {
        hint: `Columns: ${table.columns.map(known => known.name).join(', ')}`,
        details: { offset },
      })
    return formatScalar(table.rows[0]?.[at] ?? null, found.format, context.language, context.currency)
  })
  return { outputs: [{ type: 'text', role: 'prose', markdown }], table: null }
}
