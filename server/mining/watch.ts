/** How a run of mining is watched and stopped. */
export interface MiningWatch {
  signal?: AbortSignal
  progress?(done: number, total: number): void
  /** `YYYY-MM-DD HH:MM:SS` for new themes. */
  now: string
}
