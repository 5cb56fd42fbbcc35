/**
 * Conversations -> mentions -> themes -> gaps. Incremental: each step does what its input asks for since the last time,
 * and may be killed anywhere; the next run ends as an uninterrupted one. Themes keep their ids for ever.
 */
import type { Database } from '../store/database.ts'
import { type Coverage, readCoverage } from '../store/themes.ts'
import { extractNew } from './extract-new.ts'
import { findGaps } from './gaps.ts'
import { groupWaiting } from './group-waiting.ts'
import type { MiningWatch } from './watch.ts'

export interface MiningReport {
  /** Conversations read now. */
  conversations: number
  mentions: number
  assigned: number
  waiting: number
  newThemes: number
  /** By kind, with why mentions wait. */
  coverage: Coverage[]
  /** What went otherwise than configured. */
  warnings: string[]
}

/** Mines everything that is new or changed. Throws CancelledError; what was done so far stays. */
export async function mine(database: Database, watch: MiningWatch): Promise<MiningReport> {
  const warnings = new Set<string>()
  const conversations = await extractNew(database, watch)
  let newThemes = 0
  for (const kind of ['question', 'value', 'objection'] as const)
    newThemes += await groupWaiting(database, kind, {
      ...watch,
      warn: message => {
        warnings.add(message)
        watch.warn?.(message)
      },
    })
  await findGaps(database)
  const coverage = await readCoverage(database)
  const sum = (pick: (line: Coverage) => number) => coverage.reduce((total, line) => total + pick(line), 0)
  return {
    conversations,
    mentions: sum(line => line.mentions),
    assigned: sum(line => line.assigned),
    waiting: sum(line => line.waiting),
    newThemes,
    coverage,
    warnings: [...warnings],
  }
}
