/** What running a notebook takes, for the server, the command line and threads alike. */
import type { Evidence } from '../insight/evidence.ts'
import { msToDay } from '../lib/dates.ts'
import { engineFingerprint } from '../notebook/engine.ts'
import { loadKinds } from '../notebook/kinds.ts'
import type { RunParts } from '../notebook/run.ts'
import type { Database } from '../store/database.ts'
import { rank } from './rank.ts'

interface Given<Cache> {
  database: Database
  /** The last day of the data; today where there are none. */
  overview: { today(): Promise<string | null> }
  settings: { currency: string; rates: NonNullable<RunParts['rates']>; evidence: Evidence }
  cache: Cache
  model: RunParts['model']
}

/** Kinds of cells are loaded at the first run. */
export async function collectRunParts<Cache extends RunParts['cache']>({
  database,
  overview,
  settings: { currency, rates, evidence },
  cache,
  model,
}: Given<Cache>): Promise<RunParts & { cache: Cache }> {
  const [kinds, today, engine] = await Promise.all([loadKinds(), overview.today(), engineFingerprint()])
  return {
    kinds,
    reader: database.reader,
    versions: () => database.versions(),
    today: today ?? msToDay(Date.now()),
    currency,
    rates,
    cache,
    engine,
    rank,
    evidence,
    model,
  }
}
