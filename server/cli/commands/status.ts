import { readStatus } from '../../api/status.ts'
import { createMiningStatus } from '../../mining/status.ts'
import { createOverview } from '../../store/overview.ts'
import { readVersion } from '../../version.ts'
import type { Command } from '../command.ts'
import { toTextTable } from '../table.ts'

const command: Command = {
  summary: 'What is loaded, how fresh it is, how far mining has come',
  usage: 'status [--json]',
  options: { json: { help: 'print it as JSON' } },
  examples: ['status'],
  run: async context => {
    const database = await context.database()
    const { config, io, options } = context
    const status = await readStatus({
      config,
      version: readVersion(),
      database,
      overview: createOverview(database),
      mining: createMiningStatus(database),
    })
    if (options.json) return io.out(JSON.stringify(status))
    const { tables, mining, today } = status
    io.out(
      `Verbatim ${status.version}, ${status.database} in ${config.database ? 'PostgreSQL' : config.dataDir}`,
    )
    io.out(
      status.empty
        ? 'Nothing is loaded yet: verbatim import FILE..., or verbatim demo'
        : `Last day known: ${today ?? 'none'}`,
    )
    io.out('')
    io.out(
      toTextTable(
        ['table', 'rows', 'from', 'to'],
        tables.map(({ name, rows, from, to }) => [name, rows, from, to]),
      ),
    )
    io.out('')
    io.out(
      `Mentions ${mining.mentions}: in themes ${mining.assigned}, waiting ${mining.waiting}; conversations not mined yet ${mining.unread}${mining.unread > 0 ? ': verbatim mine' : ''}`,
    )
  },
}

export default command
