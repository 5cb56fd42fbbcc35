/** One read-only statement over facts, mined tables and earlier cells; `:input` is a bound parameter. */
import { z } from 'zod'
import { NotebookError, VerbatimError } from '../../errors.ts'
import { defineCell } from '../cell.ts'
import { toTable } from '../infer-columns.ts'
import type { Output } from '../output.ts'
import { lowerSql } from '../sql-names.ts'

export default defineCell<{ sql: string }>({
  kind: 'sql',
  body: 'sql',
  options: z.object({ sql: z.string() }),
  example: 'select source, count(*) as deals from deals group by source order by deals desc',
  tables: [],
  run: async ({ sql: body }, context) => {
    const { statement, toBody } = lowerSql(body, context.inputs, context.tables, context.dialect)
    const table = await context.query(statement).then(toTable, (error: unknown) => {
      const offset = error instanceof VerbatimError ? error.details?.offset : undefined
      if (typeof offset !== 'number') throw error
      const { message, hint } = error as VerbatimError
      throw new NotebookError(message, {
        ...(hint !== undefined && { hint }),
        details: { offset: toBody(offset) },
        cause: error,
      })
    })
    const outputs: Output[] = [{ type: 'table', title: '', table, folded: false }]
    if (table.truncated) {
      const markdown =
        context.language === 'ru'
          ? `Показаны первые ${table.rows.length} строк.`
          : `The first ${table.rows.length} rows are shown.`
      outputs.push({ type: 'text', role: 'note', markdown })
    }
    return { outputs, table }
  },
})
