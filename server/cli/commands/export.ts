import { UsageError } from '../../errors.ts'
import { toCsv } from '../../lib/csv.ts'
import { exportTable } from '../../store/export.ts'
import { readableTables, type TableName, tables } from '../../store/schema.ts'
import type { Command } from '../command.ts'

const command: Command = {
  summary: 'Print a whole table: facts, mentions, themes, rejects',
  usage: 'export TABLE [--csv | --json]',
  options: {
    csv: { help: 'print CSV (this is what it does anyway)' },
    json: { help: 'print JSON Lines, an object a row' },
  },
  examples: ['export themes --json', 'export rejects > rejects.csv'],
  run: async ({ args, options, io, database, signal }) => {
    const [table, ...others] = args
    if (table === undefined || others.length > 0 || !readableTables.includes(table as TableName))
      throw new UsageError(table === undefined ? 'Name a table' : `There is no table “${args.join(' ')}”`, {
        hint: `Tables: ${readableTables.join(', ')}`,
      })
    const name = table as TableName
    const columns = Object.keys(tables[name].columns)
    const { reader } = await database()
    if (!options.json) io.out(toCsv([columns]))
    for await (const rows of exportTable(reader, name, signal)) {
      io.out(
        options.json
          ? rows
              .map(row => JSON.stringify(Object.fromEntries(columns.map((column, i) => [column, row[i]]))))
              .join('\n')
          : toCsv(rows),
      )
    }
  },
}

export default command
