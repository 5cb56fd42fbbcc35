import { join } from 'node:path'
import { createAudit } from '../../accounts/audit.ts'
import { cliActor } from '../../accounts/roles.ts'
import { UsageError } from '../../errors.ts'
import {
  type Certificate,
  type ErasureParts,
  eraseClient,
  finishErasures,
  previewErasure,
} from '../../jobs/erase-client.ts'
import { findClient } from '../../jobs/find-client.ts'
import { refreshAfterErasure } from '../../jobs/refresh.ts'
import { atZone } from '../../sources/values.ts'
import type { Command, CommandContext } from '../command.ts'

const command: Command = {
  summary: 'Erase a client for good, wherever their data and words stand; shows what would go unless --yes',
  usage: 'erase CLIENT [--yes] [--author NAME] [--json]',
  options: {
    yes: { help: 'do it; there is no way back' },
    author: { value: 'NAME', help: 'who does it, for the certificate' },
    json: { help: 'print JSON' },
  },
  examples: ['erase "Клиент 14"', 'erase 14 --yes', 'erase "+7 900 123-45-67" --yes --author Анна'],
  run: async context => {
    const { args, options, io } = context
    if (args.length === 0) throw new UsageError('Name a client', { hint: `Usage: ${command.usage}` })
    const parts = await partsOf(context)
    for (const { alias } of await finishErasures(parts))
      io.note(`Finished the erasure of client ${alias} that was broken off`)
    const client = await findClient(parts.database, args.join(' '))
    if (options.yes !== true) {
      const preview = await previewErasure(parts, client)
      if (options.json) return io.out(JSON.stringify(preview))
      io.out(`Client ${preview.alias}; would be removed:\n${list(preview.counts)}`)
      if (preview.alike.length > 0)
        io.note(`The same phone or e-mail is with other clients: ${preview.alike.join(', ')}`)
      return io.note('Nothing was removed. Repeat with --yes to erase the client; there is no way back.')
    }
    const author = typeof options.author === 'string' ? options.author : null
    const certificate = await eraseClient(parts, client, author)
    const audit = createAudit(parts.database, error => io.note(String(error)))
    audit.record('erasure', cliActor, certificate.id)
    await audit.flush()
    await refreshAfterErasure(parts.database)
    io.out(options.json ? JSON.stringify(certificate) : describe(certificate))
  },
}

async function partsOf({ config, database }: CommandContext): Promise<ErasureParts> {
  return {
    database: await database(),
    notebooks: join(config.dataDir, 'notebooks'),
    moment: () => atZone(Date.now(), config.timeZone),
  }
}

const list = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([place, n]) => `  ${place.padEnd(20)}${n}`)
    .join('\n')

function describe({ id, alias, author, finishedAt, counts }: Certificate): string {
  const by = author === null ? '' : ` by ${author}`
  return `Certificate ${id}\nClient ${alias} was erased on ${finishedAt}${by}. Removed:\n${list(counts)}`
}

export default command
