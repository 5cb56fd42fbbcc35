import { toErrorShape, VerbatimError } from '../errors.ts'
import type { Block, CellError } from './model.ts'

/**
 * A fault of a block with its line and column in the notebook file; `offset` in its details counts from the body. What
 * is not a VerbatimError is a programmer's fault: it is warned of, and its inner words are kept from the reader.
 */
export function toCellError(error: unknown, block: Pick<Block, 'body' | 'line'>): CellError {
  const { code, message, hint, details } = toErrorShape(error)
  if (!(error instanceof VerbatimError)) process.emitWarning(error as Error)
  const given = typeof details?.offset === 'number' ? details.offset : 0
  const before = block.body.slice(0, Math.max(0, given)).split('\n')
  return {
    code,
    message,
    ...(hint !== undefined && { hint }),
    line: block.line + before.length - 1,
    column: before.at(-1)!.length + 1,
  }
}
