import { join } from 'node:path'
import { UsageError } from '../../errors.ts'
import { restore } from '../../jobs/backup.ts'
import { atZone } from '../../sources/values.ts'
import type { Command } from '../command.ts'

const command: Command = {
  summary: 'Put a backup in the place of what is here; refuses where there is anything unless --force',
  usage: 'restore FILE [--force] [--json]',
  options: {
    force: { help: 'replace what is here; notebooks that were here are kept beside' },
    json: { help: 'print what was restored as JSON' },
  },
  examples: ['restore verbatim-2026-03-01.tar.gz --data data/new'],
  run: async ({ args, options, io, config, database, signal }) => {
    const [file, ...others] = args
    if (file === undefined || others.length > 0)
      throw new UsageError('Name one file', { hint: `Usage: ${command.usage}` })
    const restored = await restore(
      { database: await database(), notebooks: join(config.dataDir, 'notebooks') },
      file,
      { force: options.force === true, now: atZone(Date.now(), config.timeZone) },
      { signal, progress: (done, total) => io.progress(done, total, file) },
    )
    if (options.json) return io.out(JSON.stringify(restored))
    io.out(`Restored ${restored.rows} rows as of ${restored.madeAt} (made by version ${restored.version})`)
    if (restored.erasedAgain > 0) io.note(`Clients erased since then, erased again: ${restored.erasedAgain}`)
    if (restored.notebooksBefore !== null)
      io.note(`Notebooks that were here lie in ${restored.notebooksBefore}`)
  },
}

export default command
