/** What `serve` and `demo` share. */
import { join } from 'node:path'
import { listen } from '../api/listen.ts'
import { createService } from '../api/service.ts'
import type { Config } from '../config.ts'
import { UsageError } from '../errors.ts'
import { finishErasures } from '../jobs/erase-client.ts'
import { startRetention } from '../jobs/retention-clock.ts'
import { atZone } from '../sources/values.ts'
import type { Database } from '../store/database.ts'
import type { CommandContext, Io } from './command.ts'

/** The port of `--port`, or the one set. Throws UsageError. */
export function portOf({ options, config }: Pick<CommandContext, 'options' | 'config'>): number {
  if (options.port === undefined) return config.port
  const port = Number(options.port)
  if (!Number.isInteger(port) || port < 0 || port > 65535 || options.port === '')
    throw new UsageError(`--port ${options.port}: a number from 0 to 65535`)
  return port
}

/** Serves until the signal, having said where; then shuts down in order. */
export async function serveUntilStopped(
  config: Config,
  database: Database,
  { io, signal }: { io: Io; signal: AbortSignal },
): Promise<void> {
  const moment = () => atZone(Date.now(), config.timeZone)
  await finishErasures({ database, notebooks: join(config.dataDir, 'notebooks'), moment })
  const service = createService(config, database)
  const listening = await listen(service, config).catch(async error => {
    await service.close()
    throw error
  })
  io.out(listening.address)
  const stopRetention = startRetention(database, moment, error => io.note(`Retention: ${error}`))
  if (!signal.aborted) await new Promise(resolve => signal.addEventListener('abort', resolve))
  io.note('Closing …')
  await stopRetention()
  await listening.close()
}
