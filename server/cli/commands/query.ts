import { UsageError } from '../../errors.ts'
import { toCsv } from '../../lib/csv.ts'
import { raw } from '../../store/sql.ts'
import type { Command, Io } from '../command.ts'
import { toTextTable } from '../table.ts'

async function readAll(io: Io): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of io.stdin) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

const command: Command = {
  summary: 'Ask the facts in SQL; read only',
  usage: 'query SQL [--json | --csv] [--limit N]',
  options: {
    json: { help: 'print JSON Lines, an object a row' },
    csv: { help: 'print CSV' },
    limit: { value: 'N', help: 'rows at most (10000)' },
  },
  examples: [
    'query "select source, count(*) as deals from deals group by source"',
    'query - --csv < ask.sql',
  ],
  run: async ({ args, options, io, database, signal }) => {
    if (args.length !== 1) throw new UsageError('One query, please', { hint: `Usage: ${command.usage}` })
    const limit = Number(options.limit ?? 10_000)
    if (!Number.isInteger(limit) || limit < 1)
      throw new UsageError(`--limit ${options.limit}: a whole number`)
    const text = args[0] === '-' ? await readAll(io) : args[0]!
    const { reader } = await database()
    const { columns, rows, truncated } = await reader.read(raw(text), { maxRows: limit, signal })
    if (options.json) {
      for (const row of rows)
        io.out(JSON.stringify(Object.fromEntries(columns.map((name, i) => [name, row[i]]))))
    } else io.out(options.csv ? toCsv([columns, ...rows]) : toTextTable(columns, rows))
    if (truncated) io.note(`The first ${limit} rows; more with --limit N`)
  },
}

export default command
