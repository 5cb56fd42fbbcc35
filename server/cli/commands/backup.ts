import { join } from 'node:path'
import { createAudit } from '../../accounts/audit.ts'
import { cliActor } from '../../accounts/roles.ts'
import { UsageError } from '../../errors.ts'
import { backUp } from '../../jobs/backup.ts'
import { atZone } from '../../sources/values.ts'
import { readVersion } from '../../version.ts'
import type { Command } from '../command.ts'

const command: Command = {
  summary: 'Write everything into one file: databases, notebooks, secrets; while the server works',
  usage: 'backup FILE [--force] [--json]',
  options: {
    force: { help: 'replace the file if it is there' },
    json: { help: 'print what was written as JSON' },
  },
  examples: ['backup verbatim-2026-03-01.tar.gz'],
  run: async ({ args, options, io, config, database, signal }) => {
    const [file, ...others] = args
    if (file === undefined || others.length > 0)
      throw new UsageError('Name one file', { hint: `Usage: ${command.usage}` })
    const manifest = await backUp(
      { database: await database(), notebooks: join(config.dataDir, 'notebooks') },
      file,
      {
        version: readVersion(),
        madeAt: atZone(Date.now(), config.timeZone),
        force: options.force === true,
      },
      { signal, progress: (done, total) => io.progress(done, total, file) },
    )
    const audit = createAudit(await database(), error => io.note(String(error)))
    audit.record('backup', cliActor)
    await audit.flush()
    if (options.json) return io.out(JSON.stringify(manifest))
    const bytes = Object.values(manifest.files).reduce((sum, part) => sum + part.bytes, 0)
    io.out(`${file}: everything as of ${manifest.madeAt}, ${Math.ceil(bytes / 1024 ** 2)} MB unpacked`)
    io.note(
      'It holds clients’ contacts and the secrets of this installation: keep it where only you can read it.',
    )
  },
}

export default command
