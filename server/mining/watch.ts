/** How a run of mining is watched and stopped, and what it works with. */
import type { Embedder } from '../llm/embeddings.ts'

export interface MiningWatch {
  signal?: AbortSignal
  progress?(done: number, total: number): void
  /** `YYYY-MM-DD HH:MM:SS` for new themes. */
  now: string
  /** An endpoint whose vectors take the place of latent analysis. */
  embedder?: Embedder
  /** Told what went otherwise than configured, such as an endpoint that failed. */
  warn?(message: string): void
}
