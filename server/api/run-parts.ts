import { rank } from '../jobs/rank.ts'
import { msToDay } from '../lib/dates.ts'
import { engineFingerprint } from '../notebook/engine.ts'
import { loadKinds } from '../notebook/kinds.ts'
import type { RunParts } from '../notebook/run.ts'
import type { AppParts } from './parts.ts'

/** What running a notebook takes. Kinds of cells are loaded at the first run. */
export async function runParts(
  parts: Pick<AppParts, 'database' | 'overview' | 'cells' | 'config' | 'model'>,
): Promise<RunParts> {
  const { database, overview, cells, config, model } = parts
  const [kinds, today, engine] = await Promise.all([loadKinds(), overview.today(), engineFingerprint()])
  return {
    kinds,
    reader: database.reader,
    versions: () => database.versions(),
    today: today ?? msToDay(Date.now()),
    currency: config.currency,
    rates: config.rates,
    cache: cells,
    engine,
    rank,
    evidence: config.evidence,
    model,
  }
}
