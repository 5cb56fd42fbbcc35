import type { CellResult } from './cell.ts'
import type { Output } from './output.ts'

/** Kinds that show the table that they read. */
const SHOWS = new Set(['chart', 'table'])

/**
 * What is shown of a query, given the kinds of the blocks that read it: not its table where a chart or table cell shows
 * it, nor one row that prose quotes; folded where only further queries read it. Its table stays for who reads it.
 */
export function presentQuery(result: CellResult, readers: readonly string[]): CellResult {
  if (readers.length === 0) return result
  const isShown = readers.some(kind => SHOWS.has(kind))
  const isQuoted = readers.includes('markdown') && (result.table?.rows.length ?? 0) <= 1
  const onlyQueried = readers.every(kind => kind === 'sql')
  if (!isShown && !isQuoted && !onlyQueried) return result
  const outputs = result.outputs.flatMap((output): Output[] => {
    if (output.type !== 'table') return [output]
    return isShown || isQuoted ? [] : [{ ...output, folded: true }]
  })
  return { ...result, outputs }
}
