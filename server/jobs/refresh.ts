/** What follows whenever facts came: mining what is new, then the personas over it. */
import { buildPersonas, type PersonaReport } from '../insight/persona-build.ts'
import type { Language } from '../lib/locale.ts'
import { type MiningReport, mine } from '../mining/pipeline.ts'
import type { MiningWatch } from '../mining/watch.ts'
import type { Database } from '../store/database.ts'

export interface RefreshReport extends MiningReport {
  personas: PersonaReport
}

/** Mines, then builds personas. Throws CancelledError; what was done so far stays, and the next run goes on. */
export async function refresh(
  database: Database,
  watch: MiningWatch & { language: Language },
): Promise<RefreshReport> {
  const report = await mine(database, watch)
  return { ...report, personas: await buildPersonas(database, watch) }
}
