import { readdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Config } from '../../config.ts'
import { UsageError } from '../../errors.ts'
import type { Database } from '../../store/database.ts'
import { openDatabase } from '../../store/open.ts'
import type { Command, Io } from '../command.ts'
import { isOutdated, loadDemo } from '../demo-data.ts'
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
    const database = await openCurrent(own, folder, io)
    try {
      await loadDemo({ database, config: own, folder, io, signal })
      if (!options['load-only']) await serveUntilStopped(own, database, context)
    } finally {
      await database.close()
    }
  },
}

/** The demo's database; a new one when the data that it was made of has changed. */
async function openCurrent(config: Config, folder: string, io: Io): Promise<Database> {
  const database = await openDatabase(config)
  const outdated = await isOutdated(database, folder).catch(async error => {
    await database.close()
    throw error
  })
  if (!outdated) return database
  io.note('The demo data has changed: it is loaded anew')
  await database.close()
  for (const file of await readdir(config.dataDir))
    if (/^(?:facts|app)\.db/.test(file)) await rm(join(config.dataDir, file))
  return openDatabase(config)
}

export default command
