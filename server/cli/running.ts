/** What the commands that read facts share: the library, the cache, and what a run takes. */
import { join, resolve } from 'node:path'
import { openModel } from '../jobs/open-model.ts'
import { collectRunParts } from '../jobs/run-parts.ts'
import { createKeptCells, type KeptCells } from '../notebook/kept-cells.ts'
import { createLibrary, type Library } from '../notebook/library.ts'
import type { RunParts } from '../notebook/run.ts'
import { atZone } from '../sources/values.ts'
import { createOverview } from '../store/overview.ts'
import type { CommandContext } from './command.ts'

/** Where notebooks are: those that come with Verbatim, and the person's own in their data folder. */
export function foldersOf({ dataDir }: { dataDir: string }): { bundled: string; own: string } {
  return { bundled: resolve(import.meta.dirname, '../../notebooks'), own: join(dataDir, 'notebooks') }
}

/** The bundled notebooks with the person's own in their data folder. */
export function libraryOf(config: { dataDir: string }): Library {
  return createLibrary(foldersOf(config))
}

/** Parts of a run over the command's database. Flush the cache before the database closes. */
export async function runPartsOf(
  context: CommandContext,
  model: Parameters<typeof openModel>[3] = {},
): Promise<RunParts & { cache: KeptCells }> {
  const database = await context.database()
  const { config } = context
  return collectRunParts({
    database,
    overview: createOverview(database),
    settings: config,
    cache: createKeptCells(database),
    model: openModel(database, config.llm, () => atZone(Date.now(), config.timeZone), model),
  })
}
