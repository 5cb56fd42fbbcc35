/** What follows whenever facts came: mining what is new, then the personas over it. */
import { buildPersonas, type PersonaReport } from '../insight/persona-build.ts'
import type { Language } from '../lib/locale.ts'
import { createEmbedder, type EmbeddingSettings } from '../llm/embeddings.ts'
import type { Estimate } from '../llm/model.ts'
import type { ModelSettings } from '../llm/settings.ts'
import { findGaps } from '../mining/gaps.ts'
import { nameThemes } from '../mining/name-themes.ts'
import { type MiningReport, mine } from '../mining/pipeline.ts'
import type { MiningWatch } from '../mining/watch.ts'
import { maskText } from '../privacy/mask.ts'
import { buildBlocks } from '../store/blocks.ts'
import type { Database } from '../store/database.ts'
import { openModel } from './open-model.ts'

export interface RefreshReport extends MiningReport {
  personas: PersonaReport
  /** Themes that a language model named now. */
  named: number
}

export type RefreshWatch = Omit<MiningWatch, 'embedder'> & {
  language: Language
  /** An endpoint whose vectors take the place of latent analysis; personal data is masked before it is asked. */
  embeddings?: EmbeddingSettings | undefined
  /** A language model that names themes; told what it will use before it is asked. */
  llm?: ModelSettings | undefined
  estimated?(estimate: Estimate): void
}

/** Mines, then builds personas. Throws CancelledError; what was done so far stays, and the next run goes on. */
export async function refresh(
  database: Database,
  { embeddings, llm, estimated, ...watch }: RefreshWatch,
): Promise<RefreshReport> {
  const embedder = embeddings && createEmbedder(embeddings, { mask: text => maskText(text).text })
  const report = await mine(database, { ...watch, ...(embedder && { embedder }) })
  const service = openModel(database, llm, () => watch.now)
  const warnings = [...report.warnings]
  const { signal, progress } = watch
  const model = service?.open({ ...(signal && { signal }), ...(estimated && { estimated }) })
  const warn = (message: string) => {
    warnings.push(message)
    watch.warn?.(message)
  }
  const named = model
    ? await nameThemes(database, model, { ...(signal && { signal }), ...(progress && { progress }), warn })
    : 0
  return { ...report, warnings, named, personas: await buildPersonas(database, watch) }
}

/** Brings what is counted over all clients up to date, without the one who went. */
export async function refreshAfterErasure(database: Database): Promise<void> {
  await findGaps(database)
  await buildBlocks(database)
}
