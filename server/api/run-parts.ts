import { collectRunParts } from '../jobs/run-parts.ts'
import type { RunParts } from '../notebook/run.ts'
import type { AppParts } from './parts.ts'

/** What running a notebook takes. Kinds of cells are loaded at the first run. */
export function runParts({
  database,
  overview,
  cells,
  config,
  model,
}: Pick<AppParts, 'database' | 'overview' | 'cells' | 'config' | 'model'>): Promise<RunParts> {
  return collectRunParts({ database, overview, settings: config, cache: cells, model })
}
