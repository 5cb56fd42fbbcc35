import { join, resolve } from 'node:path'
import { UsageError } from '../../errors.ts'
import { openDatabase } from '../../store/open.ts'
import type { Command } from '../command.ts'
import { loadDemo } from '../demo-data.ts'
import { portOf, serveUntilStopped } from '../serving.ts'

const folders = { ru: 'demo', en: 'demo-en' } as const

const command: Command = {
  summary: 'Load the demo data, mine it and serve the workbench; safe to repeat',
  usage: 'demo [--language ru|en] [--port N]',
  options: {
    language: { value: 'LANGUAGE', help: 'ru or en (default: VERBATIM_LANGUAGE or ru)' },
    port: { value: 'N', help: 'port to listen on (default: VERBATIM_PORT or 4400)' },
    'load-only': { help: 'load and mine, do not serve' },
  },
  examples: ['demo', 'demo --language en --port 4401'],
  run: async context => {
    const { config, options, io, signal } = context
    const language = (options.language ?? config.language) as keyof typeof folders
    if (!(language in folders)) throw new UsageError(`--language ${language}: ru or en`)
    // A database of its own, so that nothing made up is ever mixed with a person's data.
    const own = {
      ...config,
      language,
      database: undefined,
      dataDir: join(config.dataDir, folders[language]),
      port: portOf(context),
    }
    const folder = resolve(import.meta.dirname, '../../../data/demo', language)
    const database = await openDatabase(own)
    try {
      await loadDemo({ database, config: own, folder, io, signal })
      if (!options['load-only']) await serveUntilStopped(own, database, context)
    } finally {
      await database.close()
    }
  },
}

export default command
