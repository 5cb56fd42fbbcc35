/** What follows whenever facts came: mining what is new, then the personas over it. */
import { buildPersonas, type PersonaReport } from '../insight/persona-build.ts'
import type { Language } from '../lib/locale.ts'
import { createEmbedder, type EmbeddingSettings } from '../llm/embeddings.ts'
import { findGaps } from '../mining/gaps.ts'
import { type MiningReport, mine } from '../mining/pipeline.ts'
import type { MiningWatch } from '../mining/watch.ts'
import { maskText } from '../privacy/mask.ts'
import type { Database } from '../store/database.ts'

export interface RefreshReport extends MiningReport {
  personas: PersonaReport
}

export type RefreshWatch = Omit<MiningWatch, 'embedder'> & {
  language: Language
  /** An endpoint whose vectors take the place of latent analysis; personal data is masked before it is asked. */
  embeddings?: EmbeddingSettings | undefined
}

/** Mines, then builds personas. Throws CancelledError; what was done so far stays, and the next run goes on. */
export async function refresh(
  database: Database,
  { embeddings, ...watch }: RefreshWatch,
): Promise<RefreshReport> {
  const embedder = embeddings && createEmbedder(embeddings, { mask: text => maskText(text).text })
  const report = await mine(database, { ...watch, ...(embedder && { embedder }) })
  return { ...report, personas: await buildPersonas(database, watch) }
}

/** Brings what is counted over all clients up to date, without the one who went. */
export async function refreshAfterErasure(database: Database): Promise<void> {
  await findGaps(database)
}
